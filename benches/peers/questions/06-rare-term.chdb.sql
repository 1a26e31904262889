SELECT *
FROM AADProvisioningLogs
WHERE hasTokenCaseInsensitive(ProvisioningSteps, '$Term')
