import type { HoldingRuleConfiguration } from "./rule-configuration.js";

export interface EmissionConfiguration {
  readonly mode: "replay" | "redistribute";
  /** The rule under which the recording was made: its multiplier of the recorded holdings is divided out; null: none. */
  readonly recordedRule: HoldingRuleConfiguration | null;
  /** A pseudo-miner carries what the streams do not hold of the miners' pot; null: the streams hold the whole subnet. */
  readonly outside: { readonly minerPotRaoPerBlock: number } | null;
  /** How recorded withdrawals apply where balances differ from the recorded ones. */
  readonly withdrawals: "same_tranches" | "proportional" | "absolute";
}
