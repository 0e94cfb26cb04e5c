import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MinerOrders, MinerView } from "../../../../engine/agents/miners/index.js";
import { cases } from "../../../cases.js";
import { DAY, EPOCH, group, HOUR, LoopRun, loop, NETUID, strategy } from "./small-loop.js";
import { anyVesting, anyWithdrawalOrder } from "./small-worlds.js";
import { named, withStrategies } from "./with-strategies.js";

/** Of a rao that is left of much, the age is what is left of a sum that was rounded. */
const NEARLY = 1e-6;

describe("what a rule would make of a key after a sale", () => {
  it("is what it makes of it once so much is sold, by any rule and in any order of withdrawal", () => {
    const world = fc.record({
      vesting: anyVesting.map((vesting) => ({ ...vesting, minimumStakeUnit: "alpha" as const })),
      withdrawalOrder: anyWithdrawalOrder,
      shares: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 }),
      stake: fc.constantFrom(0, 0.2, 500),
    });
    fc.assert(
      fc.property(world, ({ vesting, withdrawalOrder, shares, stake }) => {
        let compared = 0;
        const asker = () => {
          let expected = Number.NaN;
          return {
            decide(seen: MinerView, orders: MinerOrders) {
              const { stakeRao, key } = seen.keys[0];
              if (!seen.isClose) {
                expect(Math.abs(seen.multiplierAfterSale(key, 0) - expected)).toBeLessThan(NEARLY);
                compared += 1;
                return;
              }
              // A sale that would bring nothing is not made.
              const wantedRao = Math.floor(stakeRao * shares[seen.epoch % shares.length]);
              const soldRao = seen.proceedsRao(wantedRao) > 0 ? wantedRao : 0;
              expected = seen.multiplierAfterSale(key, soldRao, 1);
              orders.sell(key, soldRao);
              orders.wakeAt(seen.timeMs + 1);
            },
          };
        };
        withStrategies({ asker }, () => {
          const miners = [group("asker", named("asker"), { stake }), group("holder", strategy("hold"))];
          new LoopRun(loop(miners), 30, { vesting, ledger: { withdrawalOrder } });
        });
        expect(compared).toBeGreaterThan(5);
      }),
      { numRuns: cases(15, 300) },
    );
  });

  it("some time ahead is what it makes of it then, if nothing else happens", () => {
    const ahead = HOUR / 2;
    let compared = 0;
    const asker = () => {
      let expected = Number.NaN;
      return {
        decide(seen: MinerView, orders: MinerOrders) {
          if (!seen.isClose) {
            expect(seen.multiplierAfterSale(0, 0)).toBeCloseTo(expected, 12);
            compared += 1;
            return;
          }
          expected = seen.multiplierAfterSale(0, 0, ahead);
          expect(expected).toBeGreaterThan(seen.multiplierAfterSale(0, 0));
          orders.wakeAt(seen.timeMs + ahead);
        },
      };
    };
    withStrategies(
      { asker },
      () => new LoopRun(loop([group("asker", named("asker"))]), 24, { vesting: { retentionWindowDays: DAY / HOUR } }),
    );
    expect(compared).toBe(23);
  });

  it("is what it answers when the next epoch ends, for keys that are measured by themselves or as one owner's", () => {
    let compared = 0;
    const world = fc.record({
      vesting: anyVesting.map((vesting) => ({ ...vesting, mode: "on" as const, minimumStakeUnit: "alpha" as const })),
      keyScope: fc.constantFrom("hotkey" as const, "coldkey_even" as const),
      withdrawalOrder: anyWithdrawalOrder,
      shares: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 }),
      seats: fc.constantFrom(2, 256),
    });
    fc.assert(
      fc.property(world, ({ vesting, keyScope, withdrawalOrder, shares, seats }) => {
        const asker = () => {
          const expected = new Map<number, number>();
          return {
            decide(seen: MinerView, orders: MinerOrders) {
              for (const { key, uid, multiplier } of seen.keys) {
                const foreseen = expected.get(key);
                if (foreseen === undefined || uid < 0) continue;
                expect(Math.abs(multiplier - foreseen)).toBeLessThan(NEARLY);
                compared += 1;
              }
              expected.clear();
              if (seen.epoch % 5 === 1) orders.register();
              for (const { key, stakeRao } of seen.keys) {
                // What is sold of one key changes what is foreseen of the others of its owner.
                const wantedRao = keyScope === "hotkey" ? Math.floor(stakeRao * shares[(seen.epoch + key) % shares.length]) : 0;
                const soldRao = seen.proceedsRao(wantedRao) > 0 ? wantedRao : 0;
                orders.sell(key, soldRao);
                // A key that is registered meanwhile shares what its owner has.
                if (keyScope === "hotkey" || seen.epoch % 5 !== 1) expected.set(key, seen.multiplierAfterSale(key, soldRao, EPOCH));
              }
            },
          };
        };
        withStrategies({ asker }, () => {
          const miners = [group("asker", named("asker"), { stake: 20, tao: 5 }), group("holder", strategy("hold"))];
          const subnets = [{ netuid: NETUID, tempoBlocks: 300, capacity: seats, immunityMs: 0 }];
          new LoopRun(loop(miners), 60, { vesting: { ...vesting, keyScope }, ledger: { withdrawalOrder }, subnets });
        });
      }),
      { numRuns: cases(15, 300) },
    );
    expect(compared).toBeGreaterThan(100);
  });
});
