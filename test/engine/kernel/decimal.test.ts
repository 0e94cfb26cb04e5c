import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareWithDecimal, Fraction, isWholeParts, partFloor, unitsOf } from "../../../engine/kernel/decimal.js";

/** Numerator and denominator of a double's shortest decimal, read digit by digit. */
function model(value: number): [bigint, bigint] {
  const [mantissa, exponent = "0"] = String(value).split("e");
  const [whole, fraction = ""] = mantissa.split(".");
  let numerator = BigInt(whole + fraction);
  let denominator = 1n;
  for (let places = fraction.length - Number(exponent); places > 0; places--) denominator *= 10n;
  for (let places = fraction.length - Number(exponent); places < 0; places++) numerator *= 10n;
  return [numerator, denominator];
}

const anyDouble = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.integer({ max: 1e6 }).map((n) => n / 1e4),
);
/** What a person writes: a few digits. */
const written = fc
  .tuple(fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: 0, max: 8 }))
  .map(([n, places]) => Number(`${n}e-${places}`));
const rao = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });

describe("Fraction", () => {
  it("is the decimal that names a double, and gives the double back", () => {
    fc.assert(
      fc.property(anyDouble, (value) => {
        const { numerator, denominator } = Fraction.decimal(value);
        const [n, d] = model(value);
        expect(numerator * d).toBe(n * denominator);
        expect(denominator > 0n).toBe(true);
      }),
    );
    expect(() => Fraction.decimal(Number.NaN)).toThrow("NaN is no decimal");
    expect(() => Fraction.decimal(Number.NEGATIVE_INFINITY)).toThrow("no decimal");
  });

  it("adds, subtracts, multiplies, divides and compares as fractions do", () => {
    fc.assert(
      fc.property(anyDouble, anyDouble, (a, b) => {
        const [an, ad] = model(a);
        const [bn, bd] = model(b);
        const [one, other] = [Fraction.decimal(a), Fraction.decimal(b)];
        const same = ({ numerator, denominator }: Fraction, n: bigint, d: bigint) => expect(numerator * d).toBe(n * denominator);
        same(one.plus(other), an * bd + bn * ad, ad * bd);
        same(one.minus(other), an * bd - bn * ad, ad * bd);
        same(one.times(other), an * bn, ad * bd);
        if (b !== 0) same(one.over(other), an * bd, ad * bn);
        expect(Math.sign(one.compare(other))).toBe(Number(an * bd > bn * ad) - Number(an * bd < bn * ad));
      }),
    );
    expect(() => Fraction.whole(1).over(Fraction.whole(0))).toThrow("divided by 0");
  });

  it("rounds down and up, below 0 too", () => {
    const of = (value: number) => [Fraction.decimal(value).floor(), Fraction.decimal(value).ceil(), Fraction.decimal(value).isWhole()];
    expect(of(2.5)).toEqual([2n, 3n, false]);
    expect(of(-2.5)).toEqual([-3n, -2n, false]);
    expect(of(-3)).toEqual([-3n, -3n, true]);
    expect(of(0)).toEqual([0n, 0n, true]);
  });
});

describe("compareWithDecimal", () => {
  it("asks for the exact figure only near the limit", () => {
    const never = () => {
      throw new Error("asked");
    };
    expect(compareWithDecimal(0.2, 1e-9, 0.1, never)).toBe(1);
    expect(compareWithDecimal(0.05, 1e-9, 0.1, never)).toBe(-1);
    // 0.1 + 0.2 is 0.30000000000000004 in doubles.
    const exact = () => Fraction.decimal(0.1).plus(Fraction.decimal(0.2));
    expect(compareWithDecimal(0.1 + 0.2, 1e-9, 0.3, exact)).toBe(0);
  });
});

describe("parts of whole amounts", () => {
  it("rounds the product with the decimal down, not the product with its double", () => {
    expect(partFloor(100, 0.29)).toBe(29);
    expect(Math.floor(100 * 0.29)).toBe(28);
    fc.assert(
      fc.property(
        rao,
        fc.oneof(
          written.map((value) => value % 1),
          fc.integer({ min: 0, max: 1_024 }).map((parts) => parts / 1_024),
        ),
        (amount, share) => {
          const [n, d] = model(share);
          expect(BigInt(partFloor(amount, share))).toBe((BigInt(amount) * n) / d);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("counts the whole units of a written number", () => {
    expect(unitsOf(0.7, 86_400_000)).toBe(60_480_000);
    expect(0.7 * 86_400_000).not.toBe(60_480_000);
    expect(unitsOf(1 / 3, 86_400_000)).toBe((1 / 3) * 86_400_000);
  });

  it("knows whole parts from what only rounds to them", () => {
    expect([0.001, 0.29, 1, 0, 1e-6].map((share) => isWholeParts(share, 1_000_000))).toEqual([true, true, true, true, true]);
    expect([1e-7, 0.0000010000001, Number.NaN, Number.POSITIVE_INFINITY].some((share) => isWholeParts(share, 1_000_000))).toBe(false);
  });
});
