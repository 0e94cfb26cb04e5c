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
      expect(parts.all.at(-1)).toMatchObject({ term: "rounding", amount_rao: 0n });
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
