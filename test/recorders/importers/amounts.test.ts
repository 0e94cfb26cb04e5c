import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAmount, takeRao } from "../../../recorders/importers/amounts.js";

const LARGEST = 2n ** 53n - 1n;

/** The model: whole part and nine padded digits of the fraction, put side by side. */
function modelRao(whole: bigint, fraction: string): bigint | undefined {
  const [kept, cut] = [fraction.slice(0, 9).padEnd(9, "0"), fraction.slice(9)];
  return [...cut].some((digit) => digit !== "0") ? undefined : whole * 1_000_000_000n + BigInt(kept);
}

const digits = (most: number) =>
  fc.array(fc.constantFrom("0", "0", "1", "2", "9", "5"), { minLength: 0, maxLength: most }).map((list) => list.join(""));

describe("parseAmount", () => {
  it("turns decimal alpha into rao exactly, or says why not", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 20_000_000n }),
        digits(14),
        fc.boolean(),
        fc.constantFrom("alpha", "tao"),
        (whole, fraction, minus, unit) => {
          const text = `${minus ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
          const model = modelRao(whole, fraction);
          const found = parseAmount(text, unit as "alpha");
          if (model === undefined) expect(found).toBe("is a fraction of a rao");
          else if (model > LARGEST) expect(found).toBe("is over 2^53 - 1 rao");
          else expect(found).toEqual({ rao: Number(model), negative: minus && model !== 0n });
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("gives back any amount that is written as tokens", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: LARGEST }), (rao) => {
        const text = `${rao / 1_000_000_000n}.${(rao % 1_000_000_000n).toString().padStart(9, "0")}`;
        expect(parseAmount(text, "alpha")).toEqual({ rao: Number(rao), negative: false });
        expect(parseAmount(rao.toString(), "rao")).toEqual({ rao: Number(rao), negative: false });
      }),
    );
  });

  it("moves the point by an exponent", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.integer({ min: -30, max: 30 }), (mantissa, exponent) => {
        const scaled = mantissa * 10n ** BigInt(exponent + 9 + 30);
        const exact = scaled % 10n ** 30n === 0n;
        const rao = scaled / 10n ** 30n;
        const found = parseAmount(`${mantissa}e${exponent}`, "alpha");
        if (!exact) expect(found).toBe("is a fraction of a rao");
        else if (rao > LARGEST) expect(found).toBe("is over 2^53 - 1 rao");
        else expect(found).toEqual({ rao: Number(rao), negative: false });
      }),
    );
  });

  it.each([
    ["1.5", "alpha", 1_500_000_000],
    [".5", "alpha", 500_000_000],
    ["1.", "alpha", 1_000_000_000],
    ["0.000000001", "tao", 1],
    ["1e-9", "tao", 1],
    ["9007199.254740991", "alpha", 9_007_199_254_740_991],
    [" 7 ", "rao", 7],
    ["00012.000", "rao", 12],
  ] as const)("takes %j in %s", (text, unit, rao) => expect(parseAmount(text, unit)).toEqual({ rao, negative: false }));

  it.each(["", ".", "1,5", "1_000", "0x10", "1e", "e5", "NaN", "Infinity", "1 2", "--1", "1e99999"])("takes %j in no unit", (text) => {
    expect(typeof parseAmount(text, "alpha")).toBe("string");
    expect(typeof parseAmount(text, "rao")).toBe("string");
  });

  it("is not slow on garbage", () => {
    expect(parseAmount(`1${"0".repeat(1_000_000)}`, "alpha")).toBe("is over 2^53 - 1 rao");
    expect(parseAmount("1e9999", "alpha")).toBe("is over 2^53 - 1 rao");
    expect(parseAmount("1e-9999", "alpha")).toBe("is a fraction of a rao");
  });
});

it("takeRao names what is allowed in the unit", () => {
  const place = () => ({ file: "x.csv", path: "row 3, amount" });
  expect(() => takeRao("-1", place)).toThrow(/TEN-IMPORT-005: x\.csv, row 3, amount: An amount is negative.*whole rao/);
  expect(() => takeRao("0.0000000001", place, "alpha")).toThrow(/fraction of a rao.*9 digits after the point.*never rounded/);
});
