import type { ReadyQuery } from "./ready-query.js";

export const RESIDUALS: ReadyQuery = {
  name: "residuals",
  meaning: "Where did the part of the pot go that no miner got?",
  of: "run",
  sql: `SELECT netuid, goes_to, count(*) AS epochs, sum(amount_alpha) AS amount_alpha, avg(share) AS mean_share
FROM residuals_view
GROUP BY ALL
ORDER BY netuid, amount_alpha DESC`,
};
