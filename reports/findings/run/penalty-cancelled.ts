import { BORN_BY_ALL, cancelledPart, LEAST_TAKEN } from "../../../engine/index.js";
import { formatShare } from "../../format/numbers.js";
import type { Check } from "../check.js";
import type { SubnetEvidence } from "../evidence/run-evidence.js";
import type { WeightsOfEpoch } from "../evidence/weight-series.js";

const MOST_CANCELLED = 0.9;

export const penaltyCancelled: Check<SubnetEvidence> = {
  code: "penalty_cancelled",
  severities: ["serious", "warning"],
  says: "A penalty lowers weights, and normalisation gives most of it back to the very miners who bear it.",
  threshold: `No factor is above 1, factors take ${LEAST_TAKEN * 100} % of the weights or more in the mean over epochs, ${BORN_BY_ALL * 100} % of the weights bear it, nothing goes elsewhere, and of what they take a third or more goes back: 1 - (pot that moves) / (weight that is taken). Serious from ${MOST_CANCELLED * 100} %.`,
  tries: "Send what the penalty takes elsewhere: `- residual: burn` (or recycle, treasury, owner) as the last stage.",
  needs: () => ["weights"],
  // Shares of an index subnet are of what its miners have together: what goes elsewhere is not in them.
  applies: ({ kind, rules, effect }) =>
    effect !== "off" && rules.emission.outside === null && (kind !== "index" || (rules.stages?.residual ?? null) === null),
  find: ({ weights }) => {
    const shared = (weights?.epochs ?? []).filter(({ miners }) => miners >= 2);
    if (!isPenalty(shared)) return null;
    const [taken, moved] = [meanOf(shared, ({ taken }) => taken), meanOf(shared, ({ moved }) => moved)];
    const [punished, finalSum] = [meanOf(shared, ({ punished }) => punished), meanOf(shared, ({ finalSum }) => finalSum)];
    const cancelled = cancelledPart({ taken, punished, moved, finalSum });
    if (cancelled === null) return null;
    return {
      severity: cancelled >= MOST_CANCELLED ? "serious" : "warning",
      title: `${formatShare(cancelled)} of the penalty is cancelled when weights are normalised.`,
      evidence: [
        `Factors take ${formatShare(taken)} of the weights in the mean over the epochs, and ${formatShare(moved)} of the pot goes to others than without them.`,
        "What one loses is shared among all, the others who are punished, too.",
      ],
      tries: [
        "Let it go elsewhere: `- residual: burn` (or recycle, treasury, owner) as the last stage.",
        "Compare with `penalty-burned`, which differs from `penalty-normalised` in that line alone.",
      ],
    };
  },
};

/** Do factors only ever take, and something worth mentioning? */
export function isPenalty(epochs: readonly WeightsOfEpoch[]): boolean {
  return (
    epochs.length > 0 &&
    epochs.every(({ highestMultiplier }) => highestMultiplier <= 1) &&
    meanOf(epochs, ({ taken }) => taken) >= LEAST_TAKEN
  );
}

function meanOf(epochs: readonly WeightsOfEpoch[], of: (one: WeightsOfEpoch) => number): number {
  let sum = 0;
  for (const one of epochs) sum += of(one);
  return epochs.length === 0 ? 0 : sum / epochs.length;
}
