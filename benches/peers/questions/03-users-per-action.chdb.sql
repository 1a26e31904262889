SELECT Action, uniqExact(JSONExtractString(SourceIdentity, 'Id')) AS Users
FROM AADProvisioningLogs
WHERE JSONExtractString(SourceIdentity, 'identityType') = 'user'
GROUP BY Action
