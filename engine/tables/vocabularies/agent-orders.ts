/** What a miner that decides for itself can want done. */
export const AGENT_ORDERS = ["sell", "buy", "move", "register", "assign", "take_over"] as const;
export type AgentOrderKind = (typeof AGENT_ORDERS)[number];

/** Why an order was not carried out; `none`: it was. */
export const AGENT_REFUSALS = [
  "none",
  "no_price",
  "funds_short",
  "stake_short",
  "too_small",
  "too_large",
  "has_seat",
  "not_for_sale",
] as const;
export type AgentRefusal = (typeof AGENT_REFUSALS)[number];
