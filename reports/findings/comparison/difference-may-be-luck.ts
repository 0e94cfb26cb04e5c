import { distinctDifferences } from "../../compare/distinct-differences.js";
import type { PairsComparisonReport } from "../../compare/pairs-comparison.js";
import { formatCount, plural } from "../../format/numbers.js";
import type { Check } from "../check.js";

/** Of fewer pairs an interval rests on the shape of what is drawn. */
const FEW = 10;

export const differenceMayBeLuck: Check<PairsComparisonReport> = {
  code: "difference_may_be_luck",
  severities: ["warning", "note"],
  says: "Figures differ by no more than the draw of random numbers makes them differ, or there are too few pairs to say.",
  threshold: `A warning where no figure that differs is told apart (its 95 % interval holds 0, or there is one pair); a note where some are, and others not, or where fewer than ${FEW} pairs were run. Figures that are one number count once, those of strategies not at all.`,
  tries: "More replicates: the report says about how many.",
  find: ({ figures, random, pairs }) => {
    if (random.length === 0) return null;
    const { differing, told_apart: apart, open } = distinctDifferences(figures);
    if (open.length === 0 && (pairs.length >= FEW || differing.length === 0)) return null;
    const needed = open.flatMap(({ name, difference: { pairs_needed } }) =>
      pairs_needed === null ? [] : [`${name}: about ${formatCount(pairs_needed)} pairs`],
    );
    return {
      severity: apart.length === 0 && differing.length > 0 ? "warning" : "note",
      title:
        apart.length === 0
          ? `Nothing is told apart by ${plural(pairs.length, "pair")}: what differs may be luck.`
          : open.length === 0
            ? `${plural(pairs.length, "pair")}: look twice at intervals of fewer than ${FEW}.`
            : `${open.length} of ${differing.length} figures that differ may do so by luck.`,
      evidence: [
        ...(open.length === 0
          ? []
          : [
              `Not told apart: ${open
                .slice(0, 8)
                .map(({ name }) => name)
                .join(", ")}${open.length > 8 ? ", ..." : ""}.`,
            ]),
        ...(needed.length === 0 ? [] : [`To tell a difference as large as the one seen: ${needed.slice(0, 3).join("; ")}.`]),
      ],
      tries: ["Run more replicates; the pairs that are there are kept."],
    };
  },
};
