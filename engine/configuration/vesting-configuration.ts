import type { HoldingRuleConfiguration } from "./rule-configuration.js";

export interface VestingConfiguration extends HoldingRuleConfiguration {
  readonly mode: "on" | "shadow" | "off";
  readonly belowMinimum: "no_bonus" | "zero";
  readonly redistribution: RedistributionConfiguration;
}
export type RedistributionConfiguration =
  | { readonly kind: "proportional" }
  | {
      readonly kind: "threshold";
      /** Share of the base weight below which a miner is zeroed. */
      readonly relative: number;
      readonly absolute: number;
    };
