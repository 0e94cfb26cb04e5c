import type { ReadyQuery } from "./ready-query.js";

export const REJECTIONS: ReadyQuery = {
  name: "rejections",
  meaning: "Which withdrawals asked for more than there was?",
  of: "run",
  sql: `SELECT netuid, hotkey, cause, count(*) AS rejections, sum(requested_alpha) AS requested_alpha, sum(held_alpha) AS held_alpha,
  min(time_ms) AS first_ms, max(time_ms) AS last_ms
FROM rejections_view
GROUP BY ALL
ORDER BY rejections DESC, hotkey, cause`,
};
