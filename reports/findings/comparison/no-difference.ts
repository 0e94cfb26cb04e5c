import type { PairsComparisonReport } from "../../compare/pairs-comparison.js";
import { plural } from "../../format/numbers.js";
import type { Check } from "../check.js";

export const noDifference: Check<PairsComparisonReport> = {
  code: "no_difference",
  severities: ["warning"],
  says: "What was changed changes nothing: every figure is the same in every pair.",
  threshold: "All figures are equal, bit by bit, and no pay moves.",
  tries: "See whether the changed key counts here: a rule that is off, pay that is replayed, a limit nobody reaches.",
  find: ({ figures, pay_moved: moved, changed, pairs }) =>
    moved.max > 0 || figures.some(({ difference }) => difference.min !== 0 || difference.max !== 0)
      ? null
      : {
          severity: "warning",
          title: "What was changed changes nothing.",
          evidence: [
            `All figures are the same in ${plural(pairs.length, "pair")}.`,
            changed.length === 0
              ? "No rule differs."
              : `Changed: ${changed
                  .slice(0, 5)
                  .map(({ path }) => path)
                  .join(", ")}.`,
          ],
          tries: ["See whether the changed key counts here: a rule that is off, pay that is replayed, a limit that nobody reaches."],
        },
};
