import type { ReadyQuery } from "./ready-query.js";

export const STAGE_EFFECTS: ReadyQuery = {
  name: "stage-effects",
  meaning: "What did each stage of the rules do to shares?",
  of: "run",
  sql: `WITH moved AS (
  SELECT netuid, epoch, stage, sum(abs(share_after - share_before)) / 2 AS moved, min(factor) AS lowest, max(factor) AS highest,
    sum(share_after) - sum(share_before) AS change_of_sum
  FROM stage_weights
  GROUP BY ALL
)
SELECT netuid, stage, count(*) AS epochs, avg(moved) AS mean_share_moved, max(moved) AS most_share_moved,
  min(lowest) AS lowest_factor, max(highest) AS highest_factor, avg(change_of_sum) AS mean_change_of_sum
FROM moved
GROUP BY netuid, stage
ORDER BY netuid, stage`,
};
