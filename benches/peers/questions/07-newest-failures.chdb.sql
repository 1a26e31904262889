SELECT * FROM AADProvisioningLogs WHERE ResultType = 'Failure' ORDER BY TimeGenerated DESC LIMIT 100
