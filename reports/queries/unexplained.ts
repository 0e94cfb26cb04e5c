import type { ReadyQuery } from "./ready-query.js";

export const UNEXPLAINED: ReadyQuery = {
  name: "unexplained",
  meaning: "Which changes of stake does no event explain?",
  of: "run",
  sql: `SELECT netuid, kind, count(*) AS changes, count(DISTINCT position) AS positions, sum(amount_alpha) AS amount_alpha
FROM unexplained_view
GROUP BY ALL
ORDER BY amount_alpha DESC, kind`,
};
