SELECT ResultType, count() AS Rows
FROM AADProvisioningLogs
WHERE positionCaseInsensitive(ProvisioningSteps, 'not found in microsoft') > 0
GROUP BY ResultType
