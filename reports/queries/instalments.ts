import { closing } from "./day-closed.js";
import type { ReadyQuery } from "./ready-query.js";

export const INSTALMENTS: ReadyQuery = {
  name: "instalments",
  meaning: "What did vesting schedules pay on each day?",
  of: "run",
  sql: `SELECT netuid, ${closing("time_ms")}::DATE AS day, count(*) AS instalments, sum(amount_alpha) AS amount_alpha
FROM payments_view
GROUP BY ALL
ORDER BY netuid, day`,
};
