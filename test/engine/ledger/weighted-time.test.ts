import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { WEIGHTED_TIME, weightedHigh, weightedLow } from "../../../engine/ledger/weighted-time.js";

const { HIGH_UNIT } = WEIGHTED_TIME;
const amount = fc.oneof(
  fc.tuple(fc.nat(52), fc.nat(0xff_ffff)).map(([magnitude, mantissa]) => Math.floor(2 ** magnitude * (1 + mantissa / 0x100_0000))),
  fc.nat(1_000).map((less) => Number.MAX_SAFE_INTEGER - less),
);
const signed = fc.tuple(amount, fc.boolean()).map(([size, negative]) => (negative ? -size : size));
const time = fc.oneof(
  fc.nat(2 ** 31 - 1),
  fc.tuple(fc.nat(2 ** 21 - 1), fc.nat(2 ** 21 - 1)).map(([high, low]) => high * 2 ** 21 + low),
  fc.constant(2 ** 42 - 1),
);
const exact = (high: number, low: number): bigint => BigInt(high) * BigInt(HIGH_UNIT) + BigInt(low);

describe("weighted time", () => {
  it("is amount * time exactly, of either sign", () => {
    fc.assert(
      fc.property(signed, time, (a, t) => {
        expect(exact(weightedHigh(a, t), weightedLow(a, t))).toBe(BigInt(a) * BigInt(t));
      }),
      { numRuns: 5_000 },
    );
  });

  it("sums up exactly, and takes away what was added", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(signed, time), { maxLength: 100 }), (terms) => {
        let high = 0;
        let low = 0;
        let sum = 0n;
        for (const [a, t] of [...terms, ...terms.map(([a, t]) => [-a, t] as const)]) {
          high += weightedHigh(a, t);
          low += weightedLow(a, t);
          const carry = Math.floor(low / HIGH_UNIT);
          high += carry;
          low -= carry * HIGH_UNIT;
          sum += BigInt(a) * BigInt(t);
          expect(exact(high, low)).toBe(sum);
        }
        expect([high, low].map((limb) => limb + 0)).toEqual([0, 0]);
      }),
    );
  });
});
