import { closing } from "./day-closed.js";
import type { ReadyQuery } from "./ready-query.js";

export const POOL_PRICE: ReadyQuery = {
  name: "pool-price",
  meaning: "How did the price of alpha move in a closed loop, day by day?",
  of: "run",
  sql: `SELECT netuid, ${closing("time_ms")}::DATE AS day, arg_min(price_tao, time_ms) AS first_price_tao, arg_max(price_tao, time_ms) AS last_price_tao,
  arg_max(tao, time_ms) AS pool_tao, arg_max(alpha, time_ms) AS pool_alpha
FROM pools_view
GROUP BY netuid, day
ORDER BY netuid, day`,
};
