import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatAddress } from "../../reports/format/address.js";
import { formatTokens, formatTokensChange, formatTokensShort } from "../../reports/format/amount.js";
import {
  formatCount,
  formatFixed,
  formatGain,
  formatPoints,
  formatShare,
  formatTao,
  formatTaoChange,
  formatTerm,
  ordinal,
} from "../../reports/format/numbers.js";
import { formatElapsed, formatTime } from "../../reports/format/time.js";
import { RaoSum } from "../../reports/reading/rao-sum.js";

describe("amounts", () => {
  it.each([
    [0, "0"],
    [1, "0.000000001"],
    [1_500_000_000, "1.5"],
    [1_234_567_000_000_000, "1,234,567"],
    [-2_000_000_001, "-2.000000001"],
    ["21000000000000000", "21,000,000"],
  ])("%s rao are %s", (rao, text) => expect(formatTokens(rao)).toBe(text));

  it("lose nothing", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n }), (rao) => {
        const [whole = "", fraction = ""] = formatTokens(rao).replaceAll(",", "").split(".");
        return BigInt(whole + fraction.padEnd(9, "0")) === rao;
      }),
    );
  });

  it("are rounded half away from zero when short", () => {
    expect(formatTokensShort(50_000)).toBe("0.0001");
    expect(formatTokensShort(49_999)).toBe("0.0000");
    expect(formatTokensShort(-49_999)).toBe("0.0000");
    expect(formatTokensShort(-50_000)).toBe("-0.0001");
    expect(formatTokensShort(999_999_950_000n)).toBe("1,000.0000");
  });

  it("carry a sign when they are changes", () => {
    expect(formatTokensChange(1_000_000_000)).toBe("+1.0000");
    expect(formatTokensChange(0n)).toBe("0.0000");
    expect(formatTokensChange(-1_000_000_000n)).toBe("-1.0000");
  });
});

describe("numbers", () => {
  it.each([
    [0, "0"],
    [999, "999"],
    [1000, "1,000"],
    [-1234567, "-1,234,567"],
  ])("%s is counted as %s", (count, text) => expect(formatCount(count)).toBe(text));

  it("are shares, gains and terms", () => {
    expect(formatShare(0.6123)).toBe("61.23 %");
    expect(formatShare(13.6963)).toBe("1,369.63 %");
    expect(formatShare(-0.00001)).toBe("0.00 %");
    expect(formatGain(13.5)).toBe("+1,250.00 %");
    expect(formatTao(1234567.89)).toBe("1,234,567.8900");
    expect(formatTao(-1234.5)).toBe("-1,234.5000");
    expect([formatTaoChange(1234.5), formatTaoChange(-0.5), formatTaoChange(0.00004), formatTaoChange(-0.00004)]).toEqual([
      "+1,234.5000",
      "-0.5000",
      "0.0000",
      "0.0000",
    ]);
    expect([formatFixed(1e21, 2), formatFixed(Number.NaN, 2), formatFixed(999, 0), formatFixed(1000, 0)]).toEqual([
      "1e+21",
      "NaN",
      "999",
      "1,000",
    ]);
    expect(formatGain(1.0312)).toBe("+3.12 %");
    expect(formatGain(0.99999999)).toBe("0.00 %");
    expect(formatGain(0.5)).toBe("-50.00 %");
    expect(formatTerm(0.9)).toBe("0.9");
    expect(formatTerm(30)).toBe("30");
    expect(formatTerm(0.1234567)).toBe("0.123457");
  });
});

describe("times", () => {
  it("are to the minute, in UTC", () => expect(formatTime(1_760_000_000_000)).toBe("2025-10-09 08:53 UTC"));
  it("elapse", () => {
    expect(formatElapsed(840)).toBe("0.84 s");
    expect(formatElapsed(12_060)).toBe("12.1 s");
    expect(formatElapsed(200_000)).toBe("3 min 20 s");
  });
});

it("a short address begins as the whole one, so it can be searched for", () => {
  const address = "5HEo565WAy4Dbq3Sv271SAi7syBSofyfhhwRNjFNSM2gP9M2";
  const [beginning = ""] = formatAddress(address).split("...");
  expect(address.startsWith(beginning)).toBe(true);
  expect(formatAddress("synthetic/miner-0017")).toBe("synthetic/miner-0017");
});

it("a sum of rao is exact past 2^53", () => {
  fc.assert(
    fc.property(fc.array(fc.maxSafeInteger()), (amounts) => {
      const sum = new RaoSum();
      for (const amount of amounts) sum.add(amount);
      return sum.total === amounts.reduce((total, amount) => total + BigInt(amount), 0n);
    }),
  );
});

it("ordinals, and differences of shares", () => {
  expect([1, 2, 3, 4, 11, 12, 13, 21, 102, 111, 1002].map(ordinal)).toEqual([
    "1st",
    "2nd",
    "3rd",
    "4th",
    "11th",
    "12th",
    "13th",
    "21st",
    "102nd",
    "111th",
    "1,002nd",
  ]);
  expect([0.0118, -0.0118, 0.000001].map(formatPoints)).toEqual([
    "+1.18 percentage points",
    "-1.18 percentage points",
    "0.00 percentage points",
  ]);
});
