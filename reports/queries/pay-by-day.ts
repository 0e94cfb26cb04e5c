import { closing } from "./day-closed.js";
import type { ReadyQuery } from "./ready-query.js";

export const PAY_BY_DAY: ReadyQuery = {
  name: "pay-by-day",
  meaning: "What was paid on each day, as recorded and under the rules?",
  of: "run",
  sql: `SELECT netuid, ${closing("end_ms")}::DATE AS day, count(*) AS epochs,
  sum(recorded_alpha) AS recorded_alpha, sum(paid_alpha) AS paid_alpha,
  sum(unallocated_alpha) AS unallocated_alpha
FROM epochs_view
GROUP BY ALL
ORDER BY ALL`,
};
