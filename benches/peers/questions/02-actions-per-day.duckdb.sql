-- date_trunc takes nanoseconds by way of rounded microseconds, which moves the last tick of a day into the next.
SELECT make_timestamp_ns(Day * 86400000000000) AS Day, Act, Rows
FROM (SELECT epoch_ns(TimeGenerated) // 86400000000000 AS Day, if(Action = '', 'Unknown', Action) AS Act, count(*) AS Rows
      FROM AADProvisioningLogs
      WHERE SourceSystem->>'$.Name' = 'Active Directory' AND TargetSystem->>'$.Name' = 'Microsoft Entra ID'
        AND lower(SourceIdentity->>'$.identityType') IN ('user', 'group', 'contact')
      GROUP BY ALL)
