import type { ReadyQuery } from "./ready-query.js";

export const LOWEST_MULTIPLIERS: ReadyQuery = {
  name: "lowest-multipliers",
  meaning: "Whose multiplier is lowest, and what do they still hold?",
  of: "run",
  sql: `SELECT netuid, hotkey, uid, held_share, held_days, multiplier, paid_alpha
FROM miners
WHERE position IN (SELECT position FROM holdings)
ORDER BY multiplier, hotkey`,
};
