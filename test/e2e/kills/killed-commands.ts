import { cp, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { TenureError } from "../../../engine/index.js";
import { importTable, openRun, runScenario } from "../../../recorders/index.js";
import { openRecording } from "../../../recorders/streams/index.js";
import { loadScenario } from "../../../scenarios/index.js";
import { contentsOf } from "../../recorders/temporary-folder.js";
import { IMPORT_EMISSION, IMPORT_STAKE, writeSmallSubnet } from "../small-subnet.js";
import { tenure } from "../tenure.js";
import { callsOf, killedAt } from "./kill-at-call.js";

/** A command that is killed, and what must be true afterwards. */
export interface KilledCommand {
  readonly name: string;
  readonly args: readonly string[];
  /** The same in this process, which is quicker than one more child. */
  readonly again: (folder: string) => Promise<unknown>;
  /** What is in its folder before. */
  readonly before: (folder: string) => Promise<void>;
  /** What its folder holds after a kill, in a word; anything but what is allowed fails. */
  readonly stateOf: (out: string) => Promise<string>;
  readonly allowed: readonly string[];
}

const OUT = "out";
const nothing = () => Promise.resolve();

async function run(args: readonly string[], folder: string): Promise<void> {
  expect(await tenure(args, folder)).toMatchObject({ code: 0 });
}

const into = (args: readonly string[]) => [...args.slice(0, -1), OUT, "--quiet"];
const RUN = ["run", "small.yaml", "--data", "recordings", "--out", OUT, "--no-duckdb", "--quiet"];

function runAgain(folder: string): Promise<unknown> {
  const scenario = loadScenario(join(folder, "small.yaml"));
  return runScenario(scenario, { out: join(folder, OUT), data: join(folder, "recordings"), duckdb: false });
}

function importAgain(folder: string): Promise<unknown> {
  const options = { kind: "emission", map: {}, addresses: "any", coverage: "subnet" } as const;
  return importTable(join(folder, "emission.csv"), { ...options, out: join(folder, OUT) });
}

function importIntoAgain(folder: string): Promise<unknown> {
  const options = { kind: "emission", map: {}, addresses: "any", into: true } as const;
  return importTable(join(folder, "emission.csv"), { ...options, out: join(folder, OUT) });
}

/** `nothing`, or the kinds of a recording that can be read whole. */
async function recordingState(out: string): Promise<string> {
  try {
    const { streams } = await openRecording(out);
    return streams.map(({ kind, rows }) => `${kind} ${rows}`).join();
  } catch (error) {
    if (error instanceof TenureError && ["TEN-STREAM-001", "TEN-STREAM-002"].includes(error.code)) return "nothing";
    throw error;
  }
}

/** `nothing`, `unfinished`, or the seed of a run that can be read whole. */
async function runState(out: string): Promise<string> {
  try {
    const opened = await openRun(out);
    for (const table of opened.tables) for await (const batch of opened.readTable(table)) expect(batch.rows).toBeGreaterThanOrEqual(0);
    return `seed ${opened.manifest.seed}`;
  } catch (error) {
    if (!(error instanceof TenureError)) throw error;
    if (error.code === "TEN-RESULT-003") return "nothing";
    if (error.code === "TEN-RESULT-004") return "unfinished";
    throw error;
  }
}

export const KILLED_COMMANDS: readonly KilledCommand[] = [
  { name: "a run", args: RUN, again: runAgain, before: nothing, stateOf: runState, allowed: ["nothing", "unfinished", "seed 1"] },
  {
    name: "a run over a finished one",
    args: RUN,
    again: runAgain,
    before: (folder) => run([...RUN, "--seed", "7"], folder),
    stateOf: runState,
    allowed: ["seed 7", "unfinished", "seed 1"],
  },
  {
    name: "an import",
    args: into(IMPORT_EMISSION),
    again: importAgain,
    before: nothing,
    stateOf: recordingState,
    allowed: ["nothing", "emission 96"],
  },
  {
    name: "an import over another recording",
    args: into(IMPORT_EMISSION),
    again: importAgain,
    before: (folder) => run(into(IMPORT_STAKE), folder),
    stateOf: recordingState,
    allowed: ["stake 3", "emission 96"],
  },
  {
    name: "an import into another recording",
    args: [...IMPORT_EMISSION.filter((word) => word !== "--coverage" && word !== "subnet").slice(0, -2), "--into", OUT, "--quiet"],
    again: importIntoAgain,
    before: (folder) => run(into(IMPORT_STAKE), folder),
    stateOf: recordingState,
    allowed: ["stake 3", "stake 3,emission 96"],
  },
  {
    name: "an import over a recording with the same files",
    args: into(IMPORT_EMISSION),
    again: importAgain,
    before: async (folder) => {
      await cp(join(folder, "emission.csv"), join(folder, "whole.csv"));
      await writeFile(join(folder, "emission.csv"), (await import("../small-subnet.js")).smallSubnet().emission.slice(0, 3).join("\n"));
      await run(into(IMPORT_EMISSION), folder);
      await cp(join(folder, "whole.csv"), join(folder, "emission.csv"));
    },
    stateOf: recordingState,
    allowed: ["emission 2", "emission 96"],
  },
];

/** The wall time a run took is the one thing that differs. */
async function resultOf(out: string): Promise<unknown> {
  const contents = await contentsOf(out);
  const manifest = await openRun(out).then(
    ({ manifest: { timing: _, ...rest } }) => rest,
    () => contents["manifest.json"],
  );
  return { ...contents, "manifest.json": manifest };
}

/**
 * Kills a command at some of its calls, each time from the same beginning: what is left is one of the allowed states, and the
 * same command then ends well, with the bytes of one that was never interrupted and nothing beside them.
 * @param every 1 for every call, 5 for every fifth
 */
export async function killAndRunAgain(
  folder: string,
  { args, again, before, stateOf, allowed }: KilledCommand,
  every: number,
): Promise<void> {
  const start = join(folder, "start");
  const whole = join(folder, "whole");
  await mkdir(start);
  await writeSmallSubnet(start);
  for (const command of [IMPORT_EMISSION, IMPORT_STAKE]) await run(command, start);
  await before(start);
  await cp(start, whole, { recursive: true });
  const calls = await callsOf(args, whole);
  const expected = await resultOf(join(whole, OUT));
  const seen = new Set<string>();
  for (let call = 1; call <= calls.length; call += every) {
    const at = join(folder, `at-${call}`);
    await cp(start, at, { recursive: true });
    await killedAt(call, args, at);
    const state = await stateOf(join(at, OUT));
    expect(allowed, `after a kill at call ${call}, ${calls[call - 1]}`).toContain(state);
    seen.add(state);
    await again(at);
    expect(await resultOf(join(at, OUT)), `again after a kill at call ${call}, ${calls[call - 1]}`).toEqual(expected);
    expect((await readdir(join(at, OUT))).filter((name) => name.startsWith("."))).toEqual([]);
    await rm(at, { recursive: true });
  }
  // All of them happen: the kills reach from before the first change to after the last.
  if (every === 1) expect([...seen].sort()).toEqual([...allowed].sort());
}
