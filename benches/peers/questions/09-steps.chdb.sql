SELECT Step.1 AS Name, Step.2 AS Type, Step.3 AS Status, count() AS Rows
FROM (SELECT arrayJoin(JSONExtract(ProvisioningSteps,
        'Array(Tuple(name LowCardinality(String), provisioningStepType Int32, status Int32))')) AS Step
      FROM AADProvisioningLogs WHERE ProvisioningSteps <> '')
GROUP BY Name, Type, Status
