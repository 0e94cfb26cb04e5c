import {
  type BoundMultiplierRule,
  bindMultiplierRule,
  MULTIPLIER_RULE_REGISTRY,
  type MultiplierParameters,
  type MultiplierRuleChoice,
  multiplierCeiling,
} from "../multipliers/index.js";
import { RuleFault } from "../rule-fault.js";
import { type BoundFactorStage, declareFactorStage } from "./stage.js";
import { STAKE_RULE_REGISTRY, stakeRuleOf } from "./stake-rules/index.js";

/**
 * A multiplier rule over what is held (docs/explanation/multipliers.md), without a minimum: that is a gate. Or one by stake and its
 * course, which only a list has.
 */
export const multiplier = declareFactorStage({
  name: "multiplier",
  meaning: "a multiplier of what and how long a miner holds, 1 where nothing was received yet; or by its stake",
  effect: "factor",
  parameters: {},
  variants: {
    key: "rule",
    meaning: "How holding, or stake, becomes a multiplier.",
    rules: { ...MULTIPLIER_RULE_REGISTRY, ...STAKE_RULE_REGISTRY },
    takesPlugIn: true,
  },
  asks: ({ variant }: { readonly variant: unknown }) => stakeRuleOf(variant)?.asks ?? [],
  bind({ variant, of }) {
    const byStake = stakeRuleOf(variant);
    if (byStake !== undefined) return { ...byStake.bind(of as never), isBonus: true };
    const choice = variant as MultiplierRuleChoice;
    const parameters = of as MultiplierParameters;
    const rule = bindMultiplierRule(choice, parameters);
    const ceiling = multiplierCeiling(choice, parameters);
    const factor = typeof choice === "string" ? factorBy(rule) : blamingFactorBy(rule);
    return {
      ceiling,
      isBonus: true,
      factor,
      factors(facts, into) {
        for (let i = 0; i < facts.count; i++) into[i] = factor(facts, i, null);
      },
    };
  },
});

function factorBy(rule: BoundMultiplierRule): BoundFactorStage["factor"] {
  return (facts, miner, trace) => {
    const share = facts.heldShare[miner];
    if (Number.isNaN(share)) return 1;
    return rule(share, facts.heldDays[miner], facts.exactly(miner), trace);
  };
}

/** The same of a plug-in, whose faults tell of the miner. */
function blamingFactorBy(rule: BoundMultiplierRule): BoundFactorStage["factor"] {
  const factor = factorBy(rule);
  return (facts, miner, trace) => {
    try {
      return factor(facts, miner, trace);
    } catch (error) {
      if (error instanceof RuleFault) error.miner = miner;
      throw error;
    }
  };
}
