import type { ReadyQuery } from "./ready-query.js";

export const EXITS_BY_REASON: ReadyQuery = {
  name: "exits-by-reason",
  meaning: "Why did stake leave, how much of it, and how old was it?",
  of: "run",
  sql: `SELECT x.netuid, x.reason, count(*) AS exits, count(DISTINCT x.position) AS positions, sum(x.amount_alpha) AS amount_alpha,
  sum(x.amount_rao::DOUBLE * (epoch_ms(x.time_ms) - epoch_ms(t.entry_ms))) / nullif(sum(x.amount_rao), 0)::DOUBLE / 86400000 AS mean_age_days
FROM exits_view x JOIN tranches t ON t.tranche = x.tranche AND t.state <> 'moved'
GROUP BY ALL
ORDER BY amount_alpha DESC, x.reason`,
};
