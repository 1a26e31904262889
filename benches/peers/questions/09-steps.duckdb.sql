SELECT Step.name AS Name, Step.provisioningStepType AS Type, Step.status AS Status, count(*) AS Rows
FROM (SELECT unnest(from_json(ProvisioningSteps,
        '[{"name":"VARCHAR","provisioningStepType":"INTEGER","status":"INTEGER"}]')) AS Step
      FROM AADProvisioningLogs WHERE ProvisioningSteps <> '')
GROUP BY ALL
