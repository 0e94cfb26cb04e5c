import type { ReadyQuery } from "./ready-query.js";

export const CHOSEN_FIGURES: ReadyQuery = {
  name: "chosen-figures",
  meaning: "What do all figures of the chosen trial come to?",
  of: "tuning",
  sql: `SELECT f.figure, f.span, count(*) AS replicates, avg(f.value) AS mean, min(f.value) AS lowest, max(f.value) AS highest
FROM trial_figures f JOIN trials t USING (trial)
WHERE t.is_chosen
GROUP BY f.figure, f.span
ORDER BY f.figure, f.span`,
};
