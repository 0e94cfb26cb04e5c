import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { importRun } from "../../../recorders/importers/index.js";
import { runScenario } from "../../../recorders/run/run.js";
import { configuration, DAY, type MemoryStream, pay, type Row, START, stake } from "../../engine/in-memory.js";
import { useFolders } from "../results/sample-batches.js";
import { balancesOf, holdingsOf, recordStreams, rewardsOf, scenarioOf, tableOf } from "./any-recorded-run.js";

const folder = useFolders();
const quiet = { duckdb: false } as const;

/** A run of some streams and the run of its recording, and the seats of both by days from the start. */
async function toldAgain(streams: readonly MemoryStream[]) {
  const dir = await folder();
  await recordStreams(join(dir, "source"), [...streams, { kind: "epoch_marks", rows: [{ time_ms: START + 20 * DAY, netuid: 1 }] }]);
  const config = configuration({ endMs: START + 30 * DAY, vesting: { keyScope: "coldkey_even", retentionBasis: "all_stake" } });
  const [run, again] = [join(dir, "run"), join(dir, "again")];
  await runScenario(scenarioOf(config, "source", {}), { out: run, data: dir, ...quiet });
  await importRun(run, { out: join(dir, "imported") });
  await runScenario(scenarioOf(config, "imported", {}), { out: again, data: dir, ...quiet });
  const holdings = await holdingsOf(run);
  for (const [key, measured] of await holdingsOf(again)) expect([key, measured]).toEqual([key, holdings.get(key)]);
  expect(await balancesOf(again)).toEqual(await balancesOf(run));
  expect(await rewardsOf(again)).toEqual(await rewardsOf(run));
  const stakeOf = (key: string) => holdings.get(`${START + 20 * DAY} 1 ${key}`)?.stake_rao;
  return { seats: await seatsOf(run), again: await seatsOf(again), stakeOf };
}

async function seatsOf(run: string) {
  const positions = await tableOf(run, "positions");
  return (await tableOf(run, "registrations")).map(({ time_ms, uid, change, position }) => {
    const { hotkey, coldkey } = positions[Number(position)];
    return [(Number(time_ms) - START) / DAY, uid, change, hotkey, coldkey];
  });
}

const seat = (day: number, hotkey: string, coldkey: string, uid: number, stakeRao: number): Row => ({
  ...{ time_ms: START + day * DAY, netuid: 1, hotkey, coldkey, uid, stake_rao: stakeRao },
});
const row = (day: number, action: string, hotkey: string, coldkey: string, uid: number): Row => ({
  ...{ time_ms: START + day * DAY, netuid: 1, action, hotkey, coldkey, uid, extrinsic: 9, event: 9 },
});
const paid = (day: number, hotkey: string, amountRao: number) => ({
  ...pay(START + day * DAY, hotkey, amountRao, { uid: -1 }),
  coldkey: "c0",
});

/** Of who sits and is seated on the same uid again, by another owner. */
const WORLDS: readonly [string, readonly MemoryStream[]][] = [
  [
    "a metagraph, after a swap of coldkeys",
    [
      { kind: "emission", rows: [paid(10, "h0", 4_000)] },
      { kind: "stake", rows: [stake(START + 2 * DAY, "coldkey_swapped", "h1", 0, { coldkey: "c0", to_coldkey: "c4" })] },
      { kind: "metagraph", rows: [seat(1, "h1", "c0", 1, 900), seat(3, "h1", "c0", 1, 800), seat(11, "h0", "c0", 0, 62)] },
    ],
  ],
  [
    "a registry",
    [
      { kind: "emission", rows: [paid(10, "h0", 4_000)] },
      {
        kind: "registry",
        rows: [row(1, "registered", "h1", "c9", 1), row(2, "registered", "h1", "c0", -1), row(3, "registered", "h0", "c0", 0)],
      },
    ],
  ],
];

describe("a seat whose owner is told anew", () => {
  it.each(WORLDS)("is told again, by %s: the stake of its owner is shared by its seats", async (_, streams) => {
    const { seats, again, stakeOf } = await toldAgain(streams);
    expect(seats).toContainEqual([streams.length === 3 ? 3 : 2, 1, "registered", "h1", "c0"]);
    expect(again).toEqual(seats);
    // Half of the 4,000 rao each, of which the other seat was paid nothing.
    expect(stakeOf("h1 c0")).toBe(2_000);
  });
});

describe("a seat that is taken at the instant of a swap of keys, after it", () => {
  const own = (hotkey: string, amountRao: number, event: number) =>
    stake(START + DAY, "added", hotkey, amountRao, { coldkey: "c0", extrinsic: 0, event });
  const world = (swap: Row): MemoryStream[] => [
    { kind: "emission", rows: [{ ...pay(START + 10 * DAY, "x", 1), coldkey: "x" }] },
    { kind: "stake", rows: [own("h0", 900, 0), own("h1", 100, 1), swap] },
    {
      kind: "registry",
      rows: [
        row(2, "registered", "h0", "c0", 0),
        row(3, "registered", "h1", "c0", 1),
        { ...row(5, "registered", "h0", "c0", 2), extrinsic: 7 },
      ],
    },
  ];
  const swap = (action: string, to: Row) => stake(START + 5 * DAY, action, "h0", 0, { ...to, coldkey: "c0", extrinsic: 2, event: 0 });

  it("stays with its hotkey where that was swapped: three seats share the stake of their owner", async () => {
    const { seats, again, stakeOf } = await toldAgain(world(swap("hotkey_swapped", { to_hotkey: "h3" })));
    expect(seats.slice(2, 4)).toEqual([
      [5, 0, "ownership", "h3", "c0"],
      [5, 2, "registered", "h0", "c0"],
    ]);
    expect(again).toEqual(seats);
    expect(["h0", "h1", "h3"].map((hotkey) => stakeOf(`${hotkey} c0`))).toEqual([333, 333, 333]);
  });

  it("stays with its owner where that was swapped", async () => {
    const { seats, again, stakeOf } = await toldAgain(world(swap("coldkey_swapped", { to_coldkey: "c3" })));
    expect(seats.slice(2, 6)).toEqual([
      [5, 0, "ownership", "h0", "c3"],
      [5, 1, "ownership", "h1", "c3"],
      [5, 0, "deregistered", "h0", "c3"],
      [5, 2, "registered", "h0", "c0"],
    ]);
    expect(again).toEqual(seats);
    // The one seat that its owner has now is that of all 1,000 rao; the swapped hotkey, unseated, has its own.
    expect([stakeOf("h1 c3"), stakeOf("h0 c3")]).toEqual([1_000, 900]);
  });
});
