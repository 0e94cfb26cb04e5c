import type { ResultTableName } from "../../engine/index.js";
import type { ShownRow } from "../../recorders/index.js";

/** How the rows of a table stand in time. */
export interface EventClock {
  /** The column that says when; `epoch`: the row is of an epoch, whose end is when. */
  readonly when: "time_ms" | "end_ms" | "settled_ms" | "epoch";
  /** Which comes first inside one instant (docs/explanation/total-order.md): the lower rank. */
  readonly rank: (row: ShownRow) => number;
}

/** In the order in which the engine fills them inside one instant; `flows` stands where pay is booked. */
const WITHIN_INSTANT = [
  "prices",
  "rebalances",
  "holdings",
  "coldkeys",
  "stage_weights",
  "budgets",
  "yuma",
  "residuals",
  "weights",
  "scores",
  "flags",
  "payouts",
  "flows",
  "rewards",
  "epochs",
  "fairness",
  "payments",
  "registrations",
  "rejections",
  "unexplained",
  "exits",
  "moved",
  "submissions",
  "consensus",
  "slashes",
  "validators",
  "trades",
  "agent_orders",
  "nav",
  "pools",
] as const;

const rankOf = (name: (typeof WITHIN_INSTANT)[number]) => WITHIN_INSTANT.indexOf(name);

function happens(when: EventClock["when"], name: (typeof WITHIN_INSTANT)[number]): EventClock {
  const rank = rankOf(name);
  return { when, rank: () => rank };
}

/** Stake that comes and goes is of the extrinsics, after the pay of the instant. */
const FLOWS: EventClock = { when: "time_ms", rank: ({ flow }) => rankOf(flow === "emission" ? "flows" : "moved") };

/**
 * The tables whose rows are events, in the order in which they happened; null for those that are written at the end, or that say
 * again what an event of another did.
 */
export const EVENT_CLOCKS: Readonly<Record<ResultTableName, EventClock | null>> = {
  positions: null,
  epochs: happens("end_ms", "epochs"),
  holdings: happens("epoch", "holdings"),
  weights: happens("epoch", "weights"),
  rewards: happens("epoch", "rewards"),
  tranches: null,
  exits: happens("time_ms", "exits"),
  flows: FLOWS,
  rejections: happens("time_ms", "rejections"),
  unexplained: happens("time_ms", "unexplained"),
  schedules: null,
  payments: happens("time_ms", "payments"),
  registrations: happens("time_ms", "registrations"),
  coldkeys: happens("epoch", "coldkeys"),
  participants: null,
  prices: happens("time_ms", "prices"),
  nav: happens("time_ms", "nav"),
  trades: happens("time_ms", "trades"),
  rebalances: happens("time_ms", "rebalances"),
  scores: happens("time_ms", "scores"),
  payouts: happens("time_ms", "payouts"),
  submissions: happens("time_ms", "submissions"),
  consensus: happens("time_ms", "consensus"),
  slashes: happens("settled_ms", "slashes"),
  validators: happens("time_ms", "validators"),
  flags: happens("time_ms", "flags"),
  fairness: happens("time_ms", "fairness"),
  stage_weights: happens("epoch", "stage_weights"),
  residuals: happens("epoch", "residuals"),
  agents: null,
  agent_orders: happens("time_ms", "agent_orders"),
  pools: happens("time_ms", "pools"),
  budgets: happens("epoch", "budgets"),
  yuma_miners: happens("epoch", "yuma"),
  yuma_validators: happens("epoch", "yuma"),
  role_pay: null,
};
