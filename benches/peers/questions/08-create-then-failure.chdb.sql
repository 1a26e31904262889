SELECT ResultSignature, count() AS Failures, uniqExact(ObjectId) AS Objects, max(Failed) AS Last
FROM (SELECT TimeGenerated AS Failed, ResultSignature, JSONExtractString(SourceIdentity, 'Id') AS ObjectId
      FROM AADProvisioningLogs WHERE ResultType = 'Failure') AS failures
INNER JOIN (SELECT JSONExtractString(SourceIdentity, 'Id') AS ObjectId, min(TimeGenerated) AS Created
            FROM AADProvisioningLogs WHERE Action = 'Create' AND ResultType = 'Success' GROUP BY ObjectId) AS creates
USING (ObjectId)
WHERE Failed > Created
GROUP BY ResultSignature
