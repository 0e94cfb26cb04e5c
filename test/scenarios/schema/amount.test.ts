import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { amountRao, amountTokens } from "../../../scenarios/schema/amount.js";

describe("an amount of tokens", () => {
  it.each([
    [0.3, 300_000_000],
    ["0.3", 300_000_000],
    ["0.300000000", 300_000_000],
    [0, 0],
    ["0.000000001", 1],
    [1e-9, 1],
    ["1e3", 1_000_000_000_000],
    [".5", 500_000_000],
    ["7.", 7_000_000_000],
    ["9007199.254740991", 9_007_199_254_740_991],
    ["1.50e-8", 15],
  ])("reads %s exactly", (tokens, rao) => {
    expect(amountRao(tokens)).toBe(rao);
  });

  it.each([-1, "-0.1", "", ".", "abc", "0x10", "0.0000000001", 1e-10, "9007199.254740992", 1e300, "1e99999", Number.NaN, Infinity])(
    "refuses %s",
    (tokens) => {
      expect(amountRao(tokens)).toBeNull();
    },
  );

  it("never loses a rao between rao and tokens, nor through JSON", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (rao) => {
        expect(amountRao(JSON.parse(JSON.stringify(amountTokens(rao))))).toBe(rao);
      }),
      { numRuns: 2_000 },
    );
  });

  it("writes small amounts as numbers, and those a double cannot hold as text", () => {
    expect(amountTokens(300_000_000)).toBe(0.3);
    expect(amountTokens(8_500_000_000_000_001)).toBe("8500000.000000001");
  });
});
