import { closing } from "./day-closed.js";
import type { ReadyQuery } from "./ready-query.js";

export const INDEX_NAV: ReadyQuery = {
  name: "index-nav",
  meaning: "How did NAV, premium and supply of the index move, day by day?",
  of: "run",
  sql: `SELECT if(time_ms = (SELECT min(time_ms) FROM nav), time_ms, ${closing("time_ms")})::DATE AS day, arg_min(nav_tao, time_ms) FILTER (WHERE nav_tao > 0) AS first_nav_tao,
  arg_max(nav_tao, time_ms) FILTER (WHERE nav_tao > 0) AS last_nav_tao,
  min(premium) FILTER (WHERE nav_tao > 0 AND price_tao > 0) AS lowest_premium,
  max(premium) FILTER (WHERE nav_tao > 0 AND price_tao > 0) AS highest_premium,
  arg_max(supply_tokens, time_ms) AS supply_tokens, count(*) FILTER (WHERE stale) AS stale_rows
FROM nav_view
GROUP BY day
ORDER BY day`,
};
