import type { ReadyQuery } from "./ready-query.js";

/**
 * Of the whole pot, as `readStageMoves`: what all lose together goes to no miner. The tables tell shares of what stages that keep a
 * part, such as `burn`, leave, which is the same in every epoch; final weights tell how much of the pot that is.
 */
export const STAGE_EFFECTS: ReadyQuery = {
  name: "stage-effects",
  meaning: "What did each stage of the rules do to shares of the pot?",
  of: "run",
  sql: `WITH finals AS (
  SELECT netuid, epoch, sum(final_weight) AS share FROM weights_view GROUP BY netuid, epoch
), ends AS (
  SELECT netuid, epoch, stage, sum(share_after) AS share FROM stage_weights GROUP BY netuid, epoch, stage
  QUALIFY stage = max(stage) OVER (PARTITION BY netuid, epoch)
), pots AS (
  SELECT netuid, max(least(1, finals.share / ends.share)) AS shared FROM finals JOIN ends USING (netuid, epoch) WHERE ends.share > 0 GROUP BY netuid
), changed AS (
  SELECT netuid, epoch, stage, sum(abs(share_after - share_before)) AS size, sum(share_after - share_before) AS change,
    min(factor) AS lowest, max(factor) AS highest
  FROM stage_weights
  GROUP BY netuid, epoch, stage
), moved AS (
  SELECT * REPLACE (change * coalesce(shared, 1) AS change), coalesce(shared, 1) * (size + abs(change)) / 2 AS moved
  FROM changed LEFT JOIN pots USING (netuid)
)
SELECT netuid, stage, count(*) AS epochs, avg(moved) AS mean_share_moved, max(moved) AS most_share_moved,
  min(lowest) AS lowest_factor, max(highest) AS highest_factor, avg(change) AS mean_change_of_sum
FROM moved
GROUP BY netuid, stage
ORDER BY netuid, stage`,
};
