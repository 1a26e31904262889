-- Faster than ILIKE and than contains(lower(…)), and the same for this text.
SELECT ResultType, count(*) AS Rows
FROM AADProvisioningLogs
WHERE regexp_matches(ProvisioningSteps, '(?i)not found in microsoft')
GROUP BY ResultType
