-- One query for each index: an OR over both is not looked up.
SELECT * FROM AADProvisioningLogs WHERE Id IN ('$Id1', '$Id2', '$Id3')
UNION
SELECT * FROM AADProvisioningLogs WHERE ChangeId IN ('$Change1', '$Change2')
-- then
SELECT JobId, count(DISTINCT CycleId) AS Cycles FROM AADProvisioningLogs GROUP BY JobId
