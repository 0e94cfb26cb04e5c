import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Instalment, InvariantError, instalmentCount, instalmentRao, Schedules } from "../../../engine/index.js";

const DAY = 86_400_000;

describe("instalments", () => {
  it("differ by at most 1 rao, the larger first, and sum exactly to the reward", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger().map(Math.abs), fc.integer({ min: 1, max: 400 }), (amountRao, n) => {
        const parts = Array.from({ length: n }, (_, k) => instalmentRao(amountRao, n, k + 1));
        expect(parts.reduce((sum, part) => sum + BigInt(part), 0n)).toBe(BigInt(amountRao));
        expect(Math.max(...parts) - Math.min(...parts)).toBeLessThanOrEqual(1);
        expect([...parts].sort((a, b) => b - a)).toEqual(parts);
      }),
    );
  });

  it.each([
    [30 * DAY, DAY, 30],
    [30 * DAY + 1, DAY, 31],
    [DAY, DAY, 1],
    [1, DAY, 1],
    [10, 3, 4],
  ])("of %d ms every %d ms are %d", (durationMs, intervalMs, expected) => {
    expect(instalmentCount({ durationMs, intervalMs, minVestingAmountRao: 0 })).toBe(expected);
  });
});

describe("Schedules", () => {
  const make = (minVestingAmountRao = 0): Schedules => new Schedules({ durationMs: 3 * DAY, intervalMs: DAY, minVestingAmountRao });
  const told = ({ schedule, number, dueMs, amountRao }: Instalment): string => `${schedule.id}.${number}@${dueMs / DAY}:${amountRao}`;

  it("pays the first at once and one more every interval, ties by schedule", () => {
    const schedules = make();
    schedules.start(7, 0, 8);
    expect(schedules.nextDueMs).toBe(0);
    expect(schedules.takeDue(0).map(told)).toEqual(["0.1@0:3"]);
    schedules.start(8, DAY, 3);
    schedules.start(9, DAY, 3);
    expect(schedules.nextDueMs).toBe(DAY);
    expect(schedules.takeDue(2.5 * DAY).map(told)).toEqual(["0.2@1:3", "1.1@1:1", "2.1@1:1", "0.3@2:2", "1.2@2:1", "2.2@2:1"]);
    expect(schedules.nextDueMs).toBe(3 * DAY);
    expect(schedules.takeDue(2.9 * DAY)).toEqual([]);
    expect(schedules.takeDue(9 * DAY).map(told)).toEqual(["1.3@3:1", "2.3@3:1"]);
    expect(schedules.nextDueMs).toBe(Number.POSITIVE_INFINITY);
    expect(schedules.all.map(({ paid, paidRao, endMs }) => [paid, paidRao, endMs])).toEqual([
      [3, 8, 3 * DAY],
      [3, 3, 4 * DAY],
      [3, 3, 4 * DAY],
    ]);
  });

  it("lets a reward below the minimum go at once", () => {
    const schedules = make(100);
    expect(schedules.start(0, 0, 99)).toBeNull();
    expect(schedules.start(0, 0, 100)).toMatchObject({ id: 0, instalments: 3 });
  });

  it("pays everything in time, whenever it is asked", () => {
    const reward = fc.record({ wait: fc.nat(2 * DAY), amount: fc.integer({ min: 1, max: 1_000 }), asks: fc.boolean() });
    fc.assert(
      fc.property(fc.array(reward, { minLength: 1, maxLength: 30 }), (rewards) => {
        const schedules = make();
        const paid: Instalment[] = [];
        let now = 0;
        for (const { wait, amount, asks } of rewards) {
          now += wait;
          schedules.start(0, now, amount);
          if (asks) paid.push(...schedules.takeDue(now));
          expect(schedules.nextDueMs > now).toBe(asks);
        }
        paid.push(...schedules.takeDue(now + 3 * DAY));
        for (const { schedule, number, dueMs } of paid) expect(dueMs).toBe(schedule.startMs + (number - 1) * DAY);
        expect(paid.map(({ dueMs }) => dueMs)).toEqual(paid.map(({ dueMs }) => dueMs).sort((a, b) => a - b));
        expect(paid).toHaveLength(3 * rewards.length);
        expect(paid.reduce((sum, { amountRao }) => sum + amountRao, 0)).toBe(rewards.reduce((sum, { amount }) => sum + amount, 0));
      }),
    );
  });

  it("refuses intervals that can only be a mistake", () => {
    expect(() => new Schedules({ durationMs: 1e12, intervalMs: 1, minVestingAmountRao: 0 })).toThrow(InvariantError);
    expect(() => new Schedules({ durationMs: 0, intervalMs: DAY, minVestingAmountRao: 0 })).toThrow(InvariantError);
  });
});
