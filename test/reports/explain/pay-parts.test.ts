import fc from "fast-check";
import { expect, it } from "vitest";
import { PayParts } from "../../../reports/explain/whole-run/pay-parts.js";
import { RunColumns } from "../../../reports/explain/whole-run/run-columns.js";
import type { EpochRow } from "../../../reports/reading/epochs.js";
import type { RunRules } from "../../../reports/rules.js";

const EPOCH: EpochRow = { netuid: 1, epoch: 1, start_ms: 0, end_ms: 1, recorded_rao: 0, paid_rao: 0, unallocated_rao: 0, outside_rao: 0 };

/** Of one epoch, of which the miner had `own` of a base weight of 1 in all. */
function columnsOf(own: number, factor: number, othersFactor: number, potRao: number): RunColumns {
  const columns = new RunColumns([EPOCH]);
  const weights = own * factor + (1 - own) * othersFactor;
  columns.weighed[1] = 1;
  columns.base[1] = own;
  columns.baseSum[1] = 1;
  columns.factor[1] = factor;
  columns.final[1] = weights > 0 ? (own * factor) / weights : 0;
  columns.potRao[1] = potRao;
  columns.paidRao[1] = Math.floor(potRao * columns.final[1]);
  return columns;
}

const RULES = {
  stages: null,
  beforeRule: "recorded",
  emission: { mode: "redistribute", outside: null },
  vesting: { mode: "on" },
} as unknown as RunRules;
const SHARE = fc.double({ min: 0, max: 1, noNaN: true });
const FACTOR = fc.double({ min: 0, max: 3, noNaN: true });

it("sum to what was paid, whatever the shares are, and rounding is less than a rao", () => {
  fc.assert(
    fc.property(SHARE, FACTOR, FACTOR, fc.maxSafeNat(), (own, factor, others, potRao) => {
      const columns = columnsOf(own, factor, others, potRao);
      const parts = new PayParts(RULES);
      parts.take(columns, 1);
      expect(parts.all.reduce((sum, { amount_rao }) => sum + amount_rao, 0n)).toBe(BigInt(columns.paidRao[1]));
      expect(["-1", "0"]).toContain(String(parts.all.at(-1)?.amount_rao));
      expect(parts.all.at(-1)?.term).toBe("rounding");
    }),
  );
});

it("give to the others what their factors take: nothing where they have none, all of the bonus where all have the same", () => {
  const of = (own: number, factor: number, others: number) => {
    const parts = new PayParts(RULES);
    parts.take(columnsOf(own, factor, others, 1_000_000), 1);
    return Object.fromEntries(parts.all.map(({ term, amount_rao }) => [term, Number(amount_rao)]));
  };
  expect(of(0.5, 3, 1)).toEqual({ base_weight: 500_000, multiplier: 250_000, "others.multiplier": 0, rounding: 0 });
  expect(of(0.5, 3, 3)).toEqual({ base_weight: 500_000, multiplier: 250_000, "others.multiplier": -250_000, rounding: 0 });
  expect(of(0.25, 0, 1)).toEqual({ base_weight: 250_000, multiplier: -250_000, "others.multiplier": 0, rounding: 0 });
});

it("are the base weight alone where pay is replayed", () => {
  const parts = new PayParts({ ...RULES, emission: { ...RULES.emission, mode: "replay" } } as RunRules);
  parts.take(columnsOf(0.5, 3, 1, 1_000), 1);
  expect(parts.all).toMatchObject([{ term: "base_weight", amount_rao: 750n }]);
});

/** A double as a fraction of whole numbers: by halving what is left, one bit after the other. */
function fractionOf(share: number): { readonly over: bigint; readonly under: bigint } {
  let [rest, over, under] = [share, 0n, 1n];
  while (rest !== 0) {
    over = over * 2n + BigInt(Math.floor(rest));
    under *= 2n;
    rest = (rest - Math.floor(rest)) * 2;
  }
  return { over: over * 2n, under };
}

it("of many epochs are each within a rao of what exact fractions sum to", () => {
  const some = fc.array(fc.tuple(fc.double({ min: 2 ** -20, max: 1, noNaN: true }), fc.integer({ min: 0, max: 4_000_000_000_000 })), {
    minLength: 1,
    maxLength: 60,
  });
  fc.assert(
    fc.property(some, (epochs) => {
      const parts = new PayParts(RULES);
      const common = 2n ** 80n;
      let [base, rounding] = [0n, 0n];
      for (const [own, potRao] of epochs) {
        const columns = columnsOf(own, 1, 1, potRao);
        columns.final[1] = own;
        columns.paidRao[1] = Math.round(potRao * own);
        const { over, under } = fractionOf(own);
        const exact = (BigInt(potRao) * over * common) / under;
        base += exact;
        rounding += BigInt(columns.paidRao[1]) * common - exact;
        parts.take(columns, 1);
      }
      const amounts = new Map(parts.all.map(({ term, amount_rao }) => [term, amount_rao * common]));
      for (const [term, exact] of [
        ["base_weight", base],
        ["rounding", rounding],
      ] as const) {
        const off = (amounts.get(term) ?? 0n) - exact;
        expect(off > -common && off < common, term).toBe(true);
      }
    }),
  );
});

it("say that they cannot be told apart where weights were not recorded", () => {
  const columns = columnsOf(0.5, 3, 1, 1_000);
  columns.weighed[1] = 0;
  const parts = new PayParts(RULES, false);
  parts.take(columns, 1);
  expect(parts.all).toMatchObject([{ term: "not_recorded", path: null, amount_rao: 750n }]);
});

it("of a stage that keeps stand in its place in the list, and what follows adds to what it left", () => {
  const burn = { stage: "burn", parameters: { share: 0.25 } };
  const curve = { stage: "curve", variant: "power", parameters: {}, of: { exponent: 2 } };
  const of = (...stages: readonly object[]) => {
    const columns = columnsOf(0.5, 1, 1, 1_000);
    const at = stages.indexOf(curve) + 1;
    columns.stages.set(at, { before: Float64Array.of(0, 0.5), after: Float64Array.of(0, 0.8), factor: Float64Array.of(1, 1) });
    columns.paidRao[1] = 600;
    const parts = new PayParts({ ...RULES, stages: { stages, residual: null, recordsEveryEpoch: true } } as unknown as RunRules);
    parts.take(columns, 1);
    return parts.all.map(({ term, amount_rao }) => [term.split(".", 2).join("."), Number(amount_rao)]);
  };
  // A quarter of 0.5, then (0.8 - 0.5) of the three quarters; and the other way round a quarter of 0.8.
  expect(of(burn, curve)).toEqual([
    ["base_weight", 500],
    ["stage.1", -125],
    ["stage.2", 225],
    ["rounding", 0],
  ]);
  expect(of(curve, burn)).toEqual([
    ["base_weight", 500],
    ["stage.1", 300],
    ["stage.2", -200],
    ["rounding", 0],
  ]);
});
