import type { ReadyQuery } from "./ready-query.js";

export const STRATEGIES: ReadyQuery = {
  name: "strategies",
  meaning: "Which strategies of miners who decide for themselves paid off?",
  of: "run",
  sql: `SELECT strategy, count(*) AS agents, avg(profit_tao) AS mean_profit_tao, min(profit_tao) AS least_profit_tao, max(profit_tao) AS most_profit_tao,
  sum(entitled_alpha) AS entitled_alpha, sum(paid_alpha) AS paid_alpha, sum(sold_alpha) AS sold_alpha, sum(proceeds_tao) AS proceeds_tao,
  avg(multiplier_paid) AS mean_multiplier
FROM agents_view
GROUP BY strategy
ORDER BY mean_profit_tao DESC, strategy`,
};
