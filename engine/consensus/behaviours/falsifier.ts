import { Fraction } from "../../kernel/decimal.js";
import { min } from "../../kernel/math.js";
import { MAX_RAO } from "../../kernel/money.js";
import type { RandomStream } from "../../kernel/random.js";
import { attest, type ValidatorBehaviour } from "./validator-behaviour.js";

/** Attests a NAV that is off by `navError` (above -1) of it in a share of epochs; its weights are honest. */
export function falsifier(navError: number, falsifiedShare: number, random: RandomStream): ValidatorBehaviour {
  const factor = Fraction.whole(1).plus(Fraction.decimal(navError));
  return {
    draft(truth) {
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
}
