import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AddressBook, END_OF_BLOCK, STAKE_ACTIONS, TenureError } from "../../../engine/index.js";
import { importRun } from "../../../recorders/importers/index.js";
import { placed } from "../../../recorders/importers/run/event-order.js";
import { runScenario } from "../../../recorders/run/run.js";
import { openRecording } from "../../../recorders/streams/index.js";
import { loadScenario, parseScenario } from "../../../scenarios/index.js";
import { AT_ONCE, cases } from "../../cases.js";
import { anyRun } from "../../engine/any-run.js";
import { configuration, DAY, type MemoryStream, pay, START, stake } from "../../engine/in-memory.js";
import { editRun } from "../results/edited-run.js";
import { useFolders } from "../results/sample-batches.js";
import { balancesOf, holdingsOf, isUntold, recordStreams, rewardsOf, scenarioOf, tableOf, tranchesOf } from "./any-recorded-run.js";

const folder = useFolders();
const quiet = { duckdb: false } as const;

/** Another rule than the demo's own. */
const B = ["vesting.max_multiplier=3", "vesting.retention_target=0.5", "vesting.retention_window_days=10"];

const overDemo = (more: string): string => `
name: over-demo
time: { start: 2025-01-01T00:00:00Z, days: 30 }
subnet: { netuid: 30 }
streams: [{ recorded: demo }]
record: { tables: all }
${more}
`;

describe("import run", () => {
  it("tells thirty days of the demo so that their replay is the run again, and a rule undone and another applied is that other", async () => {
    const dir = await folder();
    const underA = await runScenario(loadScenario("demo", { sets: ["time.days=30"] }), { out: join(dir, "a"), ...quiet });
    const report = await importRun(underA.dir, { out: join(dir, "recordings", "demo") });
    expect(report.manifest).toMatchObject({
      coverage: "subnet",
      source: { importer: "run", options: { run_digest: underA.manifest.digest } },
    });
    expect(Object.keys(report.manifest.streams)).toEqual(["stake", "emission", "registry", "epoch_marks"]);
    expect(report.manifest.figures).toMatchObject({ paid_rows: 64 * 600, registry_rows: 64, mark_rows: 600, epochs: 600 });
    const data = join(dir, "recordings");

    const replay = await runScenario(parseScenario(overDemo("emission: replay"), "replay.yaml"), {
      out: join(dir, "replay"),
      data,
      ...quiet,
    });
    for (const table of ["epochs", "holdings", "tranches", "exits", "flows", "registrations", "coldkeys", "rejections"] as const) {
      expect(replay.manifest.tables[table]?.sha256, table).toBe(underA.manifest.tables[table]?.sha256);
    }
    const paid = async (run: string) =>
      (await tableOf(join(dir, run), "rewards")).map((row) => [row.epoch, row.position, row.role, row.paid_rao]);
    expect(await paid("replay")).toEqual(await paid("a"));
    expect(await balancesOf(join(dir, "replay"))).toEqual(await balancesOf(join(dir, "a")));

    const rule = "{ max_multiplier: 3, retention_target: 0.5, retention_window_days: 10 }";
    const undo = overDemo(`vesting: ${rule}\nemission: { mode: redistribute, recorded_rule: { max_multiplier: 1.5 } }`);
    await runScenario(parseScenario(undo, "undo.yaml"), { out: join(dir, "undo"), data, ...quiet });
    await runScenario(loadScenario("demo", { sets: ["time.days=30", ...B] }), { out: join(dir, "b"), ...quiet });
    const totals = async (run: string) => (await tableOf(join(dir, run), "positions")).map((row) => BigInt(row.paid_rao));
    const [undone, direct, before] = await Promise.all(["undo", "b", "a"].map(totals));
    const off = (of: readonly bigint[]) => of.reduce((most, rao, i) => Math.max(most, Math.abs(Number(rao - direct[i]))), 0);
    // test/engine/recorded-rule.test.ts derives the bound of an epoch: at most r (b / a + x sum b / a) + 2 rao, where here
    // r <= 1.5, b / a <= 3 and x sum b / a <= 64 * 3 x with x, a miner's share of the pot, below 0.06. So 25 rao an epoch, if all
    // roundings were to one side; they are not, and cancel to some tens over 600 epochs.
    expect(off(undone)).toBeLessThan(100);
    expect(off(before)).toBeGreaterThan(1e11);
  });

  it("replayed, holds and pays what any run did, whatever happened in it", async () => {
    const dir = await folder();
    let number = 0;
    let compared = 0;
    let sharedAnew = 0;
    let sharedByClock = 0;
    let sharedByMarks = 0;
    await fc.assert(
      fc.asyncProperty(
        anyRun.filter(({ config }) => config.schedules === null && config.snapshots === "auto" && config.ledger.onInvalid !== "stop"),
        anyMarks,
        fc.constantFrom([], [["c0", "c1"]], [["c1", "c2", "c3"]]),
        async ({ config: drawn, streams }, marks, ownerGroups) => {
          const config = { ...drawn, ledger: { ...drawn.ledger, ownerGroups } };
          // Pro rata parts rounded tranche by tranche are not those of a withdrawal of their sum.
          const shared = config.emission.mode === "redistribute";
          fc.pre(!shared || config.ledger.withdrawalOrder !== "pro_rata");
          const [data, out, again] = ["data", "run", "replay"].map((name) => join(dir, `${name}-${number}`));
          number += 1;
          await recordStreams(join(data, "source"), [...streams, ...marks]);
          const record = { tables: ["rewards", "flows", "exits", "rejections", "registrations", "holdings", "tranches"] };
          await runScenario(scenarioOf(config, "source", { record }), { out, data, ...quiet });
          fc.pre(config.vesting.keyScope !== "coldkey_even" || !(await seatsAreUntold(out)));
          const imported = await importRun(out, { out: join(data, "imported") }).catch((error: unknown) => {
            if (error instanceof TenureError && error.code === "TEN-IMPORT-054") return null;
            throw error;
          });
          // What a position that holds nothing hands on no stream can say.
          fc.pre(imported !== null && !imported.warnings.some((warning) => warning.includes("handed on what they had received")));
          const before = await holdingsOf(out);
          // A run by the clock has its epochs marked, too.
          for (const epochs of new Set([config.epochs, "emission"])) {
            const to = `${again}-${epochs}`;
            await runScenario(scenarioOf(config, "imported", { record, epochs, emission: "replay" }), { out: to, data, ...quiet });
            expect(await balancesOf(to)).toEqual(await balancesOf(out));
            // A clock counts for subnets that anything is told of but their marks.
            const met = new Set((await tableOf(to, "positions")).map(({ netuid }) => netuid));
            const ofMet = ([netuid]: Awaited<ReturnType<typeof epochsOf>>[number]) => epochs === "emission" || met.has(netuid);
            expect((await epochsOf(to)).filter(ofMet)).toEqual((await epochsOf(out)).filter(ofMet));
            const after = await holdingsOf(to);
            for (const [key, measured] of after) expect([key, measured]).toEqual([key, before.get(key)]);
            expect(await tranchesOf(to)).toEqual(await tranchesOf(out));
            if (epochs === "emission") expect(await rewardsOf(to)).toEqual(await rewardsOf(out));
            compared += after.size;
          }
          // A recording of a replay is another form of what the run read: a rule that shares pots anew finds the same in both.
          const weighs = streams.some(({ kind }) => kind === "weights");
          if (!shared && !weighs) {
            for (const withdrawals of ["same_tranches", "proportional", "absolute"]) {
              const emission = { mode: "redistribute", withdrawals, outside: { miner_pot_alpha_per_block: 0.001 } };
              const [direct, told] = ["source", "imported"].map((recorded) => [recorded, `${again}-${withdrawals}-${recorded}`]);
              for (const [recorded, to] of [direct, told]) {
                await runScenario(scenarioOf(config, recorded, { record, emission }), { out: to, data, ...quiet });
              }
              if (await isUntold(imported.warnings, { direct: direct[1], origin: out, streams })) continue;
              expect([withdrawals, await balancesOf(told[1])]).toEqual([withdrawals, await balancesOf(direct[1])]);
              expect(await rewardsOf(told[1])).toEqual(await rewardsOf(direct[1]));
            }
            sharedAnew += 1;
          }
          // What is held back is booked at the end of its epoch, and told there: its replay is of the epoch that ends, to the rao.
          if (shared && config.epochs === "tempo") sharedByClock += 1;
          else if (shared && marks.length > 0) sharedByMarks += 1;
        },
      ),
      { numRuns: cases(14, 80), ...AT_ONCE },
    );
    expect(compared).toBeGreaterThan(30);
    // Of few cases none may be of the kind.
    for (const met of [sharedAnew, sharedByClock, sharedByMarks]) expect(met).toBeGreaterThan(cases(-1, 0));
  });

  it("tells what epochs by the clock shared anew where it was booked, and who was seated by its pay by that pay", async () => {
    const dir = await folder();
    const hour = 3_600_000;
    const paid = (timeMs: number, name: string, amountRao: number) => ({ ...pay(timeMs, name, amountRao, { uid: -1 }), coldkey: "owner" });
    const rows = [
      paid(START, "a", 1_000),
      ...[1, 200, 300].flatMap((at) => [paid(START + at * hour, "a", 900), paid(START + at * hour, "b", 100)]),
    ];
    const seat = { time_ms: START + hour, netuid: 1, hotkey: "late", coldkey: "owner", action: "registered", extrinsic: 9, event: 0 };
    await recordStreams(join(dir, "source"), [
      { kind: "emission", rows },
      { kind: "stake", rows: [stake(START + 130 * hour, "removed", "a", 333, { coldkey: "owner" })] },
      { kind: "registry", rows: [seat] },
    ]);
    const config = configuration({
      epochs: "tempo",
      endMs: START + 20 * DAY,
      subnetDefaults: { tempoBlocks: 36_000, capacity: 3, immunityMs: DAY },
      vesting: { keyScope: "coldkey_even" },
      emission: { mode: "redistribute" },
    });
    await runScenario(scenarioOf(config, "source", {}), { out: join(dir, "run"), data: dir, ...quiet });
    await importRun(join(dir, "run"), { out: join(dir, "imported") });
    await runScenario(scenarioOf(config, "imported", { emission: "replay" }), { out: join(dir, "again"), data: dir, ...quiet });
    // Three seats share the pool's stake evenly: that of the registry and those of who is paid and has no registration.
    expect(await holdingsOf(join(dir, "again"))).toEqual(await holdingsOf(join(dir, "run")));
    expect(await balancesOf(join(dir, "again"))).toEqual(await balancesOf(join(dir, "run")));
    // Positions are numbered as they are met, and in the replay a registration is met first.
    const paidAt = (one: string) => tableOf(join(dir, one), "rewards").then((all) => all.map((row) => [row.epoch, row.paid_rao]));
    expect(await paidAt("again")).toEqual(await paidAt("run"));
  });

  it("tells epochs that ended at marks: one that paid nobody, pay inside of others, and pay of one that never ended", async () => {
    const dir = await folder();
    const hour = 3_600_000;
    const paid = (at: number, name: string, amountRao: number, role = "miner") =>
      pay(START + at * hour, name, amountRao, { role, block: at * 300 });
    const mark = (at: number, block = -1) => ({ time_ms: START + at * hour, block, netuid: 1 });
    await recordStreams(join(dir, "source"), [
      {
        kind: "emission",
        rows: [
          paid(1, "v", 900, "validator"),
          paid(2, "a", 10, "owner"),
          paid(2, "a", 500),
          paid(5, "v", 70, "validator"),
          paid(5, "a", 30),
          paid(9, "v", 40, "validator"),
        ],
      },
      { kind: "stake", rows: [stake(START + 4 * hour, "removed", "a", 200, { block: 1_200 })] },
      { kind: "epoch_marks", rows: [mark(2), mark(3), mark(4), mark(6, 1_800)] },
    ]);
    const config = configuration({ endMs: START + DAY });
    const dirs = ["run", "again"].map((name) => join(dir, name));
    const { manifest } = await runScenario(scenarioOf(config, "source", {}), { out: dirs[0], data: dir, ...quiet });
    const report = await importRun(dirs[0], { out: join(dir, "imported") });
    expect(report.manifest.figures).toMatchObject({ epochs: 4, mark_rows: 4, paid_rows: 6, paid_rao: "1550" });
    const replay = await runScenario(scenarioOf(config, "imported", {}), { out: dirs[1], data: dir, ...quiet });
    for (const table of ["epochs", "rewards", "holdings", "tranches", "flows", "positions"] as const) {
      expect(replay.manifest.tables[table]?.sha256, table).toBe(manifest.tables[table]?.sha256);
    }
    expect((await tableOf(dirs[1], "epochs")).map(({ end_ms, paid_rao }) => [(Number(end_ms) - START) / hour, paid_rao])).toEqual([
      [2, 1_410],
      [3, 0],
      [4, 0],
      [6, 100],
    ]);
    // A block is that of the rows of the instant, pay or stake.
    expect(await marksOf(join(dir, "imported"))).toEqual([
      [2, 600],
      [3, -1],
      [4, 1_200],
      [6, -1],
    ]);
  });

  it("says of which subnets no epoch ended: they have no marks, and their pay ends epochs", async () => {
    const dir = await folder();
    const rows = [pay(START + DAY, "a", 700), pay(START + DAY, "b", 300, { netuid: 2 })];
    await recordStreams(join(dir, "source"), [{ kind: "emission", rows }]);
    const marks = [{ time_ms: START + 2 * DAY, netuid: 2 }];
    await recordStreams(join(dir, "marks"), [{ kind: "epoch_marks", rows: marks }]);
    const config = configuration({
      epochs: "tempo",
      endMs: START + 3 * DAY,
      subnetDefaults: { tempoBlocks: 50_000, capacity: 3, immunityMs: 0 },
    });
    await runScenario(scenarioOf(config, "source", {}), { out: join(dir, "run"), data: dir, ...quiet });
    const note = (netuid: number) =>
      `No epoch of subnet ${netuid} ended in the run, so none is marked: in a replay its pay ends epochs, unless epochs: tempo is set there.`;
    const partial = "The run holds part of a subnet, so the recording does.";
    expect((await importRun(join(dir, "run"), { out: join(dir, "imported"), coverage: "subnet" })).warnings).toEqual([note(1), note(2)]);
    const marked = scenarioOf({ ...config, epochs: "emission" }, "source", { streams: [{ recorded: "source" }, { recorded: "marks" }] });
    await runScenario(marked, { out: join(dir, "run"), data: dir, ...quiet });
    expect((await importRun(join(dir, "run"), { out: join(dir, "imported") })).warnings.filter((one) => one !== partial)).toEqual([]);
    expect(await marksOf(join(dir, "imported"))).toEqual([
      [24, -1],
      [48, -1],
    ]);
  });

  it("tells pay inside an epoch that a swap of keys took along before it ended", async () => {
    const dir = await folder();
    const hour = 3_600_000;
    await recordStreams(join(dir, "source"), [
      {
        kind: "emission",
        rows: [pay(START + hour, "old", 700, { role: "validator" }), pay(START + 4 * hour, "new", 50, { role: "validator" })],
      },
      { kind: "stake", rows: [stake(START + hour, "hotkey_swapped", "old", 0, { to_hotkey: "new" })] },
    ]);
    const config = configuration({
      epochs: "tempo",
      endMs: START + DAY,
      subnetDefaults: { tempoBlocks: 600, capacity: 3, immunityMs: 0 },
    });
    await runScenario(scenarioOf(config, "source", {}), { out: join(dir, "run"), data: dir, ...quiet });
    await importRun(join(dir, "run"), { out: join(dir, "imported") });
    await runScenario(scenarioOf(config, "imported", {}), { out: join(dir, "again"), data: dir, ...quiet });
    const paid = (one: string) => tableOf(join(dir, one), "rewards").then((all) => all.map((row) => [row.epoch, row.role, row.paid_rao]));
    expect(await paid("again")).toEqual(await paid("run"));
    expect(await balancesOf(join(dir, "again"))).toEqual(await balancesOf(join(dir, "run")));
  });

  it("tells who was paid without a seat, having lost one before the recording began", async () => {
    const dir = await folder();
    const own = (timeMs: number, name: string) => ({ ...pay(timeMs, name, 1_000, { uid: -1 }), coldkey: "owner" });
    const left = { time_ms: START + DAY, netuid: 1, hotkey: "gone", coldkey: "owner", action: "deregistered", extrinsic: 9, event: 0 };
    await recordStreams(join(dir, "source"), [
      { kind: "emission", rows: [2, 3, 4].flatMap((day) => [own(START + day * DAY, "gone"), own(START + day * DAY, "sits")]) },
      { kind: "registry", rows: [left] },
    ]);
    const config = configuration({ endMs: START + 5 * DAY, vesting: { keyScope: "coldkey_even" } });
    await runScenario(scenarioOf(config, "source", {}), { out: join(dir, "run"), data: dir, ...quiet });
    await importRun(join(dir, "run"), { out: join(dir, "imported") });
    await runScenario(scenarioOf(config, "imported", {}), { out: join(dir, "again"), data: dir, ...quiet });
    const before = await holdingsOf(join(dir, "run"));
    // One seat has the stake of both; who left has its own.
    expect(
      [...before.values()]
        .slice(-2)
        .map(({ stake_rao }) => stake_rao)
        .sort(),
    ).toEqual([2_000, 4_000]);
    expect(await holdingsOf(join(dir, "again"))).toEqual(before);
  });

  it.each(["hotkey_swapped", "coldkey_swapped"] as const)(
    "tells a %s of a strict ledger as one: a move would end its history",
    async (action) => {
      const dir = await folder();
      const to = action === "hotkey_swapped" ? { to_hotkey: "z" } : { to_coldkey: "b-owner" };
      const rows = [
        stake(START + DAY + 1, "moved", "a", 400, { extrinsic: 1, event: 1, to_hotkey: "a" }),
        stake(START + 2 * DAY, action, "a", 0, { extrinsic: 1, event: 1, ...to }),
      ];
      await recordStreams(join(dir, "source"), [
        { kind: "emission", rows: [pay(START + DAY, "a", 1_000), pay(START + 3 * DAY, "b", 1)] },
        { kind: "stake", rows },
      ]);
      const ledger = { moves: "strict", ownerGroups: [["a-owner", "b-owner"]] } as const;
      const config = configuration({ endMs: START + 4 * DAY, ledger });
      const words = { ledger: { moves: "strict", owner_groups: ledger.ownerGroups } };
      await runScenario(scenarioOf(config, "source", words), { out: join(dir, "run"), data: dir, ...quiet });
      await importRun(join(dir, "run"), { out: join(dir, "imported") });
      await runScenario(scenarioOf(config, "imported", words), { out: join(dir, "again"), data: dir, ...quiet });
      // The move onto itself sold 400 and bought them back; the swap took both tranches along.
      expect((await tableOf(join(dir, "run"), "tranches")).map((row) => [row.source, row.received_rao, row.remaining_rao])).toEqual(
        expect.arrayContaining([
          ["emission", 1_000, 600],
          ["manual", 400, 400],
        ]),
      );
      expect(await tableOf(join(dir, "again"), "tranches")).toEqual(await tableOf(join(dir, "run"), "tranches"));
      expect(await holdingsOf(join(dir, "again"))).toEqual(await holdingsOf(join(dir, "run")));
    },
  );

  it("tells moves, transfers, swaps and slashes by what they were, and a swap of keys of emptied positions too", async () => {
    const dir = await folder();
    const at = (hour: number) => START + hour * 3_600_000;
    const keys = (extrinsic: number) => ({ extrinsic, event: 1 });
    const rows = [
      stake(at(1), "added", "a", 1_000, keys(1)),
      stake(at(2), "moved", "a", 300, { ...keys(1), to_hotkey: "b" }),
      stake(at(2), "transferred", "a", 200, { ...keys(2), to_coldkey: "c-owner" }),
      stake(at(3), "swapped", "a", 100, { ...keys(1), to_netuid: 2, to_amount_rao: 55 }),
      stake(at(4), "slashed", "a", 50, keys(1)),
      stake(at(5), "burned", "a", 50, keys(1)),
      stake(at(6), "removed", "a", 300, keys(1)),
      stake(at(7), "hotkey_swapped", "a", 0, { ...keys(1), to_hotkey: "z" }),
      stake(at(8), "coldkey_swapped", "b", 0, { ...keys(1), coldkey: "a-owner", to_coldkey: "new-owner" }),
    ];
    await recordStreams(join(dir, "source"), [{ kind: "stake", rows }]);
    const config = configuration({ endMs: START + DAY });
    await runScenario(scenarioOf(config, "source", {}), { out: join(dir, "run"), data: dir, ...quiet });
    await importRun(join(dir, "run"), { out: join(dir, "imported"), coverage: "subnet" });
    const [first] = (await openRecording(join(dir, "imported"))).streams;
    const found: unknown[] = [];
    for await (const { columns, rows: count } of first.openChunks(new AddressBook())) {
      for (let i = 0; i < count; i++) found.push([STAKE_ACTIONS[columns[4][i] as number], columns[8][i], columns[12][i]]);
    }
    expect(found).toEqual([
      ["added", 1_000, 0],
      ["moved", 300, 0],
      ["transferred", 200, 200],
      ["swapped", 100, 55],
      ["slashed", 50, 0],
      ["burned", 50, 0],
      ["removed", 300, 0],
      ["hotkey_swapped", 0, 0],
      ["coldkey_swapped", 0, 0],
    ]);
    await runScenario(scenarioOf(config, "imported", {}), { out: join(dir, "again"), data: dir, ...quiet });
    expect(await balancesOf(join(dir, "again"))).toEqual(await balancesOf(join(dir, "run")));
  });

  it("keeps roles: a validator's and an owner's pay is theirs again", async () => {
    const dir = await folder();
    const both = [
      pay(START + DAY, "a", 7, { uid: 0, role: "owner" }),
      pay(START + DAY, "a", 5, { uid: 0 }),
      pay(START + DAY, "v", 9, { uid: 1, role: "validator" }),
    ];
    await recordStreams(join(dir, "source"), [{ kind: "emission", rows: both }]);
    const config = configuration({ endMs: START + 2 * DAY });
    await runScenario(scenarioOf(config, "source", {}), { out: join(dir, "run"), data: dir, ...quiet });
    await importRun(join(dir, "run"), { out: join(dir, "imported") });
    await runScenario(scenarioOf(config, "imported", {}), { out: join(dir, "again"), data: dir, ...quiet });
    expect(await tableOf(join(dir, "again"), "rewards")).toEqual(await tableOf(join(dir, "run"), "rewards"));
    expect((await tableOf(join(dir, "again"), "positions")).map(({ uid }) => uid)).toEqual([0, -1]);
  });

  it("makes the same bytes of the same run", async () => {
    const dir = await folder();
    const { dir: run } = await smallRun(dir, {});
    const [one, two] = [await importRun(run, { out: join(dir, "one") }), await importRun(run, { out: join(dir, "two") })];
    expect(one.manifest).toEqual(two.manifest);
  });
});

/** No marks, or ends of epochs at any hours of both subnets, where somebody is paid or not. */
const anyMarks: fc.Arbitrary<MemoryStream[]> = fc
  .option(fc.array(fc.tuple(fc.nat(90 * 24), fc.constantFrom(1, 2)), { maxLength: 30 }))
  .map((marks) => {
    if (marks === null) return [];
    const rows = marks.map(([hour, netuid]) => ({ time_ms: START + hour * 3_600_000, netuid }));
    return [{ kind: "epoch_marks", rows: rows.sort((a, b) => a.time_ms - b.time_ms) }];
  });

/** Hour after the start and block of each epoch mark of a recording. */
async function marksOf(recording: string): Promise<[number, number][]> {
  const stream = (await openRecording(recording)).streams.find(({ kind }) => kind === "epoch_marks");
  const marks: [number, number][] = [];
  for await (const { columns, rows } of stream?.openChunks(new AddressBook()) ?? []) {
    for (let i = 0; i < rows; i++) marks.push([(Number(columns[0][i]) - START) / 3_600_000, Number(columns[1][i])]);
  }
  return marks;
}

/** The epochs of a run, whether they paid or not; what the input says they paid left out. */
async function epochsOf(run: string) {
  const rows = await tableOf(run, "epochs");
  // A subnet that a clock meets late has its first epochs told then.
  const sorted = rows.sort((a, b) => Number(a.end_ms) - Number(b.end_ms) || Number(a.netuid) - Number(b.netuid));
  return sorted.map(({ netuid, epoch, start_ms, end_ms, paid_rao }) => [netuid, epoch, start_ms, end_ms, paid_rao]);
}

/**
 * Was anybody seated because it was recorded to be paid, nobody knows on which uid, and then paid nothing of it in some epoch, or
 * given other keys? The registry stream has no row for a seat without a uid: only pay can say that somebody sits. A run may sit
 * it at the recorded pay and pay it nothing, or (where the clock's epochs share anew) pay it at the end of the epoch, after its
 * keys were swapped; the replay learns of the seat at its first pay, under the keys of then. It matters to `coldkey_even` alone,
 * which divides the stake of a pool by its seats; what is held and paid is the same.
 */
async function seatsAreUntold(run: string): Promise<boolean> {
  const nowhere = (await tableOf(run, "registrations")).filter(({ uid }) => uid === -1);
  const seated = new Set(nowhere.filter(({ change }) => change === "registered").map(({ position }) => position));
  const isUnpaid = (await tableOf(run, "rewards")).some(({ position, paid_rao }) => seated.has(position as number) && paid_rao === 0);
  return isUnpaid || nowhere.some(({ change }) => change !== "registered");
}

const SMALL: readonly MemoryStream[] = [
  { kind: "emission", rows: [1, 2, 3].flatMap((day) => [pay(START + day * DAY, "a", 10), pay(START + day * DAY, "b", 10)]) },
  { kind: "stake", rows: [stake(START + DAY + 1, "removed", "a", 4)] },
];

async function smallRun(dir: string, changes: Readonly<Record<string, unknown>>, streams: readonly MemoryStream[] = SMALL) {
  await recordStreams(join(dir, "source"), streams);
  const config = configuration({ endMs: START + 4 * DAY });
  return runScenario(scenarioOf(config, "source", changes), { out: join(dir, "run"), data: dir, ...quiet });
}

async function refused(run: string, out: string): Promise<TenureError> {
  const error = await importRun(run, { out }).catch((caught: unknown) => caught);
  if (error instanceof TenureError) return error;
  throw error instanceof Error ? error : new Error("it was not refused");
}

describe("import run refuses", () => {
  it("a run that did not record what its miners did, naming the tables and how to run it again", async () => {
    const dir = await folder();
    await smallRun(dir, { record: { tables: ["holdings", "rewards"] } });
    const error = await refused(join(dir, "run"), join(dir, "out"));
    expect(error).toMatchObject({ code: "TEN-IMPORT-050", found: "no flows, exits, registrations" });
    expect(error.hint).toContain("--set record.tables=all");
  });

  it("a run that wrote every tenth epoch", async () => {
    const dir = await folder();
    await smallRun(dir, { record: { tables: "all", every_epochs: 10 } });
    expect(await refused(join(dir, "run"), join(dir, "out"))).toMatchObject({ code: "TEN-IMPORT-051", found: 10, allowed: "1" });
  });

  it("pay in instalments and snapshots that set balances, which no stream can say", async () => {
    const dir = await folder();
    await smallRun(dir, { schedules: {} });
    expect(await refused(join(dir, "run"), join(dir, "out"))).toMatchObject({ code: "TEN-IMPORT-052", found: "schedules" });
    const other = await folder();
    const snapshot = { time_ms: START + DAY + 2, netuid: 1, hotkey: "a", coldkey: "a-owner", uid: 0, stake_rao: 3 };
    await smallRun(other, { snapshots: "force" }, [...SMALL, { kind: "metagraph", rows: [snapshot] }]);
    expect(await refused(join(other, "run"), join(other, "out"))).toMatchObject({ code: "TEN-IMPORT-052", found: "force" });
  });

  it("a position paid for two roles inside an epoch that ends by the clock", async () => {
    const dir = await folder();
    const rows = [pay(START + DAY - 1, "a", 10), pay(START + DAY - 1, "a", 10, { role: "validator" })];
    await smallRun(dir, { epochs: "tempo" }, [{ kind: "emission", rows }]);
    const error = await refused(join(dir, "run"), join(dir, "out"));
    expect(error).toMatchObject({ code: "TEN-IMPORT-054", found: "epochs: tempo" });
    expect(error.hint).toContain("--set epochs=emission");
  });

  it("a position paid for two roles inside an epoch that ends by a mark, saying how to leave the marks out", async () => {
    const dir = await folder();
    const rows = [pay(START + DAY - 1, "a", 10), pay(START + DAY - 1, "a", 10, { role: "validator" })];
    const streams: MemoryStream[] = [
      { kind: "emission", rows },
      { kind: "epoch_marks", rows: [{ time_ms: START + DAY, netuid: 1 }] },
    ];
    await smallRun(dir, {}, streams);
    const error = await refused(join(dir, "run"), join(dir, "out"));
    expect(error).toMatchObject({ code: "TEN-IMPORT-054", found: "epochs that end at marks" });
    expect(error.hint).toContain("epoch_marks");
    await smallRun(dir, { streams: [{ recorded: "source", kinds: ["emission"] }] }, streams);
    expect((await importRun(join(dir, "run"), { out: join(dir, "out") })).manifest.figures).toMatchObject({ paid_rows: 2, mark_rows: 1 });
  });

  it("tables that are not as they were written, and leaves nothing", async () => {
    const dir = await folder();
    await smallRun(dir, {});
    const flows = join(dir, "run", "tables", "flows.arrow");
    const bytes = await readFile(flows);
    await writeFile(flows, Buffer.from(bytes.map((byte, i) => (i === 600 ? byte ^ 1 : byte))));
    expect(await refused(join(dir, "run"), join(dir, "out"))).toMatchObject({ code: "TEN-RESULT-006" });
    await writeFile(flows, bytes);
    await appendFile(flows, "x");
    expect(await refused(join(dir, "run"), join(dir, "out"))).toMatchObject({ code: "TEN-RESULT-006" });
    await writeFile(flows, bytes);
    await editRun(join(dir, "run"), (manifest) => Object.assign(manifest, { digest: "0".repeat(64) }), true);
    expect(await refused(join(dir, "run"), join(dir, "out"))).toMatchObject({ code: "TEN-RESULT-005" });
    await editRun(join(dir, "run"), (manifest) => Object.assign(manifest, { seed: 9 }));
    expect(await refused(join(dir, "run"), join(dir, "out"))).toMatchObject({ code: "TEN-RESULT-013" });
    await expect(readFile(join(dir, "out", "manifest.json"))).rejects.toThrow();
  });

  it("an output folder that holds the run", async () => {
    const dir = await folder();
    const { dir: run } = await smallRun(dir, {});
    expect(await refused(run, run)).toMatchObject({ code: "TEN-STREAM-016" });
  });
});

describe("the place of an event in its block", () => {
  const at = (block: number, extrinsic: number, event: number) => ({ timeMs: 1, block, extrinsic, event });

  it("stays where it keeps the order of the events", () => {
    const rows = [at(5, -1, 3), at(5, 0, 4), at(5, 2, 1), at(5, 2, 1)];
    expect(placed(rows, 5)).toEqual(rows);
  });

  it("is the end of the block where an event came after an extrinsic without one of its own", () => {
    expect(placed([at(5, 0, 4), at(5, -1, -1), at(5, -1, -1)], 4)).toEqual([at(5, 0, 4), at(5, END_OF_BLOCK, -1), at(5, END_OF_BLOCK, -1)]);
  });

  it("is not stated where it contradicts the order, nor a block that runs backwards or is not one", () => {
    expect(placed([at(5, 3, 0), at(5, 2, 0)], 4)).toEqual([at(5, -1, -1), at(5, -1, -1)]);
    expect(placed([at(5, 3, 0)], 6)).toEqual([at(-1, 3, 0)]);
    expect(placed([at(5, 1, 0), at(6, 2, 0)], 4)).toEqual([at(-1, 1, 0), at(-1, 2, 0)]);
  });
});
