import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ShareFormat } from "../../../recorders/chain/runtime/runtime.js";
import { partOf, shareOf } from "../../../recorders/chain/storage/stake-shares.js";

const U64 = (1n << 64n) - 1n;
const U128 = (1n << 128n) - 1n;

/** A share as a chain writes it, with its value as a fraction of whole numbers. */
interface Written {
  readonly format: ShareFormat;
  readonly hex: string;
  readonly numerator: bigint;
  readonly denominator: bigint;
}

function littleEndian(value: bigint, bytes: number): string {
  const hex = BigInt.asUintN(8 * bytes, value)
    .toString(16)
    .padStart(2 * bytes, "0");
  return Buffer.from(hex, "hex").reverse().toString("hex");
}

function written(format: ShareFormat, value: bigint, exponent = 0n): Written {
  switch (format) {
    case "integer":
      return { format, hex: `0x${littleEndian(value, 8)}`, numerator: value, denominator: 1n };
    case "fixed_64":
      return { format, hex: `0x${littleEndian(value, 16)}`, numerator: value, denominator: 2n ** 64n };
    case "decimal": {
      const hex = `0x${littleEndian(value, 16)}${littleEndian(exponent, 8)}`;
      if (exponent >= 0n) return { format, hex, numerator: value * 10n ** exponent, denominator: 1n };
      return { format, hex, numerator: value, denominator: 10n ** -exponent };
    }
  }
}

const share = fc.oneof(
  fc.bigInt({ min: 1n, max: U64 }).map((value) => written("integer", value)),
  fc.bigInt({ min: 1n, max: U128 }).map((value) => written("fixed_64", value)),
  fc
    .tuple(fc.bigInt({ min: 1n, max: U128 }), fc.bigInt({ min: -60n, max: 60n }))
    .map(([value, exponent]) => written("decimal", value, exponent)),
);
const alpha = fc.oneof(fc.bigInt({ min: 0n, max: U64 }), fc.bigInt({ min: 0n, max: 1_000n }));

describe("a coldkey's part of a hotkey's alpha", () => {
  test("is total * share / sum, rounded down, whatever the formats", () => {
    const property = fc.property(alpha, share, share, (totalRao, one, sum) => {
      const part = partOf(totalRao, shareOf(one.format, one.hex), shareOf(sum.format, sum.hex));
      // part <= total * share / sum < part + 1, cleared of fractions.
      const exact = totalRao * one.numerator * sum.denominator;
      const unit = one.denominator * sum.numerator;
      expect(part * unit <= exact && exact < (part + 1n) * unit).toBe(true);
    });
    fc.assert(property, { numRuns: 2_000 });
  });

  test("adds up to no more than the whole, and to all of it for who has all shares", () => {
    const shares = fc.array(fc.bigInt({ min: 1n, max: 1n << 100n }), { minLength: 1, maxLength: 20 });
    const property = fc.property(alpha, shares, fc.constantFrom<ShareFormat>("fixed_64", "decimal"), (totalRao, values, format) => {
      const of = (value: bigint) => {
        const { hex } = written(format, value, -21n);
        return shareOf(format, hex);
      };
      const sum = of(values.reduce((all, value) => all + value, 0n));
      const parts = values.map((value) => partOf(totalRao, of(value), sum));
      const given = parts.reduce((all, part) => all + part, 0n);
      expect(given <= totalRao && totalRao - given < BigInt(values.length)).toBe(true);
      expect(partOf(totalRao, sum, sum)).toBe(totalRao);
    });
    fc.assert(property, { numRuns: 500 });
  });

  test("is nothing without a share, a sum, or alpha", () => {
    const one = shareOf("integer", "0x0100000000000000");
    expect([partOf(5n, undefined, one), partOf(5n, one, undefined), partOf(0n, one, one), partOf(5n, one, one)]).toEqual([0n, 0n, 0n, 5n]);
  });
});

describe("a share", () => {
  test.each<[ShareFormat, string]>([
    ["integer", `0x${"00".repeat(8)}`],
    ["fixed_64", `0x${"00".repeat(16)}`],
    ["decimal", `0x${"00".repeat(24)}`],
    ["decimal", `0x${"00".repeat(16)}f6ffffffffffffff`],
  ])("%s that is 0 (%s) counts as not there", (format, hex) => {
    expect(shareOf(format, hex)).toBeUndefined();
    expect(shareOf(format, null)).toBeUndefined();
  });

  test("of half a unit is the same in both fractional formats", () => {
    const half = `0x${littleEndian(1n << 63n, 16)}`;
    const decimal = `0x${littleEndian(5n, 16)}${littleEndian(-1n, 8)}`;
    expect(partOf(10n, shareOf("fixed_64", half), shareOf("decimal", decimal))).toBe(10n);
  });

  test("with an exponent that no chain writes is refused, and does not run on", () => {
    for (const exponent of [10_000n, -10_000n, 2n ** 62n, -(2n ** 62n)]) {
      expect(() => shareOf("decimal", written("decimal", 1n, 0n).hex.slice(0, 34) + littleEndian(exponent, 8))).toThrow(RangeError);
    }
  });
});
