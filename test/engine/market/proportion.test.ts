import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { partsOf, proportionCeil, proportionFloor } from "../../../engine/market/proportion.js";

const whole = fc.oneof(
  fc.integer({ min: 0, max: 1_000 }),
  fc.integer({ min: 0, max: 60 }).map((bits) => Math.min(Number.MAX_SAFE_INTEGER, 2 ** bits)),
  fc.maxSafeInteger().map(Math.abs),
  fc.constant(Number.MAX_SAFE_INTEGER),
  fc.integer({ min: 0, max: 2_000_000_000 }).map((value) => value * 1_000_003),
);

describe("proportions", () => {
  it("are exact, as big integers are", () => {
    fc.assert(
      fc.property(whole, whole, whole, (a, b, c) => {
        fc.pre(c > 0);
        const product = BigInt(a) * BigInt(b);
        const floor = product / BigInt(c);
        const ceil = floor + (product % BigInt(c) === 0n ? 0n : 1n);
        fc.pre(ceil <= BigInt(Number.MAX_SAFE_INTEGER));
        expect(BigInt(proportionFloor(a, b, c))).toBe(floor);
        expect(BigInt(proportionCeil(a, b, c))).toBe(ceil);
      }),
      { numRuns: 20_000 },
    );
  });

  it("are exact with the largest divisors, and close to a whole quotient", () => {
    const large = fc.integer({ min: 0, max: 2 ** 50 }).map((less) => Number.MAX_SAFE_INTEGER - less);
    const quotient = fc.oneof(fc.integer({ min: 1, max: 1_000 }), fc.maxSafeInteger().map(Math.abs));
    fc.assert(
      fc.property(large, large, quotient, fc.integer({ min: -1, max: 1 }), (a, c, wanted, beside) => {
        const b = Number((BigInt(wanted) * BigInt(c)) / BigInt(a)) + beside;
        fc.pre(b > 0 && b <= Number.MAX_SAFE_INTEGER);
        const floor = (BigInt(a) * BigInt(b)) / BigInt(c);
        fc.pre(floor < BigInt(Number.MAX_SAFE_INTEGER));
        expect(BigInt(proportionFloor(a, b, c))).toBe(floor);
        expect(BigInt(proportionCeil(a, b, c))).toBe(floor + ((BigInt(a) * BigInt(b)) % BigInt(c) === 0n ? 0n : 1n));
      }),
      { numRuns: 5_000 },
    );
  });

  it("are exact where the quotient is whole, and one beside", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 25 }),
        fc.integer({ min: 1, max: 2 ** 26 }),
        fc.integer({ min: 1, max: 2 ** 26 }),
        (x, y, z) => {
          expect(proportionFloor(x * y, z * 8, x * 8)).toBe(y * z);
          expect(proportionCeil(x * y, z * 8, x * 8)).toBe(y * z);
          if (x > 1) expect(proportionCeil(x * y + 1, z, x)).toBe(Number((BigInt(x * y + 1) * BigInt(z) + BigInt(x) - 1n) / BigInt(x)));
        },
      ),
    );
  });

  it("refuse to divide by nothing", () => {
    expect(() => proportionFloor(1, 1, 0)).toThrow("divides by 0");
  });

  it("take shares in parts of a billion", () => {
    expect(partsOf(0.002)).toBe(2_000_000);
    expect(partsOf(0.003)).toBe(3_000_000);
    expect(partsOf(1)).toBe(1_000_000_000);
  });
});
