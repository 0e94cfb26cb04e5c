import { describe, expect, it } from "vitest";
import { duration, durationMs, durationText } from "../../../scenarios/schema/duration.js";

describe("a time span", () => {
  it.each([
    ["300 s", 300_000],
    ["5min", 300_000],
    ["1.5 h", 5_400_000],
    ["14 d", 1_209_600_000],
    ["250 ms", 250],
    ["0 s", 0],
    ["0.0001 s", null],
    ["0.001 s", 1],
    ["5", null],
    ["5 m", null],
    ["-5 s", null],
    ["1e3 s", null],
    ["", null],
    ["36525 d", 3_155_760_000_000],
    ["36526 d", null],
  ])("%s is %s ms", (text, expected) => {
    expect(durationMs(text)).toBe(expected);
  });

  it.each([
    [300_000, "5 min"],
    [90_000, "90 s"],
    [86_400_000, "1 d"],
    [1, "1 ms"],
    [0, "0 s"],
  ])("%s ms is written %s", (timeMs, expected) => {
    expect(durationText(timeMs)).toBe(expected);
    expect(durationMs(expected)).toBe(timeMs);
  });

  it("keeps to its bounds and says them", () => {
    const bounded = duration({ atLeastMs: 12_000, atMostMs: 3_600_000 });
    expect(bounded.parse("60 s")).toBe("1 min");
    for (const text of ["11 s", "61 min"]) expect(bounded.safeParse(text).error?.issues[0]?.message).toMatch(/at least 12 s, at most 1 h$/);
    expect(bounded.safeParse(60).success).toBe(false);
  });
});
