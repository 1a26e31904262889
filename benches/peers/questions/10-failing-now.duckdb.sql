-- Three times as fast as DISTINCT ON, twice as fast as max_by over a struct of the columns.
SELECT TimeGenerated, SourceIdentity->>'$.Id' AS ObjectId, Id, JobId, Action, ResultSignature, ResultDescription
FROM AADProvisioningLogs
WHERE ResultType = 'Failure'
  AND rowid IN (SELECT max_by(rowid, TimeGenerated) FROM AADProvisioningLogs GROUP BY SourceIdentity->>'$.Id')
