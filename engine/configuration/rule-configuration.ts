export const MULTIPLIER_RULES = ["geometric", "tiered", "linear_retention"] as const;
export type MultiplierRuleName = (typeof MULTIPLIER_RULES)[number];
export interface Tier {
  /** Inclusive lower bound: a share (0..1) or days. */
  readonly atLeast: number;
  /** Value of the tier, 1 or more. */
  readonly value: number;
}
export interface MultiplierRuleConfiguration {
  readonly rule: MultiplierRuleName;
  /** In (0, 1]. */
  readonly retentionTarget: number;
  /** Above 0. */
  readonly retentionWindowDays: number;
  /** 1 or more. */
  readonly maxMultiplier: number;
  readonly amountTiers: readonly Tier[];
  readonly timeTiers: readonly Tier[];
}
/** A multiplier rule, and how the holdings that it is asked about are measured (mechanisms 4 and 5). */
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
