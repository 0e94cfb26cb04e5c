import fc from "fast-check";
import { type SimulationConfiguration, WITHDRAWAL_ORDERS } from "../../../engine/index.js";
import { configuration, DAY, type MemoryStream, type Row, START } from "../../engine/in-memory.js";

/** Amounts are whole coins, so that a move of what a position holds, to the rao, is met often. */
const COIN = 100_000_000;
const SLOT = DAY / 4;
const DAYS = 6;

const slot = fc.integer({ min: 1, max: DAYS * 4 });
const key = fc.record({ netuid: fc.constantFrom(1, 1, 2), hotkey: fc.nat(3), coldkey: fc.nat(2) });
const to = fc.record({ hotkey: fc.nat(3), coldkey: fc.nat(2) });
const coins = fc.oneof(fc.constantFrom(1, 2, 3), fc.integer({ min: 1, max: 40 }));

const paid = fc.record({
  slot: fc.oneof(
    slot,
    fc.integer({ min: 1, max: DAYS }).map((day) => day * 4),
  ),
  key,
  coins,
  role: fc.constantFrom("miner", "miner", "miner", "validator", "owner"),
});
const done = fc.record({
  slot,
  key,
  to,
  coins,
  arrives: fc.oneof(
    fc.constant(0),
    fc.integer({ min: -12, max: 12 }),
    fc.integer({ min: -5, max: 20 }).map((more) => more * COIN),
  ),
  everywhere: fc.boolean(),
  action: fc.constantFrom(
    ...["added", "removed", "slashed", "moved", "moved", "transferred", "transferred", "swapped"],
    ...["hotkey_swapped", "hotkey_swapped", "coldkey_swapped"],
  ),
});

type Done = typeof done extends fc.Arbitrary<infer T> ? T : never;

/** How much of its place in the chain a row tells: two rows an extrinsic, or nothing. */
const places = fc.constantFrom<(index: number) => Row>(
  (index) => ({ extrinsic: index >> 1, event: index }),
  (index) => ({ extrinsic: index, event: index }),
  () => ({}),
);

function stakeRow({ slot: at, key: of, to: other, coins: count, arrives, everywhere, action }: Done): Row {
  const rao = count * COIN;
  const row = { time_ms: START + at * SLOT, action, netuid: of.netuid, hotkey: `h${of.hotkey}`, coldkey: `c${of.coldkey}` };
  const swap = everywhere ? { ...row, netuid: -1 } : row;
  const amounts = { amount_rao: rao, to_amount_rao: Math.max(0, rao + arrives) };
  switch (action) {
    case "moved":
      return { ...row, ...amounts, to_hotkey: `h${other.hotkey}` };
    case "transferred":
      return { ...row, ...amounts, to_coldkey: `c${other.coldkey}`, ...(everywhere ? { to_hotkey: `h${other.hotkey}` } : {}) };
    case "swapped":
      return { ...row, amount_rao: rao, to_netuid: 3 - of.netuid, to_amount_rao: Math.ceil(rao / 3) };
    case "hotkey_swapped":
      return { ...swap, amount_rao: 0, to_hotkey: `h${other.hotkey}` };
    case "coldkey_swapped":
      return { ...swap, amount_rao: 0, to_coldkey: `c${other.coldkey}` };
    default:
      return { ...row, amount_rao: rao };
  }
}

export interface ToldWorld {
  readonly config: SimulationConfiguration;
  readonly streams: readonly MemoryStream[];
}

/**
 * A few days of a few positions on two subnets, of which nothing is too odd to be told: pay of all roles at the ends of days and
 * inside, transfers and moves of more than is held, swaps of keys of the seated and the unseated.
 */
export const toldWorld: fc.Arbitrary<ToldWorld> = fc
  .record({
    pay: fc.array(paid, { minLength: 3, maxLength: 25 }),
    stake: fc.array(done, { minLength: 3, maxLength: 25 }),
    place: places,
    epochs: fc.constantFrom("emission" as const, "tempo" as const, "marks" as const),
    ledger: fc.record({
      withdrawalOrder: fc.constantFrom(...WITHDRAWAL_ORDERS.filter((order) => order !== "pro_rata")),
      moves: fc.constantFrom("neutral_within_subnet" as const, "neutral_within_subnet" as const, "strict" as const),
      onInvalid: fc.constantFrom("clamp" as const, "clamp" as const, "record" as const),
      pairMoves: fc.boolean(),
      ownerGroups: fc.constantFrom([], [["c0", "c1"]]),
    }),
    basis: fc.constantFrom("emissions" as const, "all_stake" as const),
  })
  .map(({ pay, stake, place, epochs, ledger, basis }) => {
    const inOrder = <T extends { readonly slot: number }>(rows: readonly T[]): readonly T[] => [...rows].sort((a, b) => a.slot - b.slot);
    const emission = inOrder(pay).map(({ slot: at, key: of, coins: count, role }) => ({
      ...{ time_ms: START + at * SLOT, netuid: of.netuid, hotkey: `h${of.hotkey}`, coldkey: `c${of.coldkey}` },
      ...{ role, amount_rao: count * COIN },
    }));
    const marks = [1, 2].flatMap((netuid) => Array.from({ length: DAYS }, (_, day) => ({ time_ms: START + (day + 1) * DAY, netuid })));
    const streams: MemoryStream[] = [
      { kind: "emission", rows: emission },
      { kind: "stake", rows: inOrder(stake).map((one, index) => ({ ...stakeRow(one), ...place(index) })) },
    ];
    if (epochs === "marks") streams.push({ kind: "epoch_marks", rows: marks.sort((a, b) => a.time_ms - b.time_ms) });
    const config = configuration({
      ledger,
      vesting: { retentionBasis: basis },
      epochs: epochs === "tempo" ? "tempo" : "emission",
      endMs: START + DAYS * DAY + SLOT,
      subnetDefaults: { tempoBlocks: 7_200, capacity: 20, immunityMs: DAY },
    });
    return { config, streams };
  });
