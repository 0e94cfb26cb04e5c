import { Fraction } from "../../../kernel/decimal.js";
import { min } from "../../../kernel/math.js";
import { MAX_RAO } from "../../../kernel/money.js";
import { CONSENSUS_RANGES, SHARE_RANGE } from "../../../kernel/ranges.js";
import { number } from "../../../rules/parameter.js";
import { attest, declareValidatorStrategy, VALIDATOR_CODE } from "../validator-strategy.js";

export const falsifier = declareValidatorStrategy({
  name: "falsifier",
  meaning: "Attests a wrong NAV; its weights are honest.",
  parameters: {
    navError: number({
      range: CONSENSUS_RANGES.navError,
      code: VALIDATOR_CODE,
      default: 0.01,
      meaning: "By which share of it the NAV is off.",
    }),
    falsifiedShare: number({ range: SHARE_RANGE, code: VALIDATOR_CODE, default: 1, meaning: "Share of epochs in which it does so." }),
  },
  bind({ navError, falsifiedShare }, { random }) {
    const factor = Fraction.whole(1).plus(Fraction.decimal(navError));
    return {
      decide(truth) {
        const falsifies = random() < falsifiedShare;
        const weights = truth.weights.slice();
        const attestation = attest(truth);
        if (!falsifies || attestation === null) return { weights, attestation };
        return {
          weights,
          attestation: { ...attestation, navRao: min(MAX_RAO, Number(factor.times(Fraction.whole(attestation.navRao)).floor())) },
        };
      },
    };
  },
});
