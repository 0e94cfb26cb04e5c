import type { ReadyQuery } from "./ready-query.js";

export const FIGURE_DIFFERENCES: ReadyQuery = {
  name: "figure-differences",
  meaning: "How far are the figures of the two sides apart?",
  of: "comparison",
  sql: `SELECT figure, unit, count(*) AS pairs, avg(a) AS mean_a, avg(b) AS mean_b, avg(difference) AS mean_difference,
  min(difference) AS lowest_difference, max(difference) AS highest_difference, count(*) FILTER (WHERE difference > 0) AS pairs_up
FROM figures
GROUP BY figure, unit
ORDER BY figure`,
};
