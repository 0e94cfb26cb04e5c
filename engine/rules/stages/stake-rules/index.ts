import { netStake } from "./net-stake.js";
import type { StakeRule } from "./stake-rule.js";
import { stakeShare } from "./stake-share.js";
import { stakeTiers } from "./stake-tiers.js";

/** The stake rules there are: a line each. */
export const STAKE_RULE_REGISTRY = { net_stake: netStake, stake_tiers: stakeTiers, stake_share: stakeShare } as const;

/** The rule of a name; undefined: it is none of these. */
export function stakeRuleOf(name: unknown): StakeRule | undefined {
  if (typeof name !== "string" || !Object.hasOwn(STAKE_RULE_REGISTRY, name)) return undefined;
  return STAKE_RULE_REGISTRY[name as keyof typeof STAKE_RULE_REGISTRY] as unknown as StakeRule;
}
