import type { PairsComparisonReport } from "../../compare/pairs-comparison.js";
import { formatShare, plural } from "../../format/numbers.js";
import type { Check } from "../check.js";

/** Who loses half of its pay is likely to leave. */
const HALF = 0.5;
const SHOWN = 3;

export const minersLoseMost: Check<PairsComparisonReport> = {
  code: "miners_lose_most",
  severities: ["warning"],
  says: "Some miners lose half of their pay or more.",
  threshold: `Of the losers that are listed, mean pay in b is ${HALF * 100} % below that in a or lower, and it is told apart, exact, or the only pair. Miners of synthetic populations are others in each replicate.`,
  tries: "See what cuts them: explain one of them in both runs.",
  find: ({ losers }) => {
    const most = losers.filter(
      ({ change_share: change, difference_rao: { verdict } }) => change !== null && change <= -HALF && verdict !== "not_told_apart",
    );
    if (most.length === 0) return null;
    return {
      severity: "warning",
      title: `${plural(most.length, "miner")} of the losers listed ${most.length === 1 ? "loses" : "lose"} half of the pay or more.`,
      evidence: most
        .slice(0, SHOWN)
        .map(({ netuid, hotkey, change_share: change }) => `${hotkey} (subnet ${netuid}): ${formatShare(change ?? 0)}.`),
      tries: ["See what cuts them: `tenure show <run> --hotkey <key>` in both runs."],
    };
  },
};
