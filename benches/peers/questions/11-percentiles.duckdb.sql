SELECT JobId, make_timestamp_ns(Day * 86400000000000) AS Day, p[1], p[2], p[3]
FROM (SELECT JobId, epoch_ns(TimeGenerated) // 86400000000000 AS Day, quantile_disc(DurationMs, [0.5, 0.95, 0.99]) AS p
      FROM AADProvisioningLogs GROUP BY ALL)
