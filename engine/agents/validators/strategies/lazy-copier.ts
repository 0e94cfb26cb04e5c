import { nameOrNone } from "../../../rules/parameter.js";
import { attest, declareValidatorStrategy } from "../validator-strategy.js";

/** The attestation of the one it copies (of a block that has passed) is included; of a consensus it is the NAV that everyone can read. */
export const lazyCopier = declareValidatorStrategy({
  name: "lazy_copier",
  meaning: "Hands in what another handed in the epoch before.",
  parameters: { copies: nameOrNone({ of: "validator", meaning: "Validator it copies; left out: the last consensus." }) },
  bind({ copies }, { names }) {
    const copied = copies === null ? null : names.validator(copies);
    return {
      decide(truth, { lastOf, lastConsensus }) {
        if (copied === null) return lastConsensus === null ? null : { weights: lastConsensus.slice(), attestation: attest(truth) };
        const last = lastOf(copied);
        return last === null ? null : { weights: last.weights.slice(), attestation: last.attestation };
      },
    };
  },
});
