SELECT Newest.1 AS TimeGenerated, ObjectId, Newest.3 AS Id, Newest.4 AS JobId, Newest.5 AS Action,
       Newest.6 AS ResultSignature, Newest.7 AS ResultDescription
FROM (SELECT JSONExtractString(SourceIdentity, 'Id') AS ObjectId,
             argMax((TimeGenerated, ResultType, Id, JobId, Action, ResultSignature, ResultDescription), TimeGenerated) AS Newest
      FROM AADProvisioningLogs GROUP BY ObjectId)
WHERE Newest.2 = 'Failure'
