import { TenureError } from "../kernel/errors.js";
import { abs, floor } from "../kernel/math.js";
import { REWARD_RANGES, requireWithin } from "../kernel/ranges.js";
import type { TierConfiguration } from "./configuration.js";

/** Name of those who are ranked behind the last tier. */
export const BASE_TIER = "base";

/** Shares are written as decimal fractions; their sum may miss 1 by rounding, no more. */
const SUM_TOLERANCE = 1e-9;

/**
 * Tiers by rank (docs/explanation/rewards.md), checked: from rank 1, without holes or overlaps, shares that sum to 1. Tier indices are
 * in order of rank; `count` itself is the index of everybody behind the last tier.
 */
export class TierTable {
  readonly count: number;
  readonly names: readonly string[];
  /** Share of the tier bonus, by tier. */
  readonly shares: Float64Array;
  /** First rank, by tier. */
  readonly fromRank: Int32Array;
  /** Last rank, by tier; as many as there are ranks. */
  readonly toRank: Int32Array;

  /**
   * @param path dotted path of the list, for refusals
   * @throws TenureError TEN-REWARD-107 to TEN-REWARD-112
   */
  constructor(tiers: readonly TierConfiguration[], path = "tiers") {
    refuseTiers(tiers, path);
    this.count = tiers.length;
    this.names = [...tiers.map(({ name }) => name), BASE_TIER];
    this.shares = Float64Array.from(tiers, ({ share }) => share);
    this.fromRank = Int32Array.from(tiers, ({ fromRank }) => fromRank);
    this.toRank = Int32Array.from(tiers, ({ toRank }) => toRank);
  }

  /** Index of the tier of a rank (1 or more); `count` behind the last. */
  tierOf(rank: number): number {
    for (let tier = 0; tier < this.count; tier++) if (rank <= this.toRank[tier]) return tier;
    return this.count;
  }

  /** Name of a tier index, `base` for `count`. */
  nameOf(tier: number): string {
    return this.names[tier];
  }
}

function refuseTiers(tiers: readonly TierConfiguration[], path: string): void {
  const names = new Set([BASE_TIER]);
  let next = 1;
  let sum = 0;
  tiers.forEach((tier, index) => {
    const at = `${path}.${index}`;
    if (tier.name === "" || names.has(tier.name)) {
      throw new TenureError({
        code: "TEN-REWARD-107",
        what: "A tier needs a name of its own.",
        place: { path: `${at}.name` },
        found: tier.name,
        allowed: `text that no other tier has, and not ${BASE_TIER}`,
        hint: `${BASE_TIER} is what those behind the last tier are called.`,
      });
    }
    names.add(tier.name);
    refuseRanks(tier, next, at);
    requireWithin(tier.share, REWARD_RANGES.share, "TEN-REWARD-111", `${at}.share`);
    next = tier.toRank + 1;
    sum += tier.share;
  });
  if (abs(sum - 1) > SUM_TOLERANCE) {
    throw new TenureError({
      code: "TEN-REWARD-112",
      what: "The shares of the tiers do not sum to 1.",
      place: { path },
      found: sum,
      allowed: "1",
      hint: "Shares are parts of the tier bonus, not of the emission.",
    });
  }
}

function refuseRanks({ name, fromRank, toRank }: TierConfiguration, next: number, at: string): void {
  const whole = (rank: number) => rank >= 1 && rank <= 1_000_000 && floor(rank) === rank;
  if (!whole(fromRank) || !whole(toRank) || toRank < fromRank) {
    const [key, found] = whole(fromRank) ? ["to_rank", toRank] : ["from_rank", fromRank];
    throw new TenureError({
      code: "TEN-REWARD-108",
      what: "A tier holds no ranks.",
      place: { path: `${at}.${key}` },
      found,
      allowed: key === "to_rank" ? `whole numbers from ${fromRank} to 1000000` : "whole numbers from 1 to 1000000",
    });
  }
  if (fromRank > next) {
    throw new TenureError({
      code: "TEN-REWARD-109",
      what: "The tiers leave a hole between ranks.",
      place: { path: `${at}.from_rank` },
      found: fromRank,
      allowed: String(next),
      hint: `No tier holds rank ${next}. Tiers are written in order of rank.`,
    });
  }
  if (fromRank < next) {
    throw new TenureError({
      code: "TEN-REWARD-110",
      what: "Two tiers hold the same rank.",
      place: { path: `${at}.from_rank` },
      found: fromRank,
      allowed: String(next),
      hint: `Rank ${fromRank} is in a tier before ${name}. Tiers are written in order of rank.`,
    });
  }
}
