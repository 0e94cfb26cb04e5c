import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_REWARDS, MinerActivity, type OperationSide, TAO20_ORIGINAL_VOLUME, VolumeTracker } from "../../../engine/rewards/index.js";

const HOUR = 3_600_000;
const TAO = 1_000_000_000;

function readOf(tracker: VolumeTracker, nowMs: number): MinerActivity {
  const activity = new MinerActivity(tracker.minerCount);
  tracker.read(nowMs, activity);
  return activity;
}

function tracker(miners: number): VolumeTracker {
  return new VolumeTracker(miners, DEFAULT_REWARDS.activity);
}

describe("the volume tracker", () => {
  it("holds the volumes of the epoch, and of nothing before it", () => {
    const volumes = tracker(2);
    volumes.record(0, HOUR, "mint", 3 * TAO);
    volumes.record(0, HOUR, "mint", 4 * TAO);
    volumes.record(0, HOUR + 1, "redeem", 5 * TAO);
    expect([...volumes.mintRao, ...volumes.redeemRao]).toEqual([7 * TAO, 0, 5 * TAO, 0]);
    volumes.closeEpoch();
    volumes.record(1, 2 * HOUR, "redeem", TAO);
    const activity = readOf(volumes, 2 * HOUR);
    expect([...activity.mintRao, ...activity.redeemRao]).toEqual([0, 0, 0, TAO]);
  });

  it("holds the volumes of all time where it is told to", () => {
    const volumes = new VolumeTracker(1, TAO20_ORIGINAL_VOLUME.activity);
    volumes.record(0, HOUR, "mint", TAO);
    volumes.closeEpoch();
    volumes.record(0, 2 * HOUR, "mint", TAO);
    expect(volumes.mintRao[0]).toBe(2 * TAO);
  });

  it("counts the transactions of the last hour, its beginning not included", () => {
    const volumes = tracker(1);
    for (const timeMs of [0, 1, HOUR, HOUR, HOUR + 1]) volumes.record(0, timeMs, "mint", TAO);
    expect(readOf(volumes, HOUR + 1).transactionsPerHour[0]).toBe(3);
    expect(readOf(volumes, 2 * HOUR).transactionsPerHour[0]).toBe(1);
    expect(readOf(volumes, 2 * HOUR + 1).transactionsPerHour[0]).toBe(0);
  });

  it("finds even hours consistent, and idle ones not", () => {
    const volumes = tracker(3);
    for (let hour = 1; hour <= 24; hour++) {
      // At the full hour: that is the end of the hour before.
      volumes.record(0, hour * HOUR, "mint", TAO);
      if (hour % 3 !== 0) volumes.record(1, hour * HOUR, "redeem", TAO);
    }
    volumes.record(2, 24 * HOUR, "mint", 1000 * TAO);
    const { consistency } = readOf(volumes, 24 * HOUR);
    expect(consistency[0]).toBe(1);
    // 16 hours of 1 and 8 of 0: mean 2/3, sample deviation sqrt((16 / 9 + 8 * 4 / 9) / 23).
    expect(consistency[1]).toBeCloseTo(1 - 1.5 * Math.sqrt(48 / 9 / 23), 14);
    expect(consistency[2]).toBe(0);
    expect(readOf(volumes, 48 * HOUR + 1).consistency[0]).toBe(0);
  });

  it("refuses volumes that cannot be counted", () => {
    const volumes = tracker(1);
    volumes.record(0, 0, "mint", Number.MAX_SAFE_INTEGER);
    expect(() => volumes.record(0, 1, "redeem", 1)).toThrow("TEN-REWARD-114");
    expect(() => volumes.record(0, 1, "redeem", 0.5)).toThrow("TEN-BUG");
    expect(() => volumes.record(1, 1, "redeem", 1)).toThrow("TEN-BUG");
    expect(() => volumes.record(0, 0, "redeem", -1)).toThrow("TEN-BUG");
  });

  it("answers as looking through everything does", () => {
    const event = fc.record({
      miner: fc.integer({ min: 0, max: 2 }),
      gapMs: fc.oneof(fc.integer({ min: 0, max: 60_000 }), fc.integer({ min: 0, max: 5 * HOUR }), fc.constantFrom(0, HOUR, 24 * HOUR)),
      side: fc.constantFrom<OperationSide>("mint", "redeem"),
      amountRao: fc.integer({ min: 0, max: 1000 * TAO }),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 120 }), fc.integer({ min: 0, max: 3 * HOUR }), (events, after) => {
        const volumes = tracker(3);
        let timeMs = 0;
        const seen: { miner: number; timeMs: number; amountRao: number }[] = [];
        for (const { miner, gapMs, side, amountRao } of events) {
          timeMs += gapMs;
          volumes.record(miner, timeMs, side, amountRao);
          seen.push({ miner, timeMs, amountRao });
        }
        const nowMs = timeMs + after;
        const activity = readOf(volumes, nowMs);
        for (let miner = 0; miner < 3; miner++) {
          const own = seen.filter((one) => one.miner === miner);
          expect(activity.transactionsPerHour[miner]).toBe(own.filter((one) => one.timeMs > nowMs - HOUR).length);
          const lastHour = Math.ceil(nowMs / HOUR);
          const hours = Array.from({ length: 24 }, (_, k) =>
            own.filter((one) => Math.ceil(one.timeMs / HOUR) === lastHour - k).reduce((sum, one) => sum + one.amountRao, 0),
          );
          const mean = hours.reduce((a, b) => a + b, 0) / 24;
          const deviation = Math.sqrt(hours.reduce((sum, hour) => sum + (hour - mean) ** 2, 0) / 23);
          expect(activity.consistency[miner]).toBeCloseTo(mean === 0 ? 0 : Math.max(0, 1 - deviation / mean), 10);
        }
      }),
      { numRuns: 150 },
    );
  });
});
