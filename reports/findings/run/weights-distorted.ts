import { formatCount, formatShare } from "../../format/numbers.js";
import type { Check } from "../check.js";
import { JUMP, MANY_JUMP } from "../evidence/past-jumps.js";
import type { SubnetEvidence } from "../evidence/run-evidence.js";
import type { WeightsOfEpoch } from "../evidence/weight-series.js";
import { medianOf, spellsOf, spellWords } from "../spells.js";
import { isEvenBase } from "./weights-even.js";

/** In production, 70 to 80 % of the scores were distorted. */
const MANY = MANY_JUMP;
/** Where a tenth jumps in the usual epoch, weights jump by themselves. */
const USUAL = 0.1;
const REVERSED = -0.5;

export const weightsDistorted: Check<SubnetEvidence> = {
  code: "weights_distorted",
  severities: ["serious"],
  says: "The shares of most miners jump in one epoch, where they are steady in the others: scores were distorted, or a rule was.",
  threshold: `In an epoch ${MANY * 100} % of the miners or more have a base share beyond ${JUMP} times the mean of their past ones, or below one ${JUMP}th of it (or what the rule makes of it has changed as much), and in the usual epoch less than ${USUAL * 100} % have. Shares are compared as multiples of their past, against the multiple that most have in common. Epochs in which so many have jumped are left out of the mean, until they are sixteen in a row. In production, 70 to 80 % of the scores were distorted. Epochs of equal or reversed weights have findings of their own.`,
  tries: "Compare the scores before and after with what miners did; look at what was released there.",
  needs: () => ["weights"],
  find: ({ weights, epochs }) => {
    const all = weights?.epochs ?? [];
    const base = jumpsIn(all, ({ baseJumped }) => baseJumped);
    const gain = jumpsIn(all, ({ gainJumped }) => gainJumped);
    const flagged = base.length > 0 ? base : gain;
    if (flagged.length === 0) return null;
    const of = flagged === base ? (one: WeightsOfEpoch) => one.baseJumped : (one: WeightsOfEpoch) => one.gainJumped;
    const numbers = new Set(flagged.map(({ epoch }) => epoch));
    const most = Math.max(...flagged.map(of));
    const what = flagged === base ? "base weights" : "factors of the rule";
    return {
      severity: "serious",
      title: `The ${what} of up to ${formatShare(most)} of the miners jump at once.`,
      evidence: [
        `In ${spellWords(
          spellsOf(all, ({ epoch }) => numbers.has(epoch)),
          epochs,
        )}: ${formatCount(flagged.length)} of ${formatCount(all.length)} epochs.`,
        `So far from the mean of their past are ${formatShare(medianOf(all.map(of)))} of the miners in the usual epoch.`,
      ],
      tries: [
        flagged === base
          ? "Compare scores before and after with what miners did, and look at what was released there."
          : "See which stage it is: `tenure show <run> --hotkey <key> --epoch <n>`, before and after.",
        "Smooth weights over several epochs, so that one faulty reading moves little.",
      ],
    };
  },
};

function jumpsIn(all: readonly WeightsOfEpoch[], of: (one: WeightsOfEpoch) => number): readonly WeightsOfEpoch[] {
  if (medianOf(all.map(of)) >= USUAL) return [];
  return all.filter((one, at) => of(one) >= MANY && !isExplained(one) && !isExplained(all[at - 1]));
}

/** Has the epoch, or the one before which it comes back from, another name? */
function isExplained(one: WeightsOfEpoch | undefined): boolean {
  return one !== undefined && (isEvenBase(one) || one.rankOfPast <= REVERSED || one.rankOfFinal <= REVERSED);
}
