import type { LedgerConfiguration } from "../../engine/configuration/ledger-configuration.js";
import type { RedistributionConfiguration, VestingConfiguration } from "../../engine/configuration/vesting-configuration.js";
import type { Tier } from "../../engine/rules/parameter.js";

/** The settings under which the original's answers are comparable (docs/explanation/presets.md, `preset: bettensor-live`). */
export const LIVE_LEDGER: Pick<LedgerConfiguration, "withdrawalOrder" | "equalTimes" | "onInvalid"> = {
  withdrawalOrder: "filo",
  equalTimes: "earlier_first",
  onInvalid: "clamp",
};

export const LIVE_VESTING: Pick<VestingConfiguration, "retentionBasis" | "retentionScope" | "rounding" | "startMs" | "belowMinimum"> = {
  retentionBasis: "emissions",
  retentionScope: "lifetime",
  rounding: "whole_days",
  startMs: null,
  belowMinimum: "zero",
};

export const LIVE_REDISTRIBUTION: RedistributionConfiguration = { kind: "proportional" };

/** The tiers of docs/explanation/multipliers.md. */
export const AMOUNT_TIERS: readonly Tier[] = [
  { atLeast: 0.3, value: 1.1 },
  { atLeast: 0.5, value: 1.2 },
  { atLeast: 0.7, value: 1.3 },
];
export const TIME_TIERS: readonly Tier[] = [
  { atLeast: 14, value: 1.1 },
  { atLeast: 30, value: 1.2 },
  { atLeast: 60, value: 1.3 },
];
