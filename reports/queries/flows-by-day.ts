import type { ReadyQuery } from "./ready-query.js";

export const FLOWS_BY_DAY: ReadyQuery = {
  name: "flows-by-day",
  meaning: "What came and went on each day, by kind of flow?",
  of: "run",
  sql: `SELECT netuid, time_ms::DATE AS day, flow, count(*) AS flows, sum(amount_alpha) AS amount_alpha
FROM flows_view
GROUP BY ALL
ORDER BY netuid, day, flow`,
};
