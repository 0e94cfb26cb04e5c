import type { RewardsConfiguration } from "../../../engine/index.js";
import type { ParticipantRow, ScoreRow } from "../../index-subnet/index-rows.js";
import { dividePot, type PotDivision } from "../pot-division.js";
import { partOf } from "../shared-pot.js";
import { type EmissionPools, emissionPools } from "./emission-pools.js";

/** How one tier of an epoch was shared. */
export interface TierShare {
  readonly name: string;
  readonly potRao: bigint;
  /** Weights of the participants in it, by place; even ones where all score 0 and the rules say so. */
  readonly weights: readonly number[];
  /** Null where nobody in it has a weight. */
  readonly division: PotDivision | null;
}

/** What participants of an epoch are entitled to, before multipliers: worked out once more from their scores. */
export interface Entitlement extends EmissionPools {
  /** What the base pool got from empty tiers. */
  readonly movedToBaseRao: bigint;
  readonly tiers: readonly TierShare[];
  readonly baseWeights: readonly number[];
  readonly base: PotDivision | null;
}

/** @param byScore the base pool goes by score whatever `base_by` says: a list of stages begins with scores */
export function entitlementOf(
  emissionRao: bigint,
  rewards: RewardsConfiguration,
  participants: readonly ParticipantRow[],
  scores: ReadonlyMap<number, ScoreRow>,
  byScore: boolean,
): Entitlement {
  const pools = emissionPools(emissionRao, rewards.pools);
  const rows = participants.map(({ participant }) => scores.get(participant));
  const ranked = rows.filter((row) => (row?.rank ?? 0) > 0).length;
  const isEmpty = ({ fromRank }: RewardsConfiguration["tiers"][number]) => fromRank > ranked;
  const shares = rewards.tiers.map((tier) => (rewards.emptyTier === "to_tiers" && isEmpty(tier) ? 0 : tier.share));
  const division = dividePot(pools.tierPoolRao, shares);
  let movedToBaseRao = 0n;
  const tiers = rewards.tiers.map((tier, k): TierShare => {
    const potRao = division === null ? 0n : partOf(division, k);
    if (isEmpty(tier) && rewards.emptyTier !== "burn") movedToBaseRao += potRao;
    const inTier = rows.map((row) => (row?.tier === tier.name && row.rank > 0 ? row : null));
    const byScores = inTier.map((row) => row?.score ?? 0);
    const evenly = rewards.scorelessTier === "evenly" && byScores.every((weight) => weight === 0);
    const weights = evenly ? inTier.map((row) => (row === null ? 0 : 1)) : byScores;
    return { name: tier.name, potRao, weights, division: dividePot(potRao, weights) };
  });
  const baseWeights = weighBase(rewards, rows, byScore);
  return {
    ...pools,
    movedToBaseRao,
    tiers,
    baseWeights,
    base: dividePot(pools.basePoolRao + movedToBaseRao, baseWeights),
  };
}

/** What a base pool by volume goes by: minted and redeemed value, weighted, cut as the score is. */
export function weightedVolume({ score }: RewardsConfiguration, { minted_rao, redeemed_rao }: ScoreRow): number {
  return score.mintMultiplier * minted_rao + score.redeemMultiplier * redeemed_rao;
}

function weighBase(rewards: RewardsConfiguration, rows: readonly (ScoreRow | undefined)[], byScore: boolean): readonly number[] {
  const weights = rows.map((row) => {
    if (row === undefined || row.rank === 0) return 0;
    return byScore || rewards.baseBy === "score" ? row.score : row.standing * weightedVolume(rewards, row);
  });
  if (rewards.allZero !== "evenly" || weights.some((weight) => weight > 0)) return weights;
  return rows.map((row) => (row !== undefined && row.rank > 0 ? 1 : 0));
}
