import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ACCOUNT } from "../../../engine/books/accounts.js";
import { checkAccounts, checkConservation } from "../../../engine/books/conservation.js";
import { World } from "../../../engine/books/world.js";
import type { Flow } from "../../../engine/index.js";
import { AddressBook } from "../../../engine/registry/addresses.js";
import { ROLES } from "../../../engine/tables/streams.js";
import { cases } from "../../cases.js";
import { configuration, DAY, START } from "../in-memory.js";

const [MINER, VALIDATOR] = [ROLES.indexOf("miner"), ROLES.indexOf("validator")];
const { OUTSIDE_MARKET, EMISSION, TREASURY } = ACCOUNT;
const REDISTRIBUTE = { mode: "redistribute", recordedRule: null, outside: null } as const;

interface Told {
  readonly position: number;
  readonly flow: Flow;
  readonly amountRao: number;
  readonly account: number;
}

/** A world of positions of one subnet, each with a hotkey and owner of its own, and what listeners were told of them. */
function worldOf(count: number, changes: Parameters<typeof configuration>[0] = {}) {
  const addresses = new AddressBook();
  const world = new World(configuration(changes), addresses);
  for (let i = 0; i < count; i++) world.position(7, addresses.intern(`hotkey ${i}`), addresses.intern(`owner ${i}`));
  const told: Told[] = [];
  world.holdings.listen({
    flowed: (position, _timeMs, flow, amountRao, account) => void told.push({ position, flow, amountRao, account }),
  });
  const { holdings } = world;
  const held = (position: number) => [world.book.totalOf(position), world.book.recorded.totalOf(position)];
  return { world, holdings, told, held };
}

describe("what is recorded and what is acted", () => {
  it("differ where there is a recorded twin: what is acted applies to the simulated side alone, and in full", () => {
    const { holdings, held, world } = worldOf(1, { emission: { ...REDISTRIBUTE, withdrawals: "proportional" } });
    holdings.pay(0, START, 200, 100, MINER, -1);
    expect(held(0)).toEqual([100, 200]);
    expect(holdings.withdrawActed(0, START + 1, 20)).toBe(20);
    expect(held(0)).toEqual([80, 200]);
    holdings.withdrawRecorded(0, START + 2, 50, "withdraw");
    expect(held(0)).toEqual([60, 150]);
    holdings.depositActed(0, START + 3, 7);
    expect(held(0)).toEqual([67, 150]);
    holdings.depositRecorded(0, START + 4, 5);
    expect(held(0)).toEqual([72, 155]);
    expect(holdings.slash(0, START + 5, 12, TREASURY)).toBe(12);
    expect(held(0)).toEqual([60, 155]);
    checkConservation(world);
  });

  it("are one where there is none", () => {
    const { holdings, held } = worldOf(1);
    holdings.depositActed(0, START, 30);
    holdings.withdrawRecorded(0, START, 10, "withdraw");
    expect(held(0)).toEqual([20, 20]);
  });

  it("take what there is at most: what is acted asks for no more, what is recorded is rejected for the rest", () => {
    const { holdings, world, held } = worldOf(1);
    holdings.depositActed(0, START, 30);
    expect(holdings.withdrawActed(0, START, 12.9)).toBe(12);
    expect(holdings.withdrawActed(0, START, 100)).toBe(18);
    expect(holdings.withdrawActed(0, START, 1)).toBe(0);
    expect(world.flowTotals.rejections).toEqual({ more_than_held: 0, nothing_held: 0, shortfall: 0 });
    expect(world.flowTotals.withdrawals.askedRao.toString()).toBe("30");
    holdings.withdrawRecorded(0, START, 1_000, "withdraw");
    expect(world.flowTotals.rejections.nothing_held).toBe(1);
    expect(held(0)).toEqual([0, 0]);
  });
});

describe("positions with an account", () => {
  const withAccount = (changes: Parameters<typeof configuration>[0] = {}) => {
    const made = worldOf(2, changes);
    const account = made.world.accounts.open("ann");
    made.holdings.giveAccount(0, account);
    const alpha = made.world.accounts.alpha(7);
    return { ...made, balance: (of = account) => made.world.accounts.balanceRao(alpha, of), account, alpha };
  };

  it("hold in it what they own, and what they are slashed of goes to another", () => {
    const { holdings, balance, told, world } = withAccount();
    holdings.depositActed(0, START, 100);
    holdings.depositRecorded(1, START, 40);
    holdings.pay(0, START, 11, 11, VALIDATOR, -1);
    expect([balance(), balance(OUTSIDE_MARKET), balance(EMISSION)]).toEqual([111, -100, -11]);
    holdings.slash(0, START, 30, TREASURY);
    holdings.slash(1, START, 4, TREASURY);
    expect([balance(), balance(TREASURY), balance(OUTSIDE_MARKET)]).toEqual([81, 34, -104]);
    holdings.move({ timeMs: START, action: "transferred", from: 0, to: 1, sentRao: 80, arrivedRao: 80, paired: false });
    expect(balance()).toBe(1);
    expect(told.filter(({ account }) => account === TREASURY).map(({ amountRao }) => amountRao)).toEqual([30, 4]);
    checkConservation(world);
  });

  it("are paid there what is awarded, before the instalments are due", () => {
    const schedules = { durationMs: 2 * DAY, intervalMs: DAY, minVestingAmountRao: 0 };
    const { holdings, balance, held, world } = withAccount({ schedules });
    holdings.pay(0, START, 9, 9, MINER, -1);
    expect([balance(), held(0)[0]]).toEqual([9, 0]);
    checkConservation(world);
    for (const { schedule, dueMs, amountRao } of world.schedules?.takeDue(START + DAY) ?? []) {
      holdings.payInstalment(schedule.position, dueMs, amountRao);
    }
    expect([balance(), held(0)[0]]).toEqual([9, 9]);
    checkConservation(world);
  });

  it("are seen where the two differ", () => {
    const { holdings, world, account, alpha } = withAccount();
    holdings.depositActed(0, START, 100);
    checkAccounts(world);
    world.accounts.transfer(alpha, account, ACCOUNT.BURN, 1);
    expect(() => checkAccounts(world)).toThrow("position 7/hotkey 0/owner 0 is owed 100 rao and its account holds 99");
  });
});

const POSITIONS = 4;
const position = fc.integer({ min: 0, max: POSITIONS - 1 });
const amount = fc.integer({ min: 0, max: 1_000 });
const change = fc.record({
  verb: fc.constantFrom(
    "depositRecorded",
    "depositActed",
    "withdrawRecorded",
    "withdrawActed",
    "slash",
    "pay",
    "move",
    "rekey",
    "startAnew",
  ),
  position,
  to: position,
  amount,
  arrived: amount,
});

it("whatever happens, rows, sums, listeners, accounts and what is held agree", () => {
  fc.assert(
    fc.property(
      fc.array(change, { maxLength: 60 }),
      fc.constantFrom("replay", "redistribute"),
      fc.constantFrom("same_tranches", "proportional", "absolute"),
      (changes, mode, withdrawals) => {
        const { world, holdings, told, held } = worldOf(POSITIONS, { audit: true, emission: { mode, withdrawals } as never });
        for (const one of [0, 1]) holdings.giveAccount(one, world.accounts.open(`account ${one}`));
        let timeMs = START;
        const paid = Array.from({ length: POSITIONS }, () => 0);
        let rowsOfNobody = 0;
        for (const { verb, position, to, amount, arrived } of changes) {
          timeMs += 1_000;
          if (verb === "depositRecorded" || verb === "depositActed" || verb === "withdrawActed") holdings[verb](position, timeMs, amount);
          else if (verb === "withdrawRecorded") holdings.withdrawRecorded(position, timeMs, amount, "withdraw");
          else if (verb === "slash") holdings.slash(position, timeMs, amount, TREASURY);
          else if (verb === "startAnew") holdings.startAnew(position, timeMs);
          else if (verb === "move")
            holdings.move({ timeMs, action: "moved", from: position, to, sentRao: amount, arrivedRao: arrived, paired: false });
          else if (verb === "rekey") {
            if (position === to) continue;
            // A position that is re-keyed empty has a row on both sides, of which nobody is told.
            if (held(position)[0] === 0 && world.book.everHeld(position)) rowsOfNobody += 2;
            holdings.rekey(position, to, timeMs);
          } else {
            holdings.pay(position, timeMs, amount, arrived, VALIDATOR, -1);
            paid[position] += arrived;
            if (arrived > 0) rowsOfNobody += 1;
          }
          checkConservation(world);
        }
        // A model that knows only what listeners are told, and what is paid.
        const owned = [...paid];
        const sums: Record<string, number> = { inflow: 0, outflow: 0, from_outside: 0, moved_in: 0, moved_out: 0 };
        for (const { position, flow, amountRao } of told) {
          sums[flow] += amountRao;
          owned[position] += flow === "outflow" || flow === "moved_out" ? -amountRao : amountRao;
        }
        const { flowTotals, outputs, book } = world;
        expect(owned.map((_, one) => held(one)[0])).toEqual(owned);
        expect([flowTotals.inflowRao, flowTotals.outflowRao, flowTotals.fromOutsideRao].map(String)).toEqual(
          [sums.inflow, sums.outflow, sums.from_outside].map(String),
        );
        expect(sums.moved_in).toBe(sums.moved_out);
        expect(book.emissionRao.toString()).toBe(String(paid.reduce((sum, one) => sum + one, 0)));
        expect(outputs.tables.flows?.rows).toBe(told.length + rowsOfNobody);
      },
    ),
    { numRuns: cases(100, 300) },
  );
});
