import { formatFigure } from "../../format/figure.js";
import { formatCount, formatMultiplier, formatShare } from "../../format/numbers.js";
import type { Check, Found } from "../check.js";
import type { SubnetEvidence } from "../evidence/run-evidence.js";
import { hasRetention } from "../stage-words.js";
import { isPenalty } from "./penalty-cancelled.js";

/** Multipliers that lie so near together move less than a thousandth of the pot. */
const SAME = 0.001;
/** Where this part of the epochs is so, the step does nothing for the run. */
const MOST_EPOCHS = 0.95;
/** Less than this of the pots moved: a step that nobody feels. */
export const LEAST_MOVED = 0.001;

export const retentionWithoutEffect: Check<SubnetEvidence> = {
  code: "retention_without_effect",
  severities: ["warning", "note"],
  says: "A step that looks at holding changes nobody's pay: all have the same multiplier, and dividing by the sum of the weights cancels it.",
  threshold: `In ${MOST_EPOCHS * 100} % of the epochs with two miners or more the lowest and the highest multiplier lie within ${SAME * 100} % of each other; without the table \`weights\`: the rule moves less than ${LEAST_MOVED * 100} % of the pots, which is not asked of alternatives, where all but one miner are alike. A note where the scenario states \`max_multiplier: 1\`.`,
  tries:
    "A lower `retention_target` or a longer `retention_window_days` where all are at the top; a lower minimum stake where all are at 1; a longer run.",
  applies: hasRetention,
  find: (subnet) => {
    const { weights, summary, netuid, rules } = subnet;
    if (weights !== null) {
      const without = fromWeights(weights.epochs);
      return without === null || !statesNoBonus(rules) ? without : { ...without, severity: "note", title: NO_BONUS };
    }
    const metrics = summary.metrics?.subnets.find((one) => one.netuid === netuid);
    if (metrics === undefined || metrics.miners < 2 || metrics.pot_moved >= LEAST_MOVED) return null;
    // Where one miner tries strategies and all others are alike, little moves by the design of the scenario.
    if (summary.closed_loop?.subnets.some((one) => one.netuid === netuid && one.alternative !== null) === true) return null;
    return {
      ...found(`It moves ${formatShare(metrics.pot_moved)} of ${formatCount(metrics.epochs)} pots.`, null),
      title: "The retention step moves next to no pay: multipliers are the same, or nearly so.",
    };
  },
};

/** It may be what is meant, where a scenario is about something else. */
const NO_BONUS = "The scenario states `max_multiplier: 1`: its retention step gives nobody a bonus.";

function statesNoBonus({ stages, vesting }: SubnetEvidence["rules"]): boolean {
  const most = (of: object | undefined) => (of as { readonly maxMultiplier?: number } | undefined)?.maxMultiplier;
  const all = stages === null ? [most(vesting)] : stages.stages.filter(({ stage }) => stage === "multiplier").map(({ of }) => most(of));
  return all.every((one) => one === 1);
}

function fromWeights(all: NonNullable<SubnetEvidence["weights"]>["epochs"]): Found | null {
  const shared = all.filter(({ miners }) => miners >= 2);
  if (shared.length === 0 || isPenalty(shared)) return null;
  const same = shared.filter(({ lowestMultiplier: low, highestMultiplier: high }) => high > 0 && high - low <= SAME * high);
  if (same.length < MOST_EPOCHS * shared.length) return null;
  const low = shared.reduce((least, { lowestMultiplier }) => Math.min(least, lowestMultiplier), Number.POSITIVE_INFINITY);
  const high = shared.reduce((most, { highestMultiplier }) => Math.max(most, highestMultiplier), 0);
  const range =
    low === high ? `${formatMultiplier(high)} in all of them` : `from ${formatMultiplier(low)} to ${formatMultiplier(high)} over the run`;
  const evidence = `In ${formatCount(same.length)} of ${formatCount(shared.length)} epochs all miners have the same multiplier, ${range}.`;
  return found(evidence, high);
}

function found(evidence: string, highest: number | null): Found {
  const top = highest !== null && highest > 1;
  return {
    severity: "warning",
    title: "The retention step has no effect: everybody's multiplier is the same, so that sharing the pot cancels it.",
    evidence: [evidence, ...(highest === null || top ? [] : [`Nobody has a bonus: the highest multiplier is ${formatFigure(highest)}.`])],
    tries: top
      ? [
          "Ask for more, so that miners differ: a higher retention_target, a longer retention_window_days.",
          "Where nobody sells in the data, no value of the rule can be told from another.",
        ]
      : [
          "See whether the rule gives a bonus at all: max_multiplier above 1, a minimum_stake that miners reach.",
          "See whether the run is long enough for a bonus, and pay is counted (retention_basis, start).",
        ],
  };
}
