import type { ReadyQuery } from "./ready-query.js";

export const TRIALS: ReadyQuery = {
  name: "trials",
  meaning: "Which values were tried, and what came of them?",
  of: "tuning",
  sql: `SELECT *
FROM trials
ORDER BY is_chosen DESC, on_front DESC, trial`,
};
