import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { importRun } from "../../../recorders/importers/index.js";
import { runScenario } from "../../../recorders/run/run.js";
import { configuration, DAY, type MemoryStream, pay, type Row, START, stake } from "../../engine/in-memory.js";
import { useFolders } from "../results/sample-batches.js";
import { balancesOf, holdingsOf, recordStreams, rewardsOf, scenarioOf, tableOf } from "./any-recorded-run.js";

const folder = useFolders();
const quiet = { duckdb: false } as const;

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
    const dir = await folder();
    await recordStreams(join(dir, "source"), [...streams, { kind: "epoch_marks", rows: [{ time_ms: START + 20 * DAY, netuid: 1 }] }]);
    const config = configuration({ endMs: START + 30 * DAY, vesting: { keyScope: "coldkey_even", retentionBasis: "all_stake" } });
    const [run, again] = [join(dir, "run"), join(dir, "again")];
    await runScenario(scenarioOf(config, "source", {}), { out: run, data: dir, ...quiet });
    await importRun(run, { out: join(dir, "imported") });
    await runScenario(scenarioOf(config, "imported", {}), { out: again, data: dir, ...quiet });
    const seatsOf = async (one: string) => {
      const positions = await tableOf(one, "positions");
      return (await tableOf(one, "registrations")).map(({ time_ms, uid, change, position }) => {
        const { hotkey, coldkey } = positions[Number(position)];
        return [(Number(time_ms) - START) / DAY, uid, change, hotkey, coldkey];
      });
    };
    const seats = await seatsOf(run);
    expect(seats).toContainEqual([streams.length === 3 ? 3 : 2, 1, "registered", "h1", "c0"]);
    expect(await seatsOf(again)).toEqual(seats);
    const holdings = await holdingsOf(run);
    // Half of the 4,000 rao each, of which the other seat was paid nothing.
    expect(holdings.get(`${START + 20 * DAY} 1 h1 c0`)).toMatchObject({ stake_rao: 2_000 });
    for (const [key, measured] of await holdingsOf(again)) expect([key, measured]).toEqual([key, holdings.get(key)]);
    expect(await balancesOf(again)).toEqual(await balancesOf(run));
    expect(await rewardsOf(again)).toEqual(await rewardsOf(run));
  });
});
