SELECT if(ResultType = '', 'Unknown', ResultType) AS Status, count() AS Rows,
       uniqExact(JSONExtractString(SourceIdentity, 'Id')) AS Objects
FROM AADProvisioningLogs
WHERE TimeGenerated > '2026-10-02' AND TimeGenerated <= '2026-11-01'
  AND JSONExtractString(SourceSystem, 'Name') = 'Active Directory'
  AND JSONExtractString(TargetSystem, 'Name') = 'Microsoft Entra ID'
GROUP BY Status
