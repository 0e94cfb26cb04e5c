import type { ReadyQuery } from "./ready-query.js";

export const TIER_INCOME: ReadyQuery = {
  name: "tier-income",
  meaning: "What did each tier of the index subnet earn?",
  of: "run",
  sql: `SELECT kind, tier, count(DISTINCT participant) FILTER (WHERE participant >= 0) AS participants, count(DISTINCT epoch) AS epochs,
  sum(base_alpha) AS base_alpha, sum(tier_bonus_alpha) AS tier_bonus_alpha, sum(paid_alpha) AS paid_alpha
FROM payouts_view
GROUP BY ALL
ORDER BY paid_alpha DESC, kind, tier`,
};
