SELECT toDateTime64(toStartOfDay(TimeGenerated), 0, 'UTC') AS Day, if(Action = '', 'Unknown', Action) AS Act, count() AS Rows
FROM AADProvisioningLogs
WHERE JSONExtractString(SourceSystem, 'Name') = 'Active Directory'
  AND JSONExtractString(TargetSystem, 'Name') = 'Microsoft Entra ID'
  AND lower(JSONExtractString(SourceIdentity, 'identityType')) IN ('user', 'group', 'contact')
GROUP BY toStartOfDay(TimeGenerated), Act
