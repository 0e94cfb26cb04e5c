import { CONSENSUS_RANGES } from "../../kernel/ranges.js";
import { numberOrOff } from "../parameter.js";
import { COUNT_CODE, declareSlashingRule } from "./slashing-rule.js";

const count = (value: number, meaning: string) => numberOrOff({ range: CONSENSUS_RANGES.count, code: COUNT_CODE, default: value, meaning });

export const repeatedDeviations = declareSlashingRule({
  name: "repeated_deviations",
  meaning: "Who deviates again and again is slashed for it, however small each deviation is.",
  cause: "repeated_deviations",
  parameters: {
    minorFromDeviations: count(3, "As many deviations in the window are at least minor; null: off."),
    moderateFromDeviations: count(5, "As many deviations in the window are at least moderate; null: off."),
  },
  bind: ({ minorFromDeviations, moderateFromDeviations }) => ({
    overTime({ deviations }) {
      if (moderateFromDeviations !== null && deviations >= moderateFromDeviations) return "moderate";
      return minorFromDeviations !== null && deviations >= minorFromDeviations ? "minor" : "none";
    },
  }),
});
