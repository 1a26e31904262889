-- There is no search by words without an index of words, which has to be built anew after every change.
SELECT *
FROM AADProvisioningLogs
WHERE regexp_matches(ProvisioningSteps, '(?i)$Term')
  AND regexp_matches(ProvisioningSteps, '(?i)(^|[^a-z0-9])$Term([^a-z0-9]|$)')
