import { describe, expect, it } from "vitest";
import {
  CONSENSUS_RANGES,
  DEFAULT_INDEX_FUND,
  DEFAULT_PARTICIPANT,
  isWithin,
  MARKET_RANGES,
  MULTIPLIER_RULE_REGISTRY,
  type NumberRange,
  rangeText,
  refuseIndexFundConfiguration,
  refuseParticipantConfiguration,
  SCHEDULE_RANGES,
  TenureError,
  THRESHOLD_RANGE,
} from "../../engine/index.js";
import { parse, places, RECORDED, refusals, SYNTHETIC } from "./scenario-text.js";

const { maxMultiplier, retentionTarget, retentionWindowDays } = MULTIPLIER_RULE_REGISTRY.geometric.parameters;
const { timeTiers } = MULTIPLIER_RULE_REGISTRY.tiered.parameters;

function allowedBy(check: () => void): string | undefined {
  try {
    check();
  } catch (error) {
    if (error instanceof TenureError) return error.allowed;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("a range", () => {
  it("is said in words", () => {
    expect(rangeText({ above: 0, atMost: 1 })).toBe("a number above 0 and at most 1");
    expect(rangeText({ atLeast: 1, atMost: 9, whole: true })).toBe("a whole number from 1 to 9");
    expect(rangeText(MARKET_RANGES.fee)).toBe("a number of at least 0 and below 1 with at most 9 decimal places");
  });

  it("holds its ends, and nothing that is not finite", () => {
    expect([1, 1_000_000].every((value) => isWithin(value, maxMultiplier.range))).toBe(true);
    expect(
      [0.9999999999999999, 1_000_000.0000000001, Number.NaN, Number.POSITIVE_INFINITY].some((v) => isWithin(v, maxMultiplier.range)),
    ).toBe(false);
    expect([0.1, 1e-9, 0].every((value) => isWithin(value, MARKET_RANGES.fee))).toBe(true);
    expect([1e-10, 0.1234567891].some((value) => isWithin(value, MARKET_RANGES.fee))).toBe(false);
  });
});

describe("a scenario file says of a value what the engine says of it:", () => {
  it.each<[string, NumberRange, string]>([
    ["vesting: { max_multiplier: 1e305 }", maxMultiplier.range, "vesting.max_multiplier"],
    ["vesting: { retention_target: 0 }", retentionTarget.range, "vesting.retention_target"],
    ["vesting: { retention_window_days: 1e9 }", retentionWindowDays.range, "vesting.retention_window_days"],
    ["vesting: { redistribution: { threshold: { absolute: 1.5 } } }", THRESHOLD_RANGE, "vesting.redistribution.threshold.absolute"],
    ["vesting: { tiers: { time: [{ at_least: 1, value: 1e9 }] } }", timeTiers.value.range, "vesting.tiers.time.0.value"],
    ["schedules: { duration_days: 1e-300 }", SCHEDULE_RANGES.durationDays, "schedules.duration_days"],
    ["schedules: { interval_days: 1e-300 }", SCHEDULE_RANGES.intervalDays, "schedules.interval_days"],
  ])("%s", (line, range, path) => {
    const [refusal, ...rest] = refusals(`${RECORDED}${line}\n`);
    expect(rest).toEqual([]);
    expect(refusal).toMatchObject({ code: "TEN-SCENARIO-006", allowed: rangeText(range), place: { path } });
  });

  it("and the engine the same of a configuration that came from elsewhere", () => {
    const fund = (changes: object) => allowedBy(() => refuseIndexFundConfiguration({ ...DEFAULT_INDEX_FUND, ...changes }));
    expect(fund({ mintFee: 1e-10 })).toBe(rangeText(MARKET_RANGES.fee));
    expect(fund({ initialNavTaoPerToken: 1e13 })).toBe(rangeText(MARKET_RANGES.initialNav));
    const participant = (changes: object) =>
      allowedBy(() => refuseParticipantConfiguration({ ...DEFAULT_PARTICIPANT, ...changes }, "index.participants", 3_600_000));
    expect(participant({ profitOverCost: 1e7 })).toBe(rangeText({ atLeast: 0, atMost: 1_000_000 }));
    expect(rangeText(CONSENSUS_RANGES.exactShare)).toContain("at most 6 decimal places");
  });
});

describe("times", () => {
  it("of no length are refused with the key that was stated", () => {
    for (const days of ["1e-300", "0", "-1", "0.0000001"]) {
      const [refusal, ...rest] = refusals(SYNTHETIC.replace("days: 2", `days: ${days}`));
      expect(rest).toEqual([]);
      expect(refusal).toMatchObject({
        place: { path: "time.days" },
        found: Number(days),
        allowed: "a number of at least 0.001 and at most 36525",
      });
    }
  });

  it("are whole milliseconds by the decimal of the days", () => {
    // 0.7 * 86,400,000 is 60,479,999.99999999 in doubles.
    expect(parse(SYNTHETIC.replace("days: 2", "days: 0.7")).resolved.time.end).toBe("2025-01-01T16:48:00Z");
  });
});

it("instalments are refused where there are too many of them", () => {
  expect(places(`${RECORDED}schedules: { duration_days: 36525, interval_days: 0.001 }\n`)).toEqual([
    "TEN-SCENARIO-008 3:51 schedules.interval_days",
  ]);
});
