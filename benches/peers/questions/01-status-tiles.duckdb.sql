SELECT if(ResultType = '', 'Unknown', ResultType) AS Status, count(*) AS Rows,
       count(DISTINCT SourceIdentity->>'$.Id') AS Objects
FROM AADProvisioningLogs
WHERE TimeGenerated > TIMESTAMP_NS '2026-10-02' AND TimeGenerated <= TIMESTAMP_NS '2026-11-01'
  AND SourceSystem->>'$.Name' = 'Active Directory' AND TargetSystem->>'$.Name' = 'Microsoft Entra ID'
GROUP BY ALL
