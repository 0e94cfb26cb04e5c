import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nearestDouble } from "../../../recorders/chain/storage/nearest-double.js";

const bits = new DataView(new ArrayBuffer(8));

/** A double above 0 as an exact fraction, its neighbours, and whether its last bit is 0. */
function exactly(value: number): { readonly numerator: bigint; readonly denominator: bigint } {
  bits.setFloat64(0, value);
  const raw = bits.getBigUint64(0);
  const exponent = Number(raw >> 52n) - 1075;
  const mantissa = (raw & ((1n << 52n) - 1n)) | (1n << 52n);
  return exponent >= 0
    ? { numerator: mantissa << BigInt(exponent), denominator: 1n }
    : { numerator: mantissa, denominator: 1n << BigInt(-exponent) };
}

function neighbour(value: number, step: 1n | -1n): number {
  bits.setFloat64(0, value);
  bits.setBigUint64(0, bits.getBigUint64(0) + step);
  return bits.getFloat64(0);
}

function isEven(value: number): boolean {
  bits.setFloat64(0, value);
  return (bits.getBigUint64(0) & 1n) === 0n;
}

/** How far a double is from numerator / denominator, times all denominators involved. */
function distance(value: number, numerator: bigint, denominator: bigint, unit: bigint): bigint {
  const exact = exactly(value);
  const difference = (exact.numerator * denominator - numerator * exact.denominator) * (unit / exact.denominator);
  return difference < 0n ? -difference : difference;
}

function requireNearest(numerator: bigint, denominator: bigint): void {
  const found = nearestDouble(numerator, denominator);
  const unit = 1n << 1100n;
  const own = distance(found, numerator, denominator, unit);
  for (const step of [1n, -1n] as const) {
    const other = distance(neighbour(found, step), numerator, denominator, unit);
    expect(own <= other).toBe(true);
    if (own === other) expect(isEven(found)).toBe(true);
  }
}

const amount = fc.oneof(
  fc.bigInt({ min: 1n, max: 1n << 70n }),
  fc.bigInt({ min: 1n, max: 1n << 256n }),
  fc.nat(255).map((shift) => 1n << BigInt(shift)),
  fc.nat(255).map((shift) => (1n << BigInt(shift + 1)) - 1n),
);

describe("the double nearest to a quotient", () => {
  test("has no neighbour that is nearer", () => {
    fc.assert(fc.property(amount, amount, requireNearest), { numRuns: 2_000 });
  });

  test("is the even one of two that are equally near, and the nearer one as soon as one is", () => {
    const halfway = fc.tuple(fc.bigInt({ min: 1n << 52n, max: (1n << 53n) - 1n }), fc.nat(200), fc.nat(200));
    const property = fc.property(halfway, fc.constantFrom(-1n, 0n, 1n), ([mantissa, up, down], nudge) => {
      // (mantissa + 1/2) * 2^(up - down), and a little beside it.
      const [numerator, denominator] = [((2n * mantissa + 1n) << BigInt(up + 80)) + nudge, 1n << BigInt(down + 81)];
      requireNearest(numerator, denominator);
      const [low, high] = [Number(mantissa) * 2 ** (up - down), Number(mantissa + 1n) * 2 ** (up - down)];
      const even = mantissa % 2n === 0n ? low : high;
      expect(nearestDouble(numerator, denominator)).toBe(nudge === 0n ? even : nudge < 0n ? low : high);
    });
    fc.assert(property, { numRuns: 1_000 });
  });

  test("is the double itself where there is one", () => {
    const double = fc.double({ min: 1e-280, max: 1e280, noNaN: true });
    const property = fc.property(double, fc.bigInt({ min: 1n, max: 1n << 64n }), (value, factor) => {
      const { numerator, denominator } = exactly(value);
      expect(nearestDouble(numerator * factor, denominator * factor)).toBe(value);
    });
    fc.assert(property, { numRuns: 1_000 });
  });

  test.each([
    [1n, 3n, 1 / 3],
    [2n, 3n, 2 / 3],
    [1n, 10n, 0.1],
    [21_000n, 1_000_003n, 21_000 / 1_000_003],
    [(1n << 53n) + 1n, 1n, 2 ** 53],
    [(1n << 53n) + 3n, 1n, 2 ** 53 + 4],
    [1n, 1n, 1],
  ])("%i / %i is %d", (numerator, denominator, double) => {
    expect(nearestDouble(numerator, denominator)).toBe(double);
  });
});
