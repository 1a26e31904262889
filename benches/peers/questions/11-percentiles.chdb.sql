-- quantilesExact takes the item at floor(level * n); the nearest rank is one before where that is a whole number.
SELECT JobId, toDateTime64(Day, 0, 'UTC') AS Day, p[1] AS p50, p[2] AS p95, p[3] AS p99
FROM (SELECT JobId, toStartOfDay(TimeGenerated) AS Day,
             quantilesExact(0.4999999999, 0.9499999999, 0.9899999999)(DurationMs) AS p
      FROM AADProvisioningLogs GROUP BY JobId, Day)
