import type { ReadyQuery } from "./ready-query.js";

export const FIGURES: ReadyQuery = {
  name: "figures",
  meaning: "What does each figure come to over the replicates?",
  of: "replicates",
  sql: `SELECT figure, unit, count(*) AS replicates, avg(value) AS mean, stddev_samp(value) AS standard_deviation,
  min(value) AS lowest, median(value) AS median, max(value) AS highest
FROM figures
GROUP BY figure, unit
ORDER BY figure`,
};
