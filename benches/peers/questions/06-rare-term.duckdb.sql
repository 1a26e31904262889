SELECT *
FROM AADProvisioningLogs
WHERE regexp_matches(ProvisioningSteps, '(?i)$Term')
  AND regexp_matches(ProvisioningSteps, '(?i)(^|[^a-z0-9])$Term([^a-z0-9]|$)')
