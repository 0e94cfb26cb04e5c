import type { ReadyQuery } from "./ready-query.js";

export const WINNERS_AND_LOSERS: ReadyQuery = {
  name: "winners-and-losers",
  meaning: "Who was paid more and who less than recorded, the largest losses first?",
  of: "run",
  sql: `SELECT netuid, hotkey, recorded_alpha, paid_alpha,
  paid_alpha - recorded_alpha AS change_alpha,
  100 * (paid_rao - recorded_rao)::DOUBLE / nullif(recorded_rao, 0)::DOUBLE AS change_percent
FROM miners
ORDER BY paid_rao - recorded_rao, hotkey`,
};
