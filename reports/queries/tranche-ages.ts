import type { ReadyQuery } from "./ready-query.js";

export const TRANCHE_AGES: ReadyQuery = {
  name: "tranche-ages",
  meaning: "How old is the stake that is held at the end, by weeks of age?",
  of: "run",
  sql: `SELECT netuid, source, (epoch_ms(closed_ms) - epoch_ms(entry_ms)) // 604800000 AS weeks, count(*) AS tranches,
  sum(remaining_alpha) AS remaining_alpha
FROM tranches_view
WHERE state = 'held'
GROUP BY ALL
ORDER BY netuid, source, weeks`,
};
