import { closing } from "./day-closed.js";
import type { ReadyQuery } from "./ready-query.js";

export const HELD_SHARE_BY_WEEK: ReadyQuery = {
  name: "held-share-by-week",
  meaning: "How much of what they were paid do positions hold, over the epochs of each week?",
  of: "run",
  sql: `SELECT netuid, date_trunc('week', ${closing("epoch_end_ms")})::DATE AS week, count(DISTINCT position) AS positions,
  sum(remaining_rao)::DOUBLE / nullif(sum(received_rao), 0)::DOUBLE AS held_share,
  sum(held_days * remaining_rao)::DOUBLE / nullif(sum(remaining_rao), 0)::DOUBLE AS mean_held_days
FROM holdings_view
GROUP BY ALL
ORDER BY netuid, week`,
};
