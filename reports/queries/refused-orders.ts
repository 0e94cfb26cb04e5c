import type { ReadyQuery } from "./ready-query.js";

export const REFUSED_ORDERS: ReadyQuery = {
  name: "refused-orders",
  meaning: "Why were orders for the index token not carried out?",
  of: "run",
  sql: `SELECT kind, reason, refusal, count(*) AS orders, count(DISTINCT participant) AS participants, min(time_ms) AS first_ms
FROM trades
WHERE refusal <> 'none'
GROUP BY ALL
ORDER BY orders DESC, kind, reason, refusal`,
};
