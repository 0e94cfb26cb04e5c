import type { PairsComparisonReport } from "../../compare/pairs-comparison.js";
import { formatShare } from "../../format/numbers.js";
import type { Check } from "../check.js";

/** A tenth of all pay in other hands is a change that people will ask about. */
const MUCH = 0.1;
const MOST = 0.3;

export const payShifts: Check<PairsComparisonReport> = {
  code: "pay_shifts",
  severities: ["serious", "warning"],
  says: "Much of the miners' pay goes to others in b than in a.",
  threshold: `Half the sum of the changes of the miners' shares is ${MUCH * 100} % or more in the mean over the pairs; serious from ${MOST * 100} %.`,
  tries: "Say so to those who lose before it goes live; change in steps.",
  find: ({ pay_moved: { mean, interval } }) =>
    mean < MUCH
      ? null
      : {
          severity: mean >= MOST ? "serious" : "warning",
          title: `${formatShare(mean)} of the miners' pay goes to others.`,
          evidence: interval === null ? [] : [`95 % interval ${formatShare(interval.low)} to ${formatShare(interval.high)}.`],
          tries: [
            "Look at the losers below, and tell them before the change goes live.",
            "Change in steps, and compare each with the one before.",
          ],
        },
};
