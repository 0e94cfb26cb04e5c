import { nameOf } from "../../../rules/parameter.js";
import { attest, declareValidatorStrategy } from "../validator-strategy.js";

/**
 * Moves a share of all weight to the miners its group favours, who share it evenly; all of a group do the same.
 * Its NAV is the true one. Where nobody has any weight it invents none.
 */
export const colluder = declareValidatorStrategy({
  name: "colluder",
  meaning: "Submits what its group agreed on.",
  parameters: { group: nameOf({ of: "colluding_group", meaning: "Name of a group of `colluding_groups`." }) },
  bind({ group }, { names }) {
    const { favoured, movedShare } = names.group(group);
    return {
      decide(truth) {
        let total = 0;
        for (const weight of truth.weights) total += weight;
        const weights = Float64Array.from(truth.weights, (weight) => weight * (1 - movedShare));
        for (const miner of favoured) weights[miner] += (total * movedShare) / favoured.length;
        return { weights, attestation: attest(truth) };
      },
    };
  },
});
