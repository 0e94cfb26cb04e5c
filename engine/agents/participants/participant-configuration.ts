import { DEFAULT_PARTICIPANT_PARAMETERS, type ParticipantParameters, type ParticipantStrategyName } from "./index.js";
import { DEFAULT_COSTS, type ParticipantCosts } from "./participant-costs.js";

/** How a participant acts (docs/explanation/participants.md): its strategy, the parameters of all strategies, and what acting costs. */
export interface ParticipantConfiguration extends ParticipantParameters, ParticipantCosts {
  readonly strategy: ParticipantStrategyName;
}

export const DEFAULT_PARTICIPANT: ParticipantConfiguration = { strategy: "arbitrage", ...DEFAULT_PARTICIPANT_PARAMETERS, ...DEFAULT_COSTS };

/** Presets by name. */
export const PARTICIPANT_PRESETS = {
  /** Of the golden `arbitrage` cases (docs/explanation/presets.md): a threshold in percent, a profit without NAV and fees. */
  "tao20-original-arbitrage": {
    ...DEFAULT_PARTICIPANT,
    spreadUnit: "percent",
    atThreshold: "act",
    profitEstimate: "spread",
    discountRoute: "redeem_inventory",
  },
} as const satisfies Record<string, ParticipantConfiguration>;
export type ParticipantPreset = keyof typeof PARTICIPANT_PRESETS;
