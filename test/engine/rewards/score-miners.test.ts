import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  DEFAULT_REWARDS,
  MinerActivity,
  MinerScores,
  MinerStanding,
  Ranking,
  rankMiners,
  scoreMiners,
} from "../../../engine/rewards/index.js";

const TAO = 1_000_000_000;

function activityOf(rows: readonly (readonly [mint: number, redeem: number, perHour: number, consistency: number])[]): MinerActivity {
  const activity = new MinerActivity(rows.length);
  rows.forEach(([mint, redeem, perHour, consistency], miner) => {
    activity.mintRao[miner] = mint;
    activity.redeemRao[miner] = redeem;
    activity.transactionsPerHour[miner] = perHour;
    activity.consistency[miner] = consistency;
  });
  return activity;
}

function scored(activity: MinerActivity, standing: MinerStanding | null = null): MinerScores {
  const scores = new MinerScores(activity.count);
  scoreMiners(activity, DEFAULT_REWARDS, standing, scores);
  return scores;
}

function ranked(scores: MinerScores, registeredMs = new Float64Array(scores.count)): Ranking {
  const ranking = new Ranking(scores.count);
  rankMiners(scores, registeredMs, ranking);
  return ranking;
}

describe("scores", () => {
  it("are 0.7 volume, 0.2 frequency and 0.1 consistency, over the largest miner's", () => {
    const scores = scored(
      activityOf([
        [10 * TAO, 0, 2, 0.5],
        [0, 22 * TAO, 8, 0],
      ]),
    );
    expect([...scores.weightedVolume]).toEqual([11 * TAO, 22 * TAO]);
    expect([...scores.volume]).toEqual([0.5, 1]);
    expect([...scores.frequency]).toEqual([0.25, 1]);
    expect(scores.score[0]).toBeCloseTo(0.35 + 0.05 + 0.05, 15);
    expect(scores.score[1]).toBeCloseTo(0.9, 15);
  });

  it("are 0 where nobody did anything", () => {
    const scores = scored(
      activityOf([
        [0, 0, 0, 0],
        [0, 0, 0, 0],
      ]),
    );
    expect([...scores.score, ...scores.volume, ...scores.frequency]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(ranked(scores).count).toBe(0);
  });

  it("rank from a volume of 1 TAO, minted and redeemed together", () => {
    const scores = scored(
      activityOf([
        [TAO - 1, 0, 1, 1],
        [TAO / 2, TAO / 2, 1, 0],
        [0, TAO, 1, 1],
      ]),
    );
    const ranking = ranked(scores);
    expect([...scores.eligible]).toEqual([0, 1, 1]);
    expect([...ranking.rankOf]).toEqual([0, 2, 1]);
  });

  it("rank ties by earlier registration, then uid", () => {
    const scores = scored(
      activityOf([
        [TAO, 0, 1, 1],
        [TAO, 0, 1, 1],
        [TAO, 0, 1, 1],
        [9 * TAO, 0, 1, 1],
      ]),
    );
    expect([...ranked(scores, Float64Array.of(30, 20, 20, 40)).miners]).toEqual([3, 1, 2, 0]);
  });

  it("leave out who is excluded, and do not measure others against it", () => {
    const standing = new MinerStanding(3);
    standing.excluded[0] = 1;
    standing.factor[1] = 0.5;
    const scores = scored(
      activityOf([
        [100 * TAO, 0, 50, 1],
        [0, 10 * TAO, 1, 1],
        [0, 10 * TAO, 1, 1],
      ]),
      standing,
    );
    expect(scores.score[0]).toBe(0);
    expect(scores.score[2]).toBeCloseTo(1, 15);
    expect(scores.score[1]).toBe(scores.score[2] / 2);
    expect([...scores.baseVolume]).toEqual([0, 5 * TAO, 10 * TAO]);
    expect([...ranked(scores).rankOf]).toEqual([0, 2, 1]);
  });

  it("and their parts are always numbers from 0 to 1, in order of rank", () => {
    const row = fc.tuple(
      fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2 ** 51 })),
      fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2 ** 51 })),
      fc.integer({ min: 0, max: 1000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        const scores = scored(activityOf(rows));
        for (const column of [scores.volume, scores.frequency, scores.consistency, scores.score]) {
          for (const value of column) expect(value >= 0 && value <= 1 + 1e-15).toBe(true);
        }
        const ranking = ranked(scores);
        for (let k = 1; k < ranking.count; k++) {
          expect(scores.score[ranking.miners[k - 1]]).toBeGreaterThanOrEqual(scores.score[ranking.miners[k]]);
        }
        for (let miner = 0; miner < rows.length; miner++) {
          const rank = ranking.rankOf[miner];
          if (rank > 0) expect(ranking.miners[rank - 1]).toBe(miner);
        }
      }),
      { numRuns: 200 },
    );
  });
});
