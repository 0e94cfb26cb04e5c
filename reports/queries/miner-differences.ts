import type { ReadyQuery } from "./ready-query.js";

export const MINER_DIFFERENCES: ReadyQuery = {
  name: "miner-differences",
  meaning: "Which miners gain and lose by the change, summed over all pairs?",
  of: "comparison",
  sql: `SELECT netuid, hotkey, count(*) AS pairs,
  sum(a_rao)::DECIMAL(28, 0) * 0.000000001::DECIMAL(10, 9) AS a_alpha,
  sum(b_rao)::DECIMAL(28, 0) * 0.000000001::DECIMAL(10, 9) AS b_alpha,
  sum(difference_rao)::DECIMAL(28, 0) * 0.000000001::DECIMAL(10, 9) AS difference_alpha
FROM miners
GROUP BY netuid, hotkey
ORDER BY sum(difference_rao), hotkey`,
};
