import { AGENT_ORDERS } from "./agent-orders.js";
import { CHOSEN_FIGURES } from "./chosen-figures.js";
import { COLDKEYS } from "./coldkeys.js";
import { CONCENTRATION } from "./concentration.js";
import { EXITS_BY_REASON } from "./exits-by-reason.js";
import { FIGURE_DIFFERENCES } from "./figure-differences.js";
import { FIGURES } from "./figures.js";
import { FLAGS } from "./flags.js";
import { FLOWS_BY_DAY } from "./flows-by-day.js";
import { HELD_SHARE_BY_WEEK } from "./held-share-by-week.js";
import { INDEX_NAV } from "./index-nav.js";
import { INSTALMENTS } from "./instalments.js";
import { LOWEST_MULTIPLIERS } from "./lowest-multipliers.js";
import { MINER_DIFFERENCES } from "./miner-differences.js";
import { PARTICIPANTS } from "./participants.js";
import { PAY_BY_DAY } from "./pay-by-day.js";
import { POOL_PRICE } from "./pool-price.js";
import type { ReadyQuery } from "./ready-query.js";
import { REFUSED_ORDERS } from "./refused-orders.js";
import { REGISTRATIONS } from "./registrations.js";
import { REJECTIONS } from "./rejections.js";
import { RESIDUALS } from "./residuals.js";
import { SLASHES } from "./slashes.js";
import { STAGE_EFFECTS } from "./stage-effects.js";
import { STRATEGIES } from "./strategies.js";
import { TIER_INCOME } from "./tier-income.js";
import { TRANCHE_AGES } from "./tranche-ages.js";
import { TRIALS } from "./trials.js";
import { UNEXPLAINED } from "./unexplained.js";
import { WINNERS_AND_LOSERS } from "./winners-and-losers.js";

export type { ReadyQuery } from "./ready-query.js";

/** All of them, in the order in which they are listed. */
export const READY_QUERIES: readonly ReadyQuery[] = [
  LOWEST_MULTIPLIERS,
  WINNERS_AND_LOSERS,
  PAY_BY_DAY,
  HELD_SHARE_BY_WEEK,
  EXITS_BY_REASON,
  FLOWS_BY_DAY,
  REJECTIONS,
  UNEXPLAINED,
  TRANCHE_AGES,
  CONCENTRATION,
  STAGE_EFFECTS,
  RESIDUALS,
  REGISTRATIONS,
  COLDKEYS,
  INSTALMENTS,
  INDEX_NAV,
  TIER_INCOME,
  PARTICIPANTS,
  REFUSED_ORDERS,
  SLASHES,
  FLAGS,
  STRATEGIES,
  AGENT_ORDERS,
  POOL_PRICE,
  FIGURES,
  FIGURE_DIFFERENCES,
  MINER_DIFFERENCES,
  TRIALS,
  CHOSEN_FIGURES,
];
