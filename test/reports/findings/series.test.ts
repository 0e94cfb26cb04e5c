import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { followEpochs } from "../../../reports/findings/evidence/epoch-rows.js";
import { PayGaps } from "../../../reports/findings/evidence/pay-gaps.js";
import { StakeSeries } from "../../../reports/findings/evidence/stake-series.js";
import { WeightSeries } from "../../../reports/findings/evidence/weight-series.js";
import { medianOf, spellsOf } from "../../../reports/findings/spells.js";
import type { PositionRow } from "../../../reports/reading/positions.js";
import { TablePasses } from "../../../reports/reading/table-passes.js";
import { tableSource } from "../table-source.js";

const NETUID = 7;
const positionsOf = (count: number) =>
  new Map(Array.from({ length: count }, (_, position) => [position, { position, netuid: NETUID } as unknown as PositionRow]));

/** Reads one table of one subnet with what follows it. */
async function follow<Series extends { begin(epoch: number): void; rows: WeightSeries["rows"]; end(): void }>(
  table: "weights" | "rewards" | "holdings",
  rows: readonly Record<string, number | string>[],
  count: number,
  series: Series,
): Promise<Series> {
  const passes = new TablePasses(tableSource({ [table]: rows }));
  passes.follow(
    table,
    followEpochs(positionsOf(count), {
      begin: (_, epoch) => series.begin(epoch),
      rows: (batch, range) => series.rows(batch, range),
      end: () => series.end(),
    }),
  );
  await passes.read();
  return series;
}

/** Ranks from 1, equal ones with the mean of theirs, by counting. */
const rankOf = (values: readonly number[], one: number) =>
  values.filter((value) => value < one).length + (values.filter((value) => value === one).length + 1) / 2;
/** Pearson's correlation; NaN where it is not defined. */
function pearson(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const dot = (x: readonly number[], y: readonly number[], mx: number, my: number) =>
    x.reduce((sum, value, i) => sum + (value - mx) * (y[i] - my), 0);
  return dot(a, b, meanA, meanB) / Math.sqrt(dot(a, a, meanA, meanA) * dot(b, b, meanB, meanB));
}
const spearman = (a: readonly number[], b: readonly number[]) =>
  pearson(
    a.map((value) => rankOf(a, value)),
    b.map((value) => rankOf(b, value)),
  );

const weight = fc.integer({ min: 0, max: 40 });
const factor = fc.constantFrom(0.25, 0.5, 1, 1.5);
const worlds = fc
  .integer({ min: 2, max: 12 })
  .chain((miners) =>
    fc.array(fc.array(fc.tuple(weight, factor), { minLength: miners, maxLength: miners }), { minLength: 1, maxLength: 6 }),
  );

describe("what weights of an epoch look like", () => {
  it("agrees with a model that counts one thing after the other, as the page has it", async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (epochs) => {
        const shares = epochs.map((miners) => {
          const after = miners.map(([base, by]) => base * by);
          const sum = after.reduce((all, one) => all + one, 0);
          return after.map((one) => (sum > 0 ? one / sum : 0));
        });
        const rows = epochs.flatMap((miners, e) =>
          miners.map(([base, by], position) => ({
            epoch: e + 1,
            position,
            base_weight: base,
            shadow_multiplier: by,
            final_weight: shares[e][position],
          })),
        );
        const { epochs: found } = await follow("weights", rows, epochs[0].length, new WeightSeries());
        const past = new Map<number, number>();
        let at = 0;
        let manyInARow = 0;
        for (const [e, miners] of epochs.entries()) {
          const base = miners.map(([one]) => one);
          const sum = base.reduce((all, one) => all + one, 0);
          if (sum === 0) continue;
          const own = found[at++];
          const there = miners.filter(([one]) => one > 0);
          const bases = there.map(([one]) => one);
          expect(own.epoch).toBe(e + 1);
          expect(own.miners).toBe(there.length);
          expect(own.baseRange).toBeCloseTo((Math.max(...bases) - Math.min(...bases)) / Math.max(...bases), 12);
          expect([own.lowestMultiplier, own.highestMultiplier]).toEqual([
            Math.min(...there.map(([, by]) => by)),
            Math.max(...there.map(([, by]) => by)),
          ]);
          const taken = there.map(([one, by]) => (one / sum) * Math.max(0, 1 - by)).reduce((all, one) => all + one, 0);
          const moved = base.map((one, i) => Math.abs(shares[e][i] - one / sum)).reduce((all, one) => all + one, 0) / 2;
          expect(own.taken).toBeCloseTo(taken, 12);
          expect(own.moved).toBeCloseTo(moved, 12);
          const falls = base.length >= 8 && pearson(base, shares[e]) < -1e-9;
          if (falls) expect(own.rankOfFinal).toBeCloseTo(spearman(base, shares[e]), 9);
          else if (!(pearson(base, shares[e]) < 0)) expect(own.rankOfFinal).toBeNaN();
          const common = [...base.keys()].filter((i) => base[i] > 0 && (past.get(i) ?? 0) > 0);
          const ratios = common.map((i) => base[i] / sum / (past.get(i) ?? 0));
          // The most that are within half of each other: the middle one of them.
          const within = ratios.map((one) => ratios.filter((other) => other >= one && other <= 1.5 * one).sort((a, b) => a - b));
          const widest = Math.max(0, ...within.map(({ length }) => length));
          const [alike = []] = within.filter(({ length }) => length === widest).sort(([a], [b]) => a - b);
          const middle = alike[alike.length >> 1];
          const jumped = ratios.filter((ratio) => ratio > 1.5 * middle || ratio * 1.5 < middle).length / common.length;
          const isAlmost = (ratio: number) => Math.abs(ratio - 1.5) < 1e-9;
          const atBorder = ratios.some((one) => ratios.some((other) => isAlmost(one / other)));
          // One bit decides who jumps, and with it all means that follow.
          if (atBorder) return;
          if (common.length < 8) expect(own.baseJumped).toBeNaN();
          else expect(own.baseJumped).toBeCloseTo(jumped, 12);
          manyInARow = common.length >= 8 && jumped >= 0.5 ? manyInARow + 1 : 0;
          if (manyInARow > 0) continue;
          for (const [i, one] of base.entries()) {
            const old = past.get(i) ?? 0;
            const share = Math.min(1.5 * old, Math.max(old / 1.5, one / sum));
            past.set(i, old > 0 ? old + (share - old) / 16 : one / sum);
          }
        }
        expect(found.length).toBe(at);
      }),
      { numRuns: 60 },
    );
  });
});

describe("weights that are distorted for some epochs", () => {
  const MINERS = 20;
  /** Miner by miner, with a tenth of jitter; those below `hit` have a tenth, 6 or 40 times as much in faulty epochs. */
  const series = (hit: number, isFaulty: (epoch: number) => boolean, epochs = 60) => {
    const rows = Array.from({ length: epochs }, (_, e) =>
      Array.from({ length: MINERS }, (__, position) => {
        const base =
          (position + 1) *
          (1 + 0.1 * Math.sin(7 * position + 3 * e)) *
          (isFaulty(e + 1) && position < hit ? [0.1, 6, 40][position % 3] : 1);
        return { epoch: e + 1, position, base_weight: base, shadow_multiplier: 1, final_weight: base };
      }),
    ).flat();
    return follow("weights", rows, MINERS, new WeightSeries());
  };
  const jumpsIn = async (...of: Parameters<typeof series>) =>
    (await series(...of)).epochs.filter(({ baseJumped }) => baseJumped > 0).map(({ epoch, baseJumped }) => [epoch, baseJumped]);
  const some = (from: number, to: number) => (epoch: number) => epoch >= from && epoch <= to;
  const all = (from: number, to: number, part: number) => Array.from({ length: to - from + 1 }, (_, at) => [from + at, part]);

  it("are exactly those that are hit, in exactly these epochs: what comes back is no fault", async () => {
    expect(await jumpsIn(5, some(30, 31))).toEqual(all(30, 31, 0.25));
    expect(await jumpsIn(12, some(30, 41))).toEqual(all(30, 41, 0.6));
    expect(await jumpsIn(0, some(30, 41))).toEqual([]);
  });

  it("count as the usual by and by where they last: sixteen epochs in a row", async () => {
    const mixed = (to: number) =>
      follow(
        "weights",
        Array.from({ length: 80 }, (_, e) =>
          Array.from({ length: MINERS }, (__, position) => {
            const times = some(30, to)(e + 1) ? [1, 0.2, 3, 6][position % 4] : 1;
            return { epoch: e + 1, position, base_weight: times, shadow_multiplier: 1, final_weight: times };
          }),
        ).flat(),
        MINERS,
        new WeightSeries(),
      );
    const epochsOf = async (to: number) => (await mixed(to)).epochs.filter(({ baseJumped }) => baseJumped >= 0.5).map(({ epoch }) => epoch);
    expect(await epochsOf(41)).toEqual(all(30, 41, 0).map(([epoch]) => epoch));
    expect(await epochsOf(80)).toEqual(all(30, 45, 0).map(([epoch]) => epoch));
  });
});

describe("gaps in pay", () => {
  it("are epochs without pay between two with pay, among those that paid anybody", async () => {
    const matrix = fc
      .integer({ min: 1, max: 5 })
      .chain((miners) =>
        fc.array(fc.array(fc.constantFrom(0, 0, 3), { minLength: miners, maxLength: miners }), { minLength: 1, maxLength: 9 }),
      );
    await fc.assert(
      fc.asyncProperty(matrix, async (epochs) => {
        const rows = epochs.flatMap((paid, e) =>
          paid.map((paid_rao, position) => ({ epoch: e + 1, position, role: "miner", paid_rao, recorded_rao: 3 })),
        );
        const gaps = await follow("rewards", rows, epochs[0].length, new PayGaps());
        const paying = [...epochs.keys()].filter((e) => epochs[e].some((paid) => paid > 0));
        const isIn = (miner: number, e: number) =>
          epochs[e][miner] === 0 &&
          paying.some((other) => other < e && epochs[other][miner] > 0) &&
          paying.some((other) => other > e && epochs[other][miner] > 0);
        const miners = [...epochs[0].keys()];
        expect(gaps.byEpoch).toEqual(paying.map((e) => ({ epoch: e + 1, miners: miners.filter((miner) => isIn(miner, e)).length })));
        expect(gaps.miners).toBe(miners.filter((miner) => paying.some((e) => isIn(miner, e))).length);
        const lastPaid = (miner: number) => Math.max(-1, ...paying.filter((e) => epochs[e][miner] > 0));
        const stopped = miners.filter((miner) => lastPaid(miner) >= 0 && lastPaid(miner) !== paying.at(-1));
        const firstWithout = stopped.map((miner) => paying[paying.indexOf(lastPaid(miner)) + 1] + 1);
        expect(gaps.toTheEnd).toEqual(
          [...new Set(firstWithout)]
            .sort((a, b) => a - b)
            .map((epoch) => ({ epoch, miners: firstWithout.filter((one) => one === epoch).length })),
        );
        expect(gaps.ofRule).toBe(gaps.miners + stopped.length === 0 ? 0 : 1);
      }),
      { numRuns: 60 },
    );
  });

  it("last to the end of who is there, and not of who left", async () => {
    const row = (epoch: number, position: number, paid_rao: number) => ({ epoch, position, role: "miner", paid_rao, recorded_rao: 0 });
    const rows = [1, 2, 3, 4].flatMap((epoch) => [
      row(epoch, 0, 5),
      row(epoch, 1, epoch < 3 ? 5 : 0),
      ...(epoch < 3 ? [row(epoch, 2, 5)] : []),
    ]);
    expect((await follow("rewards", rows, 3, new PayGaps())).toTheEnd).toEqual([{ epoch: 3, miners: 1 }]);
  });

  it("look at miners alone, and know what was recorded", async () => {
    const row = (epoch: number, paid_rao: number, role = "miner") => ({ epoch, position: 0, role, paid_rao, recorded_rao: 0 });
    const other = (epoch: number) => ({ epoch, position: 1, role: "miner", paid_rao: 5, recorded_rao: 5 });
    const gaps = await follow("rewards", [row(1, 5), other(1), row(2, 9, "validator"), other(2), row(3, 5), other(3)], 2, new PayGaps());
    expect(gaps.byEpoch.map(({ miners }) => miners)).toEqual([0, 1, 0]);
    expect(gaps.ofRule).toBe(0);
    expect(gaps.paidRao(2)).toBe(5);
    expect(gaps.paidRao(4)).toBeUndefined();
  });
});

describe("stake of the miners", () => {
  it("counts who had some and has none, who is below the minimum, and the most that anybody held", async () => {
    const row = (epoch: number, position: number, stake_rao: number, held_days: number) => ({
      epoch,
      position,
      stake_rao,
      held_share: stake_rao > 0 ? 0.5 : 0,
      held_days,
    });
    const rows = [row(1, 0, 10, 1), row(1, 1, 0, 0), row(1, 2, 99, 50), row(2, 0, 0, 0), row(2, 1, 4, 3), row(2, 2, 0, 0)];
    const stakes = await follow("holdings", rows, 3, new StakeSeries((position) => position < 2, 5));
    expect(stakes.epochs).toEqual([
      { epoch: 1, miners: 1, empty: 0, below: 0 },
      { epoch: 2, miners: 2, empty: 1, below: 2 },
    ]);
    expect([stakes.belowPart(0), stakes.belowPart(1), stakes.belowPart(2)]).toEqual([0.5, 1, 0]);
    expect([stakes.mostHeldDays, stakes.mostHeldShare]).toEqual([3, 0.5]);
  });
});

describe("spells and medians", () => {
  it("puts neighbours among the epochs that were looked at together", () => {
    const looked = [2, 4, 6, 8, 10].map((epoch) => ({ epoch }));
    expect(spellsOf(looked, ({ epoch }) => epoch !== 6)).toEqual([
      { from: 2, to: 4 },
      { from: 8, to: 10 },
    ]);
    expect(spellsOf(looked, () => false)).toEqual([]);
  });

  it("takes the middle, and leaves out what is not defined", () => {
    expect(medianOf([3, Number.NaN, 1, 2])).toBe(2);
    expect(medianOf([4, 1])).toBe(2.5);
    expect(medianOf([])).toBe(0);
  });
});
