import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ExactSum, InvariantError, isRao, MAX_RAO, mulDivFloor } from "../../engine/index.js";

/** 0 to 2^53 - 1, every order of magnitude as likely as another. */
const rao = fc.oneof(
  fc.tuple(fc.nat(52), fc.nat(0xff_ffff)).map(([magnitude, mantissa]) => Math.floor(2 ** magnitude * (1 + mantissa / 0x100_0000))),
  fc.nat(5),
  fc.nat(1_000).map((less) => MAX_RAO - less),
);

describe("isRao", () => {
  it.each([
    [0, true],
    [1, true],
    [MAX_RAO, true],
    [MAX_RAO + 1, false],
    [-1, false],
    [0.5, false],
    [Number.NaN, false],
    [Number.POSITIVE_INFINITY, false],
  ])("%d: %s", (value, expected) => {
    expect(isRao(value)).toBe(expected);
  });
});

describe("mulDivFloor", () => {
  it("is floor(a * b / c) of big integers", () => {
    fc.assert(
      fc.property(rao, rao, rao, (a, b, c) => {
        fc.pre(c > 0);
        const exact = (BigInt(a) * BigInt(b)) / BigInt(c);
        fc.pre(exact <= BigInt(MAX_RAO));
        expect(mulDivFloor(a, b, c)).toBe(Number(exact));
      }),
      { numRuns: 5_000 },
    );
  });

  it("never rounds a quotient up to the next whole number", () => {
    fc.assert(
      fc.property(rao, rao, (k, c) => {
        fc.pre(k > 0 && c > 0 && k * c <= MAX_RAO);
        expect(mulDivFloor(k * c - 1, 1, c)).toBe(k - 1);
        expect(mulDivFloor(k * c, 1, c)).toBe(k);
      }),
      { numRuns: 5_000 },
    );
  });

  it("refuses to divide by 0 or less", () => {
    expect(() => mulDivFloor(1, 1, 0)).toThrow(InvariantError);
    expect(() => mulDivFloor(1, 1, -1)).toThrow(InvariantError);
  });
});

describe("ExactSum", () => {
  it("is the sum of big integers, of either sign and beyond 2^53", () => {
    const amount = fc.tuple(rao, fc.boolean()).map(([size, negative]) => (negative ? -size : size));
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 200 }), (amounts) => {
        const sum = new ExactSum();
        let exact = 0n;
        for (const one of amounts) {
          sum.add(one);
          exact += BigInt(one);
          expect(sum.toBigInt()).toBe(exact);
        }
        expect(sum.toString()).toBe(exact.toString());
      }),
    );
  });

  it("counts a thousand times the largest position", () => {
    const sum = new ExactSum();
    for (let i = 0; i < 1_000; i++) sum.add(MAX_RAO);
    expect(sum.toString()).toBe("9007199254740991000");
    for (let i = 0; i < 1_000; i++) sum.add(-MAX_RAO);
    expect(sum.toString()).toBe("0");
  });
});
