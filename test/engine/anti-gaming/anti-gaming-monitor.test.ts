import { describe, expect, it } from "vitest";
import { AntiGamingMonitor, DEFAULT_ANTI_GAMING, type FlagEvidence } from "../../../engine/anti-gaming/index.js";
import type { FlagKind } from "../../../engine/tables/vocabularies/flags.js";

const TAO = 1_000_000_000;
const MINUTE = 60_000;
const HOUR = 3_600_000;

/** Accounts 0 and 1 are one owner's, 2 and 3 have their own. */
function monitor(change: Partial<typeof DEFAULT_ANTI_GAMING> = {}): AntiGamingMonitor {
  return new AntiGamingMonitor({ ...DEFAULT_ANTI_GAMING, ...change }, Int32Array.of(0, 0, 1, 2), 0);
}

const of = (kind: FlagKind, flags: readonly FlagEvidence[]) => flags.filter((flag) => flag.kind === kind);

describe("flags", () => {
  it("are not raised for ordinary operations", () => {
    const watch = monitor();
    for (let k = 0; k < 20; k++) watch.operation(k % 4, k * 15 * MINUTE, k % 3 === 0 ? "mint" : "redeem", (k + 1) * TAO);
    expect(watch.closeEpoch(5 * HOUR)).toEqual([]);
  });

  it("for transactions under the minimum size", () => {
    const watch = monitor();
    watch.operation(2, 1000, "mint", 10_000_000);
    watch.operation(2, 2000, "mint", 9_999_999);
    watch.operation(2, 3000, "mint", 1);
    expect(watch.closeEpoch(HOUR)).toEqual([
      { kind: "under_minimum_size", subject: 2, otherParty: -1, count: 2, amountRao: 10_000_000, fromMs: 2000, toMs: 3000 },
    ]);
    expect(watch.closeEpoch(2 * HOUR)).toEqual([]);
  });

  it("for more than ten transactions in a minute", () => {
    const watch = monitor({ clusters: null });
    for (let k = 0; k < 12; k++) watch.operation(3, k * 5000, "mint", TAO);
    // The first is a minute old now.
    watch.operation(3, MINUTE + 5000, "mint", TAO);
    expect(watch.closeEpoch(HOUR)).toEqual([
      { kind: "over_rate", subject: 3, otherParty: -1, count: 3, amountRao: 3 * TAO, fromMs: 50_000, toMs: MINUTE + 5000 },
    ]);
    const slow = monitor();
    for (let k = 0; k < 30; k++) slow.operation(3, k * 6000, "mint", TAO);
    expect(slow.closeEpoch(HOUR)).toEqual([]);
  });

  it("for round trips inside the window, split as they may be", () => {
    const watch = monitor();
    watch.operation(2, 0, "mint", 10 * TAO);
    watch.operation(2, 5 * MINUTE, "redeem", 4 * TAO);
    watch.operation(2, 10 * MINUTE, "redeem", 7 * TAO);
    expect(watch.closeEpoch(HOUR)).toEqual([
      { kind: "round_trip", subject: 2, otherParty: -1, count: 2, amountRao: 10 * TAO, fromMs: 0, toMs: 10 * MINUTE },
    ]);
    const slow = monitor();
    slow.operation(2, 0, "mint", 10 * TAO);
    slow.operation(2, 10 * MINUTE + 1, "redeem", 10 * TAO);
    expect(slow.closeEpoch(HOUR)).toEqual([]);
  });

  it("for a round trip that crosses an epoch's end, in the epoch where it closes", () => {
    const watch = monitor();
    watch.operation(2, HOUR - MINUTE, "redeem", TAO);
    expect(watch.closeEpoch(HOUR)).toEqual([]);
    watch.operation(2, HOUR + MINUTE, "mint", TAO);
    expect(watch.closeEpoch(2 * HOUR)).toMatchObject([{ kind: "round_trip", fromMs: HOUR - MINUTE, toMs: HOUR + MINUTE }]);
  });

  it("for wash trading between two own accounts, on both", () => {
    const watch = monitor();
    watch.operation(0, 0, "mint", 5 * TAO);
    watch.operation(1, MINUTE, "redeem", 5 * TAO);
    watch.operation(2, MINUTE, "redeem", 5 * TAO);
    const both = { kind: "wash_trade", count: 1, amountRao: 5 * TAO, fromMs: 0, toMs: MINUTE };
    expect(watch.closeEpoch(HOUR)).toEqual([
      { ...both, subject: 0, otherParty: 1 },
      { ...both, subject: 1, otherParty: 0 },
    ]);
  });

  it("for trades against an own account in the pool, but not for trading", () => {
    const watch = monitor();
    watch.trade(0, 0, "buy", 5 * TAO);
    watch.trade(1, MINUTE, "sell", 3 * TAO);
    watch.trade(2, MINUTE, "buy", 3 * TAO);
    watch.trade(2, 2 * MINUTE, "sell", 3 * TAO);
    expect(watch.closeEpoch(HOUR).map(({ kind, subject, otherParty, amountRao }) => [kind, subject, otherParty, amountRao])).toEqual([
      ["wash_trade", 0, 1, 3 * TAO],
      ["wash_trade", 1, 0, 3 * TAO],
    ]);
  });

  it("for stake that is in over a boundary only", () => {
    const watch = monitor();
    watch.stakeAdded(2, HOUR - MINUTE, 100 * TAO);
    watch.stakeAdded(3, HOUR - 11 * MINUTE, 100 * TAO);
    expect(watch.closeEpoch(HOUR)).toEqual([]);
    watch.stakeRemoved(2, HOUR + MINUTE, 60 * TAO);
    watch.stakeRemoved(2, HOUR + 2 * MINUTE, 60 * TAO);
    watch.stakeRemoved(3, HOUR + MINUTE, 100 * TAO);
    expect(watch.closeEpoch(2 * HOUR)).toEqual([
      {
        kind: "boundary_stake",
        subject: 2,
        otherParty: -1,
        count: 2,
        amountRao: 100 * TAO,
        fromMs: HOUR - MINUTE,
        toMs: HOUR + 2 * MINUTE,
      },
    ]);
  });

  it("not for stake that stays, or was out again before the boundary", () => {
    const watch = monitor();
    watch.stakeAdded(2, HOUR - MINUTE, 100 * TAO);
    watch.stakeAdded(3, HOUR - 2 * MINUTE, 100 * TAO);
    watch.stakeRemoved(3, HOUR - MINUTE, 100 * TAO);
    watch.closeEpoch(HOUR);
    watch.stakeRemoved(2, HOUR + 10 * MINUTE + 1, 100 * TAO);
    watch.stakeRemoved(3, HOUR + MINUTE, 100 * TAO);
    expect(watch.closeEpoch(2 * HOUR)).toEqual([]);
  });

  it("not for less than is worth it", () => {
    const watch = monitor({ minTransactionRao: 0, minFlaggedRao: TAO });
    watch.operation(2, 0, "mint", TAO - 1);
    watch.operation(2, 1, "redeem", TAO - 1);
    watch.operation(3, 0, "mint", TAO);
    watch.operation(3, 1, "redeem", TAO);
    expect(watch.closeEpoch(HOUR).map(({ subject }) => subject)).toEqual([3]);
  });

  it("for accounts of different owners that do the same", () => {
    const watch = monitor();
    for (let k = 0; k < 12; k++) {
      const timeMs = k * 4 * MINUTE + 1000;
      const amount = (1 + ((k * 7) % 5)) * TAO;
      // 0 and 1 have one owner; 3 acts at the same moments, but half as much.
      for (const account of [0, 1, 2]) watch.operation(account, timeMs + account * 1000, "mint", amount);
      watch.operation(3, timeMs + 5000, "mint", amount / 2);
    }
    const flags = of("equal_behaviour", watch.closeEpoch(HOUR));
    expect(flags.map(({ subject, otherParty, count }) => [subject, otherParty, count])).toEqual([
      [0, 2, 3],
      [1, 2, 3],
      [2, 0, 3],
    ]);
    expect(flags[0]).toMatchObject({ amountRao: 34 * TAO, fromMs: 0, toMs: HOUR });
    expect(of("equal_behaviour", watch.closeEpoch(2 * HOUR))).toHaveLength(3);
  });

  it("forget equal behaviour when the window has passed", () => {
    const watch = monitor({ clusters: { binMs: 120_000, windowEpochs: 2, similarity: 0.98, minOperations: 3 } });
    for (let k = 0; k < 3; k++) for (const account of [2, 3]) watch.operation(account, (k + 1) * 9 * MINUTE, "mint", (k + 1) * TAO);
    expect(watch.closeEpoch(HOUR)).toHaveLength(2);
    expect(watch.closeEpoch(2 * HOUR)).toMatchObject([
      { subject: 2, otherParty: 3, fromMs: 0, toMs: 2 * HOUR },
      { subject: 3, otherParty: 2 },
    ]);
    expect(watch.closeEpoch(3 * HOUR)).toEqual([]);
  });
});
