SELECT Action, count(DISTINCT SourceIdentity->>'$.Id') AS Users
FROM AADProvisioningLogs
WHERE SourceIdentity->>'$.identityType' = 'user'
GROUP BY Action
