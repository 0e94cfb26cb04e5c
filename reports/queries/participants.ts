import type { ReadyQuery } from "./ready-query.js";

export const PARTICIPANTS: ReadyQuery = {
  name: "participants",
  meaning: "What did each participant of the index subnet earn, and by what?",
  of: "run",
  sql: `SELECT name, group_name, kind, orders, orders_done, minted_value_tao, redeemed_value_tao, profit_tao, paid_alpha, stake_end_alpha
FROM participants_view
ORDER BY paid_rao DESC, name`,
};
