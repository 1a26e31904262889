SELECT * FROM AADProvisioningLogs
WHERE Id IN ('$Id1', '$Id2', '$Id3') OR ChangeId IN ('$Change1', '$Change2')
-- then
SELECT JobId, uniqExact(CycleId) AS Cycles FROM AADProvisioningLogs GROUP BY JobId
