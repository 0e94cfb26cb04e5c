import type { ReadyQuery } from "./ready-query.js";

export const AGENT_ORDERS: ReadyQuery = {
  name: "agent-orders",
  meaning: "What did miners who decide for themselves want, and what came of it?",
  of: "run",
  sql: `SELECT strategy, kind, refusal, count(*) AS orders, sum(alpha) AS alpha, sum(tao) AS tao
FROM agent_orders_view
GROUP BY ALL
ORDER BY strategy, kind, refusal`,
};
