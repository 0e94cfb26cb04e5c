import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  DEFAULT_REWARDS,
  EpochDistributor,
  type EpochRewards,
  MinerScores,
  Ranking,
  type RewardsConfiguration,
  rankMiners,
  TAO20_ORIGINAL_REWARDS,
} from "../../../engine/rewards/index.js";

const TAO = 1_000_000_000;

interface Stakes {
  readonly stakeRao: readonly number[];
  readonly inConsensus: readonly number[];
}

/** Shares a pot among miners of these scores (null: not ranked), whose weighted volume is 100 times the score. */
function distribute(
  potRao: number,
  miners: readonly (number | null)[],
  change: Partial<RewardsConfiguration> = {},
  validators: Stakes = { stakeRao: [1, 3], inConsensus: [1, 1] },
  shareAnew: (entitled: EpochRewards) => void = () => undefined,
): EpochRewards {
  const scores = new MinerScores(miners.length);
  miners.forEach((score, miner) => {
    scores.score[miner] = score ?? 0;
    scores.baseVolume[miner] = (score ?? 0) * 100;
    scores.eligible[miner] = score === null ? 0 : 1;
  });
  const ranking = new Ranking(miners.length);
  rankMiners(scores, new Float64Array(miners.length), ranking);
  const distributor = new EpochDistributor({ ...DEFAULT_REWARDS, ...change }, miners.length, validators.stakeRao.length);
  const entitled = distributor.entitle(potRao, scores, ranking, {
    stakeRao: Float64Array.from(validators.stakeRao),
    inConsensus: Uint8Array.from(validators.inConsensus),
  });
  shareAnew(entitled);
  return distributor.settle();
}

const sum = (amounts: Iterable<number>) => [...amounts].reduce((a, b) => a + b, 0);

describe("an epoch's emission", () => {
  it("goes to pools, tiers and validators", () => {
    const miners = Array.from({ length: 21 }, (_, k) => 1 - k / 100);
    const rewards = distribute(1000 * TAO, miners);
    expect([rewards.basePoolRao, rewards.tierBonusPoolRao, rewards.validatorPoolRao]).toEqual([700 * TAO, 250 * TAO, 50 * TAO]);
    expect([...rewards.tierPotRao]).toEqual([100 * TAO, 62.5 * TAO, 50 * TAO, 25 * TAO, 12.5 * TAO]);
    expect([...rewards.tier]).toEqual([0, 1, 2, 2, 2, ...Array(5).fill(3), ...Array(10).fill(4), 5]);
    expect(rewards.tierRao[0]).toBe(100 * TAO);
    expect(rewards.tierRao[20]).toBe(0);
    // 50 TAO by 98 : 97 : 96; the two largest remainders, 0.82 and 0.67, get the rao that are left.
    expect([...rewards.tierRao.slice(2, 5)]).toEqual([16_838_487_972, 16_666_666_667, 16_494_845_361]);
    expect(rewards.baseRao[0]).toBe(Math.round((700 * TAO) / sum(miners)));
    expect([...rewards.validatorRao]).toEqual([12.5 * TAO, 37.5 * TAO]);
    expect(rewards.remainders).toEqual([]);
    expect(sum(rewards.weight)).toBeCloseTo(1, 14);
  });

  it("gives the share of an empty tier to the base, the burn row, or the other tiers", () => {
    const toBase = distribute(1000 * TAO, [1]);
    expect([toBase.paidRao[0], toBase.movedToBaseRao]).toEqual([950 * TAO, 150 * TAO]);
    expect(toBase.remainders).toEqual([]);
    const burn = distribute(1000 * TAO, [1], { emptyTier: "burn" });
    expect(burn.paidRao[0]).toBe(800 * TAO);
    expect(burn.remainders.map(({ pool, tier, destination, amountRao }) => [pool, tier, destination, amountRao / TAO])).toEqual([
      ["tier_bonus", "platinum", "burn", 62.5],
      ["tier_bonus", "gold", "burn", 50],
      ["tier_bonus", "silver", "burn", 25],
      ["tier_bonus", "bronze", "burn", 12.5],
    ]);
    const toTiers = distribute(1000 * TAO, [1], { emptyTier: "to_tiers" });
    expect([toTiers.baseRao[0], toTiers.tierRao[0]]).toEqual([700 * TAO, 250 * TAO]);
  });

  it("is unallocated where nobody is ranked and nobody agrees", () => {
    const nobody: Stakes = { stakeRao: [5], inConsensus: [0] };
    const { remainders, paidRao } = distribute(100, [null, null], {}, nobody);
    expect([...paidRao]).toEqual([0, 0]);
    expect(remainders).toEqual([
      { pool: "base", tier: null, destination: "unallocated", amountRao: 95 },
      { pool: "validators", tier: null, destination: "unallocated", amountRao: 5 },
    ]);
    expect(distribute(100, [null], { emptyTier: "to_tiers" }, nobody).remainders[0]).toMatchObject({ pool: "tier_bonus", amountRao: 25 });
    expect(distribute(100, [], {}, { stakeRao: [], inConsensus: [] }).remainingRao("unallocated")).toBe(100);
    expect(distribute(0, [], {}, { stakeRao: [], inConsensus: [] }).remainders).toEqual([]);
  });

  it("is unallocated as far as the pools leave it", () => {
    const rewards = distribute(1000, [1], { pools: { base: 0.5, tierBonus: 0, validators: 0.25 } });
    expect(rewards.remainders).toEqual([{ pool: "rest", tier: null, destination: "unallocated", amountRao: 250 }]);
    expect(distribute(1000, [1], { pools: { base: 0, tierBonus: 0, validators: 0 } }).remainingRao("unallocated")).toBe(1000);
  });

  it("gives a tier without any score nothing, or its share evenly", () => {
    const unallocated = distribute(1000, [1, 0], { baseBy: "score" });
    expect(unallocated.remainders).toContainEqual({ pool: "tier_bonus", tier: "platinum", destination: "unallocated", amountRao: 63 });
    expect(unallocated.paidRao[1]).toBe(0);
    expect(distribute(1000, [1, 0], { scorelessTier: "evenly" }).tierRao[1]).toBe(63);
  });

  it("leaves the base over when everybody who is ranked scores 0, or shares it evenly as the original did", () => {
    const nobody = distribute(1000, [0, 0, null], { baseBy: "score" });
    expect(nobody.remainders).toContainEqual({ pool: "base", tier: null, destination: "unallocated", amountRao: 787 });
    const { pools, tiers, baseBy, emptyTier, scorelessTier, allZero } = TAO20_ORIGINAL_REWARDS;
    const original = distribute(1000, [0, 0, null], { pools, tiers, baseBy, emptyTier, scorelessTier, allZero });
    expect([...original.baseRao]).toEqual([350, 350, 0]);
    expect([...original.tierRao]).toEqual([100, 63, 0]);
    // Nobody is ranked, so there is nobody to share it evenly with.
    expect(distribute(1000, [null, null], { allZero: "evenly" }).remainingRao("unallocated")).toBe(950);
  });

  it("shares the base by volume or by score", () => {
    const scores = new MinerScores(2);
    scores.score.set([0.5, 0.5]);
    scores.baseVolume.set([3, 1]);
    scores.eligible.fill(1);
    const ranking = new Ranking(2);
    rankMiners(scores, new Float64Array(2), ranking);
    const nobody = { stakeRao: new Float64Array(0), inConsensus: new Uint8Array(0) };
    const baseOf = (baseBy: "volume" | "score") =>
      new EpochDistributor({ ...DEFAULT_REWARDS, baseBy, emptyTier: "burn" }, 2, 0).entitle(1000, scores, ranking, nobody).baseRao;
    expect([...baseOf("volume")]).toEqual([525, 175]);
    expect([...baseOf("score")]).toEqual([350, 350]);
  });

  it("is what miners are paid, shared anew or not, to the last rao", () => {
    const change = { pools: { base: 1, tierBonus: 0, validators: 0 } };
    const anew = (...paidRao: number[]) =>
      distribute(300, [1, 1, 1], change, { stakeRao: [], inConsensus: [] }, (rewards) => void rewards.paidRao.set(paidRao));
    expect([...anew(100, 100, 100).weight]).toEqual([1 / 3, 1 / 3, 1 / 3]);
    const bonus = anew(150, 75, 75);
    expect([...bonus.weight]).toEqual([0.5, 0.25, 0.25]);
    expect([...bonus.baseRao]).toEqual([100, 100, 100]);
    expect(() => anew(150, 75, 76)).toThrow(/300 rao was shared out as 301/);
  });

  it("is capped last", () => {
    const change: Partial<RewardsConfiguration> = { pools: { base: 1, tierBonus: 0, validators: 0 }, maxTop10Share: 0.5 };
    const miners = [...Array(10).fill(9), ...Array(20).fill(1)];
    const capped = distribute(1_100_000, miners, change, { stakeRao: [], inConsensus: [] });
    expect([...capped.paidRao]).toEqual([...Array(10).fill(55_000), ...Array(20).fill(27_500)]);
    const few = distribute(1000, [1, 1], change, { stakeRao: [], inConsensus: [] });
    expect(few.remainders).toEqual([{ pool: "cap", tier: null, destination: "unallocated", amountRao: 500 }]);
  });

  it("is always shared out to the last rao", () => {
    const score = fc.oneof(fc.constant(null), fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true }));
    const share = fc.integer({ min: 0, max: 33 }).map((hundredths) => hundredths / 100);
    fc.assert(
      fc.property(
        fc.maxSafeInteger().map(Math.abs),
        fc.array(score, { maxLength: 45 }),
        fc.record({
          pools: fc.record({ base: share, tierBonus: share, validators: share }),
          baseBy: fc.constantFrom("volume" as const, "score" as const),
          emptyTier: fc.constantFrom("to_base" as const, "burn" as const, "to_tiers" as const),
          scorelessTier: fc.constantFrom("unallocated" as const, "evenly" as const),
          allZero: fc.constantFrom("unallocated" as const, "evenly" as const),
          maxTop10Share: fc.constantFrom(null, 0.01, 0.3, 0.5, 0.9, 1),
        }),
        fc.array(fc.tuple(fc.maxSafeInteger().map(Math.abs), fc.integer({ min: 0, max: 1 })), { maxLength: 5 }),
        (potRao, miners, change, stakes) => {
          const validators = { stakeRao: stakes.map(([stake]) => stake), inConsensus: stakes.map(([, inConsensus]) => inConsensus) };
          const rewards = distribute(potRao, miners, change, validators);
          const parts = [...rewards.paidRao, ...rewards.validatorRao, ...rewards.remainders.map(({ amountRao }) => amountRao)];
          for (const part of parts) expect(Number.isSafeInteger(part) && part >= 0).toBe(true);
          expect(sum(parts)).toBe(potRao);
          for (const weight of rewards.weight) expect(weight >= 0 && weight <= 1).toBe(true);
          miners.forEach((one, miner) => {
            if (one === null) expect([rewards.paidRao[miner], rewards.tier[miner]]).toEqual([0, -1]);
          });
        },
      ),
      { numRuns: 300 },
    );
  });
});
