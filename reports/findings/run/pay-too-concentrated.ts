import { FEWEST_SPREAD, nakamoto, ONE_HAS, topShare } from "../../../engine/index.js";
import { formatCount, formatShare, plural } from "../../format/numbers.js";
import type { Check } from "../check.js";
import type { SubnetEvidence } from "../evidence/run-evidence.js";

/** Half of all pay for so few miners of a hundred leaves no reason to be one of the others. */
const FEW = 0.05;

export const payTooConcentrated: Check<SubnetEvidence> = {
  code: "pay_too_concentrated",
  severities: ["serious", "warning"],
  says: "One miner, or very few, get most of the pay.",
  threshold: `Serious: one of ${FEWEST_SPREAD} miners or more has over ${ONE_HAS * 100} % of what miners were paid in all. Warning: those who together have over half (the Nakamoto coefficient) are ${FEW * 100} % of the miners or fewer.`,
  tries: "A flatter curve, a cap on what one may have, wider tiers; see whether several hotkeys are one owner's.",
  find: ({ miners: positions, kind, summary }) => {
    const paid = Float64Array.from(positions, ({ at_end }) => Number(at_end.paid_as_miner_rao)).sort();
    const members = kind === "index" ? (summary.index?.inequality.members ?? paid.length) : paid.length;
    const few = nakamoto(paid);
    const top = topShare(paid, 1);
    if (members < FEWEST_SPREAD || paid.length === 0 || few === 0) return null;
    const isOne = top > ONE_HAS;
    if (!isOne && few > FEW * members) return null;
    const best = positions.reduce((a, b) => (b.at_end.paid_as_miner_rao > a.at_end.paid_as_miner_rao ? b : a));
    return {
      severity: isOne ? "serious" : "warning",
      title: isOne
        ? `One miner has ${formatShare(top)} of what ${plural(members, "miner")} were paid.`
        : `${formatCount(few)} of ${plural(members, "miner")} have more than half of the pay.`,
      evidence: [`The best paid is ${best.hotkey} with ${formatShare(top)}; the ten best have ${formatShare(topShare(paid, 10))}.`],
      tries: [
        "Pay ranks less steeply: a curve of a larger ratio, wider tiers, or a cap (`index.rewards.max_top10_share`, a stage of your own).",
        "See whether the best paid are one owner's: the table `positions` has their coldkeys.",
      ],
    };
  },
};
