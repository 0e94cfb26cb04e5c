import { join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { TenureError } from "../../engine/index.js";
import type { AskedTask } from "./evaluation/evaluator.js";
import { finishTuning } from "./finish-tuning.js";
import { readStudyRecord, type StudyRecord, studyChanges } from "./folder/study-record.js";
import { TuningDirectory } from "./folder/tuning-directory.js";
import { readTuningState, type TuningManifest } from "./folder/tuning-manifest.js";
import { planOfRecord } from "./open-tuning.js";
import { searchTrials, type TrialSource } from "./search/search-trials.js";
import { AS_IT_STANDS } from "./search/sensitivity-requests.js";
import type { TuningSetup } from "./setup.js";
import { MOST_TRIALS } from "./space/tuned-parameter.js";
import { readTrials, TRIALS_NAME, type TrialEntry, TrialLog } from "./trials/trial-log.js";
import type { Tuning } from "./tuning.js";

export interface MergeTuningsOptions {
  readonly out: string;
  readonly force?: boolean | undefined;
  readonly onProgress?: ((progress: { stage: "loading"; done: number; total: number | null; unit: "rows" }) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Part {
  readonly dir: string;
  readonly record: StudyRecord;
  readonly manifest: TuningManifest;
  readonly entries: ReadonlyMap<string, TrialEntry>;
}

/**
 * Joins parts of one tuning, which `--shard` made anywhere: the same trials that one machine would have run. The parts stay as they
 * are. Where trials are missing, the result is a part itself: the command of the study goes on there.
 * @throws TenureError `TEN-TUNE-147` parts that are not of one study, `-148` parts that differ in a trial, `-146` one that is no finished part
 */
export async function mergeTunings(dirs: readonly string[], options: MergeTuningsOptions): Promise<Tuning> {
  const { out, force } = options;
  const parts: Part[] = [];
  for (const dir of dirs) parts.push(await openPart(dir, out));
  const [first, ...others] = parts;
  for (const other of others) refuseOther(first, other);
  const entries = joined(parts);
  const directory = await TuningDirectory.open(out, { record: first.record, force });
  try {
    const log = await TrialLog.open(directory.trialsPath);
    try {
      const byTask = new Map([...entries.values()].map((entry) => [entry.task, entry]));
      await log.add(...[...byTask.values()].filter(({ task }) => !log.entries.has(task)));
      const plan = planOfRecord(first.record);
      const setup = setupIn(first.manifest);
      const source: TrialSource = {
        run: async () => undefined,
        entry: (trial, replicate) => entries.get(`${trial}/${replicate}`) ?? null,
        tasks: [...entries].map(([key, { task }]) => {
          const [trial, replicate] = key.split("/").map(Number);
          return { trial, replicate, task };
        }),
      };
      const { replicates, heldOut } = setup;
      const found = await searchTrials(plan, source, { replicates, heldOut, isSharded: true });
      return await finishTuning({ directory, log, plan, setup, source, found, ranInFull: first.manifest.ran_in_full, ...options });
    } finally {
      await log.close();
    }
  } finally {
    await directory.release();
  }
}

async function openPart(dir: string, out: string): Promise<Part> {
  if (resolve(dir) === resolve(out)) {
    throw new TenureError({
      code: "TEN-TUNE-147",
      what: "The output folder is one of the parts.",
      place: { path: "--out" },
      found: dir,
      allowed: "a folder of its own for the whole",
      hint: "Choose another --out.",
    });
  }
  const state = await readTuningState(dir);
  const record = state.kind === "other" ? null : await readStudyRecord(dir);
  if (state.kind === "complete" && record !== null) {
    return { dir, record, manifest: state.manifest, entries: await readTrials(join(dir, TRIALS_NAME)) };
  }
  throw new TenureError({
    code: "TEN-TUNE-146",
    what: "There is no finished tuning in this folder.",
    place: { file: dir },
    found: state.kind === "other" ? state.found : "a part that is not finished",
    allowed: "folders that `tenure tune --shard` wrote, finished",
    hint: "Run that part again: it goes on where it stopped.",
  });
}

function refuseOther(first: Part, other: Part): void {
  const changes = studyChanges(first.record, other.record);
  const isSame =
    isDeepStrictEqual(setupIn(first.manifest), setupIn(other.manifest)) && first.record.statement.trials === other.record.statement.trials;
  if (changes.length === 0 && isSame) return;
  throw new TenureError({
    code: "TEN-TUNE-147",
    what: "The parts are not of one study.",
    place: { file: other.dir },
    found: changes[0] ?? "other trials, replicates or times",
    allowed: `parts of the study in ${first.dir}`,
    hint: "Run all parts with the same study and the same options.",
  });
}

/** Entries of all parts by trial and replicate. */
function joined(parts: readonly Part[]): ReadonlyMap<string, TrialEntry> {
  const entries = new Map<string, TrialEntry>();
  for (const { dir, manifest, entries: own } of parts) {
    for (const { trial, replicate, task } of askedOf(manifest)) {
      const entry = own.get(task);
      if (entry === undefined) continue;
      const key = `${trial}/${replicate}`;
      const known = entries.get(key);
      if (known !== undefined && known.task !== task) throw differing(dir, { trial, replicate });
      entries.set(key, entry);
    }
  }
  return entries;
}

/**
 * What a part has, by the trials that it is of. A line of the log is named after the trial that ran it first, and may be that of others, too;
 * and a log may hold lines of earlier questions.
 */
function askedOf({ ended, part_tasks, base, trials, sensitivity, replicates, held_out }: TuningManifest): readonly AskedTask[] {
  if (ended === "shard") return part_tasks;
  const of = (trial: number, tasks: readonly string[], numbers: readonly number[]) =>
    tasks.map((task, at): AskedTask => ({ trial, replicate: numbers[at], task }));
  const rows = [{ ...base, number: AS_IT_STANDS }, ...trials];
  return [
    ...rows.flatMap(({ number, tasks, held_out_tasks }) => [...of(number, tasks, replicates), ...of(number, held_out_tasks, held_out)]),
    ...sensitivity.map((task, at) => ({
      trial: MOST_TRIALS + Math.floor(at / replicates.length),
      replicate: replicates[at % replicates.length],
      task,
    })),
  ];
}

function differing(dir: string, { trial, replicate }: Pick<AskedTask, "trial" | "replicate">): TenureError {
  return new TenureError({
    code: "TEN-TUNE-148",
    what: "Two parts have run the same trial, and not as the same.",
    place: { file: dir },
    found: `trial ${trial}, replicate ${replicate}`,
    allowed: "parts that one version of Tenure ran on the same inputs",
    hint: "Run the parts again, in new folders, with one version and the same recordings.",
  });
}

function setupIn({ scenario, replicates, held_out, random, time, bounds }: TuningManifest): TuningSetup {
  return { scenario, replicates, heldOut: held_out, random, time, bounds };
}
