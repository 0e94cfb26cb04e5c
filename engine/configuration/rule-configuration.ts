import type { MultiplierParameters, MultiplierRuleChoice } from "../rules/multipliers/index.js";

/** A multiplier rule with its parameters, and those of the others; a plug-in brings its own. */
export interface MultiplierRuleConfiguration extends MultiplierParameters {
  readonly rule: MultiplierRuleChoice;
}

/** A multiplier rule, and how the holdings that it is asked about are measured (docs/explanation/holding.md). */
export interface HoldingRuleConfiguration extends MultiplierRuleConfiguration {
  /** Nothing that entered at or before it earns a multiplier; null: from the beginning. */
  readonly startMs: number | null;
  /** Rao (of alpha or TAO, by `minimumStakeUnit`). */
  readonly minimumStakeRao: number;
  readonly minimumStakeUnit: "alpha" | "tao";
  readonly retentionBasis: "emissions" | "all_stake";
  readonly retentionScope: "lifetime" | "window";
  readonly rounding: "exact" | "whole_days";
  readonly keyScope: "hotkey" | "coldkey_even";
}
