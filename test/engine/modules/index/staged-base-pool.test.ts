import { describe, expect, it } from "vitest";
import type { StageListConfiguration } from "../../../../engine/index.js";
import type { MemoryRun, Row } from "../../in-memory.js";
import { INDEX, prices, rowsOf, runIndex, traders } from "./small-index.js";

const RATIO = 0.8;
const BURNED = 0.1;
const LEAST_ALPHA = 40;
const REST = ["burn", "recycle", "treasury", "owner", "unallocated"];

const STAGES: StageListConfiguration = {
  stages: [
    { stage: "burn", parameters: { share: BURNED } },
    { stage: "curve", parameters: { ties: "average" }, variant: "geometric", of: { ratio: RATIO } },
    { stage: "gate", parameters: { by: "stake", atLeast: LEAST_ALPHA, unit: "alpha", below: "zero", power: 1 } },
  ],
  residual: "recycle",
  recordsEveryEpoch: true,
};
const PARTICIPANTS = [traders("small", 3), traders("large", 2, { withdrawnShare: 1 })];
const rewards = { ...INDEX.rewards, baseBy: "score", emptyTier: "burn" } as const;
const epochsOf = (rows: readonly Row[]) => [...new Set(rows.map(({ epoch }) => Number(epoch)))];
const at = (run: MemoryRun, table: string, epoch: number) => rowsOf(run, table).filter((row) => Number(row.epoch) === epoch);
const total = (rows: readonly Row[], column: string) => rows.reduce((sum, row) => sum + BigInt(Number(row[column])), 0n);

/** Whole rao by weights: quotas rounded down, what is left to the largest remainders, ties to the lower index. */
function shareOut(potRao: bigint, weights: readonly number[]): bigint[] {
  const largest = Math.max(...weights);
  const quotas = weights.map((weight) => BigInt(Math.floor((weight / largest) * 2 ** 52)));
  const all = quotas.reduce((sum, quota) => sum + quota, 0n);
  const parts = quotas.map((quota) => (potRao * quota) / all);
  const left = Number(potRao - parts.reduce((sum, part) => sum + part, 0n));
  const byRemainder = quotas
    .map((quota, i) => ({ i, rest: (potRao * quota) % all }))
    .sort((a, b) => (a.rest === b.rest ? a.i - b.i : a.rest > b.rest ? -1 : 1));
  for (const { i } of byRemainder.slice(0, left)) parts[i] += 1n;
  return parts;
}

/** Shares of the base pool by the page: by rank of score, no pay for who holds too little, a tenth burned. */
function sharesOf(scores: readonly number[], stakeRao: readonly number[]): number[] {
  const ranked = scores.filter((score) => score > 0);
  const values = scores.map((score) => {
    if (score === 0) return 0;
    const above = ranked.filter((other) => other > score).length;
    const tied = ranked.filter((other) => other === score).length;
    let sum = 0;
    for (let place = above; place < above + tied; place++) sum += RATIO ** place;
    return sum / tied;
  });
  const all = values.reduce((sum, value) => sum + value, 0);
  const shares = values.map((value, i) => (all > 0 && stakeRao[i] >= LEAST_ALPHA * 1e9 ? value / all : 0));
  const given = shares.reduce((sum, share) => sum + share, 0);
  const rest = [BURNED, (1 - BURNED) * (1 - given), 0, 0, 0];
  return [...shares.map((share) => (1 - BURNED) * share), ...rest];
}

describe("stages on an index subnet", () => {
  const options = { stages: STAGES, audit: true };
  const staged = runIndex({ rewards, participants: PARTICIPANTS }, [prices(30)], options);
  const plain = runIndex({ rewards, participants: PARTICIPANTS }, [prices(30)], { audit: true });

  it("share the base pool by scores, to the rao of a model written from the page", () => {
    let gated = 0;
    const epochs = epochsOf(rowsOf(staged, "scores"));
    expect(epochs.length).toBeGreaterThan(20);
    for (const epoch of epochs) {
      const scores = at(staged, "scores", epoch);
      const miners = at(staged, "payouts", epoch).filter(({ kind }) => kind === "miner");
      const stake = scores.map(({ participant }) => {
        const position = rowsOf(staged, "participants").find((row) => row.participant === participant)?.position;
        return Number(at(staged, "holdings", epoch).find((row) => row.position === position)?.stake_rao ?? 0);
      });
      const residuals = at(staged, "residuals", epoch);
      const unallocated = at(staged, "payouts", epoch).filter(({ kind, tier }) => kind === "unallocated" && tier === "base");
      const poolRao = total(miners, "base_rao") + total(residuals, "amount_rao") + total(unallocated, "paid_rao");
      const shares = sharesOf(
        scores.map(({ score, rank }) => (Number(rank) > 0 ? Number(score) : 0)),
        stake,
      );
      const parts = shareOut(poolRao, shares);
      for (const [i, row] of miners.entries()) {
        // Sums in another order round otherwise, by less than what moves a rao or two.
        expect(Math.abs(Number(row.base_rao) - Number(parts[i]))).toBeLessThanOrEqual(2);
      }
      for (const [i, name] of REST.slice(0, 2).entries()) {
        const found = total(
          residuals.filter(({ goes_to }) => goes_to === name),
          "amount_rao",
        );
        expect(Math.abs(Number(found - parts[miners.length + i]))).toBeLessThanOrEqual(2);
      }
      gated += stake.filter((rao) => rao < LEAST_ALPHA * 1e9).length;
    }
    expect(gated).toBeGreaterThan(0);
  });

  it("leave tiers, validators and the pot as they are", () => {
    for (const column of ["tier_bonus_rao", "validator_rao"]) {
      const [first] = epochsOf(rowsOf(plain, "payouts"));
      expect(total(at(staged, "payouts", first), column)).toBe(total(at(plain, "payouts", first), column));
    }
    const pot = (run: MemoryRun) =>
      total(
        rowsOf(run, "payouts").filter(({ kind }) => kind !== "miner"),
        "paid_rao",
      ) +
      total(
        rowsOf(run, "payouts").filter(({ kind }) => kind === "miner"),
        "paid_rao",
      ) +
      total(rowsOf(run, "residuals"), "amount_rao");
    expect(pot(staged)).toBe(pot(plain));
  });

  it.each(["volume", "score"] as const)("in shadow mode are computed, and move nobody's pay, where the base pool goes by %s", (baseBy) => {
    const index = { rewards: { ...rewards, baseBy }, participants: PARTICIPANTS };
    const shadow = runIndex(index, [prices(30)], { ...options, vesting: { mode: "shadow" } });
    const without = runIndex(index, [prices(30)], { audit: true });
    for (const table of ["payouts", "rewards", "flows"]) expect(rowsOf(shadow, table)).toEqual(rowsOf(without, table));
    expect(rowsOf(shadow, "stage_weights").length).toBeGreaterThan(0);
    expect(rowsOf(shadow, "residuals")).toEqual([]);
    expect(shadow.summary.metrics?.potMoved).toBeGreaterThan(0.1);
  });

  it("of one that changes nothing pay what there is without", () => {
    const list: StageListConfiguration = {
      stages: [{ stage: "curve", parameters: { ties: "average" }, variant: "linear", of: {} }],
      residual: null,
      recordsEveryEpoch: false,
    };
    const same = runIndex({ rewards, participants: PARTICIPANTS }, [prices(30)], { stages: list, audit: true });
    const paid = (run: MemoryRun) => rowsOf(run, "payouts").map((row) => Number(row.paid_rao));
    for (const [i, rao] of paid(same).entries()) expect(Math.abs(rao - paid(plain)[i])).toBeLessThanOrEqual(2);
    expect(same.summary.metrics?.potMoved).toBeLessThan(1e-9);
  });
});
