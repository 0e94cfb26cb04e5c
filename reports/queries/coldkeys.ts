import type { ReadyQuery } from "./ready-query.js";

export const COLDKEYS: ReadyQuery = {
  name: "coldkeys",
  meaning: "Which owners hold most at the end, over all of their hotkeys?",
  of: "run",
  sql: `SELECT netuid, coldkey, hotkeys, stake_alpha, received_alpha, remaining_alpha
FROM coldkeys_view
QUALIFY epoch = max(epoch) OVER (PARTITION BY netuid)
ORDER BY stake_rao DESC, coldkey`,
};
