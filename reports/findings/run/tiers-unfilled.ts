import { formatCount, formatDays, formatShare } from "../../format/numbers.js";
import type { Check, Found } from "../check.js";
import type { SubnetEvidence } from "../evidence/run-evidence.js";

/** A tier that stands empty half of the time pays nobody for reaching it. */
const HALF = 0.5;

export const tiersUnfilled: Check<SubnetEvidence> = {
  code: "tiers_unfilled",
  severities: ["warning", "note"],
  says: "Tiers have fewer miners than places, or no miner ever reaches one.",
  threshold: `Of an index subnet: less than ${HALF * 100} % of a tier's places are taken over all epochs. Of the rule \`tiered\` (a note): nobody ever held the share, or the days, that a tier asks for.`,
  tries:
    "Fewer or narrower tiers; `index.rewards.empty_tier` says who has the share of an empty one; a longer run where days are asked for.",
  find: (subnet) => (subnet.kind === "index" ? ofIndex(subnet) : ofRule(subnet)),
};

function ofIndex({ summary, rules }: SubnetEvidence): Found | null {
  const { index } = summary;
  const rewards = rules.index?.rewards;
  // Tiers that share nothing move nothing.
  if (index === null || rewards === undefined || index.epochs === 0 || rewards.pools.tierBonus === 0) return null;
  const filled = rewards.tiers.flatMap(({ name, fromRank, toRank, share }) => {
    const all = index.epochs * (toRank - fromRank + 1);
    const taken = index.tiers.find(({ tier }) => tier === name)?.places ?? 0;
    return taken < HALF * all ? [{ name, share, taken, all }] : [];
  });
  if (filled.length === 0) return null;
  const goes = { to_base: "goes to the base pool", burn: "is burnt", to_tiers: "goes to the other tiers" }[rewards.emptyTier];
  return {
    severity: "warning",
    title: `${filled.length === 1 ? "A tier is" : `${filled.length} of ${rewards.tiers.length} tiers are`} mostly unfilled.`,
    evidence: [
      ...filled.map(
        ({ name, share, taken, all }) =>
          `${name}: ${formatCount(taken)} of ${formatCount(all)} places over ${formatCount(index.epochs)} epochs (${formatShare(taken / all)}); it shares ${formatShare(share)} of the bonus among who is there.`,
      ),
      `The share of a tier in which nobody is ${goes}.`,
    ],
    tries: [
      "Make tiers narrower, or fewer, until the ranks that are reached fill them.",
      "A lower `index.rewards.min_volume` lets more participants be ranked.",
    ],
  };
}

function ofRule({ rules, stakes }: SubnetEvidence): Found | null {
  const tiers = tiersOf(rules);
  if (tiers === null || stakes === null || stakes.epochs.length === 0) return null;
  const amount = tiers.amountTiers.filter(({ atLeast }) => atLeast > stakes.mostHeldShare);
  const time = tiers.timeTiers.filter(({ atLeast }) => atLeast > stakes.mostHeldDays);
  if (amount.length + time.length === 0) return null;
  return {
    severity: "note",
    title: `Nobody ever reaches ${amount.length + time.length === 1 ? "one of the tiers" : `${amount.length + time.length} of the tiers`}.`,
    evidence: [
      ...(amount.length === 0
        ? []
        : [
            `Held share from ${amount.map(({ atLeast }) => formatShare(atLeast)).join(", ")}: the most that anybody held is ${formatShare(stakes.mostHeldShare)}.`,
          ]),
      ...(time.length === 0
        ? []
        : [
            `Held days from ${time.map(({ atLeast }) => String(atLeast)).join(", ")}: the longest that anybody held is ${formatDays(stakes.mostHeldDays)}.`,
          ]),
    ],
    tries: ["Run longer than the longest tier asks for, or ask for less."],
  };
}

interface HoldingTiers {
  readonly amountTiers: readonly { readonly atLeast: number }[];
  readonly timeTiers: readonly { readonly atLeast: number }[];
}

function tiersOf({ vesting, stages }: SubnetEvidence["rules"]): HoldingTiers | null {
  if (vesting.mode === "off") return null;
  if (stages === null) return vesting.rule === "tiered" ? vesting : null;
  const stage = stages.stages.find(({ variant }) => variant === "tiered");
  return stage === undefined ? null : (stage.of as HoldingTiers);
}
