import type { ReadyQuery } from "./ready-query.js";

export const REGISTRATIONS: ReadyQuery = {
  name: "registrations",
  meaning: "How often did seats change hands?",
  of: "run",
  sql: `SELECT netuid, change, count(*) AS changes, count(DISTINCT position) AS positions, min(time_ms) AS first_ms, max(time_ms) AS last_ms
FROM registrations
GROUP BY ALL
ORDER BY netuid, changes DESC, change`,
};
