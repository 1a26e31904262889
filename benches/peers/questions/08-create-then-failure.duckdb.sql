WITH creates AS (
  SELECT SourceIdentity->>'$.Id' AS ObjectId, min(TimeGenerated) AS Created
  FROM AADProvisioningLogs WHERE Action = 'Create' AND ResultType = 'Success' GROUP BY ObjectId)
SELECT ResultSignature, count(*) AS Failures, count(DISTINCT ObjectId) AS Objects, max(Failed) AS Last
FROM (SELECT TimeGenerated AS Failed, ResultSignature, SourceIdentity->>'$.Id' AS ObjectId
      FROM AADProvisioningLogs WHERE ResultType = 'Failure')
JOIN creates USING (ObjectId)
WHERE Failed > Created
GROUP BY ResultSignature
