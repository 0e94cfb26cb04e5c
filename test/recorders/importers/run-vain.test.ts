import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AddressBook, type SimulationConfiguration, STAKE_ACTIONS } from "../../../engine/index.js";
import { importRun } from "../../../recorders/importers/index.js";
import type { Provenance } from "../../../recorders/importers/run/event-order.js";
import type { Rejection } from "../../../recorders/importers/run/rejections.js";
import { VainRequests } from "../../../recorders/importers/run/vain-requests.js";
import { runScenario } from "../../../recorders/run/run.js";
import { openRecording } from "../../../recorders/streams/index.js";
import { configuration, DAY, type MemoryStream, pay, START, stake } from "../../engine/in-memory.js";
import { useFolders } from "../results/sample-batches.js";
import { balancesOf, holdingsOf, IN_VAIN_NOTE, OWN_MOVES_NOTE, recordStreams, scenarioOf, tableOf } from "./any-recorded-run.js";

const folder = useFolders();
const HOUR = 3_600_000;

/** A run of some streams, the run of its recording, and what the import said. */
async function toldAgain(config: SimulationConfiguration, streams: readonly MemoryStream[]) {
  const dir = await folder();
  await recordStreams(join(dir, "source"), streams);
  const runOf = async (name: string, recorded: string, changes: Readonly<Record<string, unknown>>) => {
    await runScenario(scenarioOf(config, recorded, changes), { out: join(dir, name), data: dir, duckdb: false });
    return join(dir, name);
  };
  const run = await runOf("run", "source", { emission: "replay" });
  const { warnings } = await importRun(run, { out: join(dir, "imported"), coverage: "subnet" });
  return { run, again: await runOf("again", "imported", { emission: "replay" }), imported: join(dir, "imported"), warnings, runOf };
}

async function actionsOf(recording: string): Promise<unknown[]> {
  const stream = (await openRecording(recording)).streams.find(({ kind }) => kind === "stake");
  const found: unknown[] = [];
  for await (const { columns, rows } of stream?.openChunks(new AddressBook()) ?? []) {
    for (let i = 0; i < rows; i++) found.push([STAKE_ACTIONS[columns[4][i] as number], columns[8][i]]);
  }
  return found;
}

describe("a request in vain", () => {
  const snapshot = { time_ms: START + HOUR, netuid: 1, hotkey: "a", coldkey: "a-owner", uid: 1, stake_rao: 4 };

  it("of before a snapshot of its instant is told before it: the snapshot's stake stays", async () => {
    const { run, again, imported } = await toldAgain(configuration({ endMs: START + DAY, ledger: { onInvalid: "clamp" } }), [
      { kind: "stake", rows: [stake(START + HOUR, "removed", "a", 27, { extrinsic: 1, event: 2 })] },
      { kind: "metagraph", rows: [snapshot] },
    ]);
    expect(await actionsOf(imported)).toEqual([
      ["removed", 27],
      ["added", 4],
    ]);
    expect(Object.values(await balancesOf(again))).toMatchObject([{ stake: 4 }]);
    expect(await balancesOf(again)).toEqual(await balancesOf(run));
    expect((await tableOf(again, "rejections")).map(({ cause }) => cause)).toEqual(["nothing_held"]);
  });

  it("of between an addition and a removal of rows without a place is told where its position held as much", async () => {
    const rows = ["added", "removed", "removed", "added"].map((action, i) => stake(START + HOUR, action, "a", [30, 30, 50, 7][i]));
    const { run, again, imported } = await toldAgain(configuration({ endMs: START + DAY, ledger: { onInvalid: "clamp" } }), [
      { kind: "stake", rows },
    ]);
    expect(await actionsOf(imported)).toEqual([
      ["added", 30],
      ["removed", 30],
      ["removed", 50],
      ["added", 7],
    ]);
    expect(await balancesOf(again)).toEqual(await balancesOf(run));
  });

  it("is told as a removal, also of a slash: that is said, and how often", async () => {
    const rows = [stake(START + 2 * HOUR, "removed", "a", 3_500), stake(START + 5 * HOUR, "slashed", "a", 2_500)];
    const { run, again, imported, warnings, runOf } = await toldAgain(
      configuration({
        endMs: START + DAY,
        ledger: { onInvalid: "clamp" },
        subnetDefaults: { tempoBlocks: 900, capacity: 3, immunityMs: 0 },
      }),
      [
        { kind: "emission", rows: [pay(START + HOUR, "a", 300)] },
        { kind: "stake", rows },
        { kind: "epoch_marks", rows: [3, 6].map((hour) => ({ time_ms: START + hour * HOUR, netuid: 1 })) },
      ],
    );
    expect(await actionsOf(imported)).toEqual([
      ["removed", 3_500],
      ["removed", 2_500],
    ]);
    expect(warnings.filter((one) => one.includes(IN_VAIN_NOTE))).toEqual([expect.stringContaining("(1 times): told as removals")]);
    expect(await balancesOf(again)).toEqual(await balancesOf(run));
    // What is said: where the pay waited for the first removal, the slash finds it, and takes of what was received.
    const emission = { mode: "redistribute", outside: { miner_pot_alpha_per_block: 0.001 } };
    const received = async (name: string, recorded: string) => {
      const last = (await holdingsOf(await runOf(name, recorded, { emission }))).get(`${START + 6 * HOUR} 1 a a-owner`);
      return [last?.received_rao, last?.remaining_rao];
    };
    expect(await received("direct", "source")).toEqual([0, 0]);
    expect(await received("told", "imported")).toEqual([300, 0]);
  });

  it("stands where its position held what it says, in the order of the chain and of the others, whatever happened", () => {
    const step = fc.record({
      position: fc.nat(2),
      change: fc.integer({ min: -3, max: 3 }),
      isVain: fc.boolean(),
      isMet: fc.boolean(),
      isPlaced: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
        const heldRao = [2, 0, 5];
        const happened = steps.map((one, index) => {
          const place: Provenance = { timeMs: 1, block: 7, extrinsic: one.isPlaced ? index >> 1 : -1, event: one.isPlaced ? index : -1 };
          const request = {
            ...place,
            position: one.position,
            cause: "shortfall",
            requestedRao: 100 + index,
            heldRao: heldRao[one.position],
          };
          const before = [...heldRao];
          if (!one.isVain) heldRao[one.position] += one.change;
          return { ...one, place, request: request as Rejection, before };
        });
        const asked = happened.filter(({ isVain, isMet }) => isVain || isMet).map(({ request }) => request);
        const vain = new VainRequests(asked);
        let waiting: Rejection[] = [];
        for (const { isVain, isMet, place, request, before } of happened) {
          if (isVain) {
            waiting.push(request);
            continue;
          }
          vain.before(place, before);
          if (!isMet) continue;
          vain.met(waiting);
          waiting = [];
        }
        const places = vain.places(waiting, heldRao);
        const events = happened.filter(({ isVain }) => !isVain);
        const told = [...events, undefined].flatMap((event, at) => [
          ...(places.get(at) ?? []).map((request) => ({ request, event: undefined })),
          ...(event === undefined ? [] : [{ request: undefined, event }]),
        ]);
        // Each was asked when it held what the request says, and none is lost or told twice.
        const held = [2, 0, 5];
        for (const { request, event } of told) {
          if (request !== undefined) expect(held[request.position]).toBe(request.heldRao);
          if (event !== undefined) held[event.position] += event.change;
        }
        const inVain = happened.filter(({ isVain }) => isVain).map(({ request }) => request);
        expect(told.flatMap(({ request }) => request ?? [])).toEqual(inVain);
        // An event that met a request comes after those that were made before it.
        for (const [at, { event }] of told.entries()) {
          if (event === undefined || !event.isMet) continue;
          const earlier = told.slice(0, at).filter(({ request }) => request !== undefined).length;
          expect(earlier).toBe(happened.slice(0, happened.indexOf(event)).filter(({ isVain }) => isVain).length);
        }
      }),
    );
  });
});

describe("a move of a position onto itself", () => {
  const streams: MemoryStream[] = [
    { kind: "emission", rows: [pay(START + HOUR, "a", 2_586), pay(START + HOUR, "b", 2_586)] },
    { kind: "stake", rows: [stake(START + 2 * HOUR, "moved", "a", 30, { to_hotkey: "a" })] },
    { kind: "epoch_marks", rows: [{ time_ms: START + 3 * HOUR, netuid: 1 }] },
  ];

  it("of pay that came inside of an epoch leaves no row: that is said", async () => {
    const { run, again, imported, warnings, runOf } = await toldAgain(configuration({ endMs: START + DAY }), streams);
    expect(await actionsOf(imported)).toEqual([]);
    expect(warnings.filter((one) => one.includes(OWN_MOVES_NOTE))).toEqual([expect.stringContaining("inside of epochs (2 times)")]);
    expect(await balancesOf(again)).toEqual(await balancesOf(run));
    // What is said: where the pay waits, the move finds nothing, and brings what it lacks.
    const emission = { mode: "redistribute", outside: { miner_pot_alpha_per_block: 0.001 } };
    const stakes = async (name: string, recorded: string) =>
      (await tableOf(await runOf(name, recorded, { emission }), "positions")).map(({ manual_rao }) => manual_rao);
    expect(await stakes("direct", "source")).toEqual([30, 0]);
    expect(await stakes("told", "imported")).toEqual([0, 0]);
  });

  it("is not spoken of where all pay ends epochs, or where it would have left rows", async () => {
    const byPay = await toldAgain(configuration({ endMs: START + DAY }), streams.slice(0, 2));
    const strict = await toldAgain(configuration({ endMs: START + DAY, ledger: { moves: "strict" } }), streams);
    for (const { warnings } of [byPay, strict]) expect(warnings.filter((one) => one.includes(OWN_MOVES_NOTE))).toEqual([]);
  });
});
