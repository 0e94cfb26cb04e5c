import { TenureError } from "../../kernel/errors.js";
import { CONSENSUS_RANGES } from "../../kernel/ranges.js";
import { number } from "../parameter.js";
import { isAbove } from "./is-above.js";
import { declareSlashingRule } from "./slashing-rule.js";

const bound = (value: number, meaning: string) =>
  number({ range: CONSENSUS_RANGES.share, code: "TEN-CONSENSUS-104", default: value, meaning });

/** By how far a submission is off the consensus; bounds belong to the milder side, as the decimals they are. */
export const deviation = declareSlashingRule({
  name: "deviation",
  meaning: "The further a submission is off the consensus, the more severe it is.",
  cause: "deviation",
  parameters: {
    minorAbove: bound(0.05, "Deviation above which it is a minor one."),
    moderateAbove: bound(0.1, "Deviation above which it is moderate."),
    severeAbove: bound(0.15, "Deviation above which it is severe."),
    criticalAbove: bound(0.3, "Deviation above which it is critical."),
  },
  refuse({ minorAbove, moderateAbove, severeAbove, criticalAbove }, path) {
    const bounds = [0, minorAbove, moderateAbove, severeAbove, criticalAbove, 1];
    if (bounds.every((one, i) => one >= 0 && one <= 1 && (i === 0 || one >= bounds[i - 1]))) return;
    throw new TenureError({
      code: "TEN-CONSENSUS-104",
      what: "The bounds of the severities are not in order.",
      place: { path },
      found: bounds.slice(1, -1),
      allowed: "0 <= minor_above <= moderate_above <= severe_above <= critical_above <= 1",
      hint: "A bound equal to the next one leaves the class between them empty.",
    });
  },
  bind: ({ minorAbove, moderateAbove, severeAbove, criticalAbove }) => ({
    inEpoch({ deviation: off, exactly, worst }) {
      const above = (limit: number): boolean => isAbove(off, limit, exactly);
      if (!above(minorAbove)) return "none";
      if (!above(moderateAbove)) return "minor";
      if (!above(severeAbove)) return "moderate";
      return worst === "severe" || !above(criticalAbove) ? "severe" : "critical";
    },
  }),
});
