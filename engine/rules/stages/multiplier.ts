import {
  bindMultiplierRule,
  MULTIPLIER_RULE_REGISTRY,
  type MultiplierParameters,
  type MultiplierRuleName,
  multiplierCeiling,
} from "../multipliers/index.js";
import { declareFactorStage } from "./stage.js";

/** A multiplier rule over what is held (docs/explanation/multipliers.md), without a minimum: that is a gate. */
export const multiplier = declareFactorStage({
  name: "multiplier",
  meaning: "a multiplier of what and how long a miner holds; 1 where nothing was received yet",
  effect: "factor",
  parameters: {},
  variants: { key: "rule", meaning: "How holding becomes a multiplier.", rules: MULTIPLIER_RULE_REGISTRY },
  bind({ variant, of }) {
    const name: MultiplierRuleName = variant;
    const parameters = of as MultiplierParameters;
    const rule = bindMultiplierRule(name, parameters);
    return {
      ceiling: multiplierCeiling(name, parameters),
      isBonus: true,
      factor(facts, miner, trace) {
        const share = facts.heldShare[miner];
        if (Number.isNaN(share)) return 1;
        return rule(share, facts.heldDays[miner], facts.exactly(miner), trace);
      },
    };
  },
});
