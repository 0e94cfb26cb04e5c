import { AGENT_ORDERS_TABLE, AGENTS_TABLE, POOLS_TABLE } from "./agent-results.js";
import type { TableDeclaration } from "./column.js";
import {
  BUDGETS_TABLE,
  COLDKEYS_TABLE,
  EPOCHS_TABLE,
  HOLDINGS_TABLE,
  RESIDUALS_TABLE,
  REWARDS_TABLE,
  STAGE_WEIGHTS_TABLE,
  WEIGHTS_TABLE,
} from "./epoch-results.js";
import {
  CONSENSUS_TABLE,
  FAIRNESS_TABLE,
  FLAGS_TABLE,
  NAV_TABLE,
  PARTICIPANTS_TABLE,
  PAYOUTS_TABLE,
  PRICES_TABLE,
  REBALANCES_TABLE,
  SCORES_TABLE,
  SLASHES_TABLE,
  SUBMISSIONS_TABLE,
  TRADES_TABLE,
  VALIDATORS_TABLE,
} from "./index-results.js";
import {
  EXITS_TABLE,
  FLOWS_TABLE,
  PAYMENTS_TABLE,
  POSITIONS_TABLE,
  REGISTRATIONS_TABLE,
  REJECTIONS_TABLE,
  ROLE_PAY_TABLE,
  SCHEDULES_TABLE,
  TRANCHES_TABLE,
  UNEXPLAINED_TABLE,
} from "./ledger-results.js";

import { YUMA_MINERS_TABLE, YUMA_VALIDATORS_TABLE } from "./yuma-results.js";

export * from "./epoch-results.js";
export * from "./ledger-results.js";

/** Every table that a run can write. */
export const RESULT_TABLES = {
  positions: POSITIONS_TABLE,
  epochs: EPOCHS_TABLE,
  holdings: HOLDINGS_TABLE,
  weights: WEIGHTS_TABLE,
  rewards: REWARDS_TABLE,
  tranches: TRANCHES_TABLE,
  exits: EXITS_TABLE,
  flows: FLOWS_TABLE,
  rejections: REJECTIONS_TABLE,
  unexplained: UNEXPLAINED_TABLE,
  schedules: SCHEDULES_TABLE,
  payments: PAYMENTS_TABLE,
  registrations: REGISTRATIONS_TABLE,
  coldkeys: COLDKEYS_TABLE,
  participants: PARTICIPANTS_TABLE,
  prices: PRICES_TABLE,
  nav: NAV_TABLE,
  trades: TRADES_TABLE,
  rebalances: REBALANCES_TABLE,
  scores: SCORES_TABLE,
  payouts: PAYOUTS_TABLE,
  submissions: SUBMISSIONS_TABLE,
  consensus: CONSENSUS_TABLE,
  slashes: SLASHES_TABLE,
  validators: VALIDATORS_TABLE,
  flags: FLAGS_TABLE,
  fairness: FAIRNESS_TABLE,
  stage_weights: STAGE_WEIGHTS_TABLE,
  residuals: RESIDUALS_TABLE,
  agents: AGENTS_TABLE,
  agent_orders: AGENT_ORDERS_TABLE,
  pools: POOLS_TABLE,
  budgets: BUDGETS_TABLE,
  yuma_miners: YUMA_MINERS_TABLE,
  yuma_validators: YUMA_VALIDATORS_TABLE,
  role_pay: ROLE_PAY_TABLE,
} as const satisfies Readonly<Record<string, TableDeclaration>>;
/** Always written: they are small, and the other tables refer to them. */
export const ALWAYS_TABLES: readonly ResultTableName[] = ["positions", "epochs"];
/** Written whatever is recorded, where they have rows. */
export const WHERE_FILLED_TABLES: readonly ResultTableName[] = ["role_pay"];
/** Tables that only a list of stages fills. */
export const STAGE_TABLES = ["stage_weights", "residuals"] as const;
/** Tables that only a list of stages with a budget fills. */
export const BUDGET_TABLES = ["budgets"] as const;
/** Tables that only base weights by Yuma fill. */
export const YUMA_TABLES = ["yuma_miners", "yuma_validators"] as const;
/** Tables that only a closed loop fills. */
export const CLOSED_LOOP_TABLES = ["pools"] as const;
/** Tables that only those who decide for themselves fill: in a closed loop, or for positions that are handed over. */
export const AGENT_TABLES = ["agents", "agent_orders"] as const;
/** The name of a result table. */
export type ResultTableName = keyof typeof RESULT_TABLES;
export const RESULT_TABLE_NAMES = Object.keys(RESULT_TABLES) as readonly ResultTableName[];
