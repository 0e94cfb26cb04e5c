import { FEWEST_IN_GAP, GAP_MINERS } from "../../../engine/index.js";
import { formatCount, formatShare, plural } from "../../format/numbers.js";
import type { Check } from "../check.js";
import type { SubnetEvidence } from "../evidence/run-evidence.js";
import { medianOf, spellsOf, spellWords } from "../spells.js";

const MANY = GAP_MINERS;
const FEWEST = FEWEST_IN_GAP;

export const payGaps: Check<SubnetEvidence> = {
  code: "pay_gaps",
  severities: ["serious", "warning"],
  says: "Miners are paid nothing for some epochs, and were paid before and after.",
  threshold: `In an epoch ${MANY * 100} % of the miners (${FEWEST} or more) are in such a gap, and in the usual epoch fewer: where ranks are paid by a few places, to miss one is how the rule works. Serious where they are half of the miners.`,
  tries: "Look at scores and weights of these epochs; carry the last weight on for an epoch that has none.",
  needs: () => ["rewards"],
  find: ({ gaps, miners, epochs }) => {
    if (gaps === null) return null;
    const { byEpoch } = gaps;
    const limit = Math.max(FEWEST, MANY * miners.length);
    const many = byEpoch.filter((one) => one.miners >= limit);
    if (many.length === 0 || medianOf(byEpoch.map((one) => one.miners)) >= limit) return null;
    const most = many.reduce((a, b) => (b.miners > a.miners ? b : a));
    return {
      severity: most.miners >= miners.length / 2 ? "serious" : "warning",
      title: `Up to ${formatCount(most.miners)} of ${plural(miners.length, "miner")} are paid nothing for some epochs, and were paid before and after.`,
      evidence: [
        `In ${spellWords(
          spellsOf(byEpoch, (one) => one.miners >= limit),
          epochs,
        )}.`,
        gaps.ofRule > 0
          ? `In ${formatShare(gaps.ofRule)} of the gaps the recording has pay for the miner: its weight, or a stage, takes it.`
          : "Nothing is recorded for them there: what the rules are given is 0.",
      ],
      tries: [
        gaps.ofRule > 0
          ? "Ask `tenure show <run> --hotkey <key> --epoch <n>` which stage takes it."
          : "Look at who scored them: a validator that skipped an epoch, a reading that failed.",
        "Carry the last weight on where an epoch has none, or smooth weights over several.",
      ],
    };
  },
};
