SELECT ProvisioningStatusInfo->>'$.errorInformation.errorCode' AS ErrorCode, count(*) AS Occurrences,
       max(TimeGenerated) AS LastSeen
FROM AADProvisioningLogs
WHERE ProvisioningStatusInfo->>'$.Status' = 'failure'
GROUP BY ErrorCode
ORDER BY Occurrences DESC, ErrorCode
LIMIT 10
