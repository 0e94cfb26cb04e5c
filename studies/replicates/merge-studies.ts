import { constants } from "node:fs";
import { copyFile, mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { TenureError } from "../../engine/index.js";
import { checkRunDigest, MANIFEST_NAME, type OpenRun, TABLES_DIR, withWriteErrors, writeManifest } from "../../recorders/index.js";
import { type OpenStudy, openStudy } from "../folder/open-study.js";
import { StudyDirectory } from "../folder/study-directory.js";
import { taskIdentity } from "../identity/task-identity.js";
import { finishStudy, type ReplicateEnd } from "./finish-study.js";
import { finishedReplicate } from "./finished-replicate.js";
import { joinParts } from "./join-parts.js";
import { movedInputs } from "./moved-inputs.js";
import { refuseWhereAllFailed } from "./run-study.js";
import type { StudyOptions } from "./study-options.js";
import type { StudyPlan } from "./study-plan.js";

export type MergeOptions = Pick<StudyOptions, "out" | "force" | "duckdb" | "onProgress" | "signal">;

/**
 * Joins parts of one study, which `--shard` made anywhere, into the folder that one machine would have written: the same tables,
 * figures, digest. Replicates that failed are carried over. The parts stay as they are.
 * @throws TenureError `TEN-STUDY-012` to `-014` parts that do not make a whole, `-015` the output folder is one of them, `-007` and
 *   `TEN-RESULT-006` a damaged part; that of the first replicate where all of them failed; `TEN-STUDY-010` when `signal` stopped it
 */
export async function mergeStudies(dirs: readonly string[], options: MergeOptions): Promise<OpenStudy> {
  const startedMs = performance.now();
  const { out, force, signal } = options;
  const parts: OpenStudy[] = [];
  for (const dir of dirs) {
    if (resolve(dir) === resolve(out)) throw intoItself(dir);
    parts.push(await openStudy(dir));
  }
  const { asked, from } = joinParts(parts);
  const [{ dir, manifest: first }] = parts;
  const { scenario, seed, random, code, identity, libraries } = first;
  const seen = movedInputs(first, dir, resolve(out));
  const plan: StudyPlan = { scenario, seed, random, asked, shard: null, code, identity, libraries, ...seen, replicates: [...from.keys()] };
  const use = { scenario: scenario.name, force };
  await StudyDirectory.check(out, use);
  const runs = await checkedRuns(from, identity, options);
  const directory = await StudyDirectory.open(out, use);
  try {
    const ends = await copied(directory, from, runs, options);
    refuseWhereAllFailed(plan, ends);
    await finishStudy(directory, plan, ends, startedMs, options);
  } catch (error) {
    const isInterrupted = signal?.aborted === true;
    await (isInterrupted ? directory.interrupt("interrupted") : directory.discard()).catch(() => undefined);
    throw isInterrupted ? interrupted(out) : error;
  }
  return openStudy(out);
}

/** The finished replicates of all parts, each looked at to the last bit before anything is made. */
async function checkedRuns(
  from: ReadonlyMap<number, OpenStudy>,
  identity: string,
  { onProgress, signal }: MergeOptions,
): Promise<ReadonlyMap<number, OpenRun>> {
  const runs = new Map<number, OpenRun>();
  let done = 0;
  for (const [replicate, part] of from) {
    if (part.finished.includes(replicate)) runs.set(replicate, await checkedRun(replicate, part, identity, signal));
    done += 1;
    onProgress?.({ stage: "checking", done, total: from.size, unit: "replicates" });
  }
  return runs;
}

/** Brings every finished replicate into the folder. */
async function copied(
  directory: StudyDirectory,
  from: ReadonlyMap<number, OpenStudy>,
  runs: ReadonlyMap<number, OpenRun>,
  { onProgress, signal }: MergeOptions,
): Promise<ReadonlyMap<number, ReplicateEnd>> {
  const ends = new Map<number, ReplicateEnd>();
  for (const [replicate, part] of from) {
    signal?.throwIfAborted();
    const entry = part.manifest.replicates.find((one) => one.replicate === replicate);
    const run = runs.get(replicate);
    if (entry?.status === "failed") ends.set(replicate, entry);
    else if (run !== undefined) ends.set(replicate, await copiedOne(directory, replicate, run, signal));
    onProgress?.({ stage: "copying", done: ends.size, total: from.size, unit: "replicates" });
  }
  return ends;
}

async function checkedRun(replicate: number, part: OpenStudy, identity: string, signal: AbortSignal | undefined): Promise<OpenRun> {
  const run = await part.openReplicate(replicate);
  const task = taskIdentity(identity, replicate);
  if (run.manifest.task !== task) {
    throw new TenureError({
      code: "TEN-STUDY-007",
      what: "The replicate in this folder is not the one that the study finished.",
      place: { file: join(run.dir, MANIFEST_NAME), path: "task" },
      found: run.manifest.task ?? "none",
      allowed: task,
      hint: "Its folder was exchanged. Run that part again.",
    });
  }
  checkRunDigest(run);
  for (const table of run.tables) await run.checkTable(table, () => signal?.throwIfAborted());
  return run;
}

async function copiedOne(
  directory: StudyDirectory,
  replicate: number,
  run: OpenRun,
  signal: AbortSignal | undefined,
): Promise<ReplicateEnd> {
  const { task = "" } = run.manifest;
  const there = await finishedReplicate(directory.finishedPaths(replicate), task, signal);
  if (there !== undefined) return there;
  const into = directory.workPath(replicate);
  const manifest = { ...run.manifest, ...movedInputs(run.manifest, run.dir, directory.replicatePath(replicate)) };
  await withWriteErrors(into, async () => {
    await mkdir(join(into, TABLES_DIR), { recursive: true });
    for (const { file } of Object.values(run.manifest.tables)) {
      // Where the disk can, without writing the bytes once more.
      await copyFile(join(run.dir, file), join(into, file), constants.COPYFILE_FICLONE);
    }
  });
  await writeManifest(into, manifest);
  await directory.keep(replicate);
  return { status: "finished", path: directory.finishedPaths(replicate)[0], manifest };
}

function intoItself(dir: string): TenureError {
  return new TenureError({
    code: "TEN-STUDY-015",
    what: "The output folder is one of the parts.",
    place: { path: "--out" },
    found: dir,
    allowed: "a folder of its own for the whole",
    hint: "Choose another --out.",
  });
}

function interrupted(out: string): TenureError {
  return new TenureError({
    code: "TEN-STUDY-010",
    what: "Joining the parts was interrupted; they are as they were.",
    place: { file: out },
    hint: "The same command goes on where it stopped.",
  });
}
