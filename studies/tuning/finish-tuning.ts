import { createHash } from "node:crypto";
import { TenureError } from "../../engine/index.js";
import { toolVersion } from "../../recorders/index.js";
import type { TuningDirectory } from "./folder/tuning-directory.js";
import { TUNING_HEAD, type TuningManifest, writeTuningManifest } from "./folder/tuning-manifest.js";
import type { TuningPlan } from "./plan/tuning-plan.js";
import type { searchTrials, TrialSource } from "./search/search-trials.js";
import { AS_IT_STANDS, sensitivityRequests } from "./search/sensitivity-requests.js";
import type { TuningSetup } from "./setup.js";
import type { TrialEntry, TrialLog } from "./trials/trial-log.js";
import { type Tuning, tuningOf } from "./tuning.js";
import { writeTuningDuckdb } from "./tuning-duckdb.js";

/** A search that has come to its end. */
export interface EndedTuning {
  readonly directory: TuningDirectory;
  readonly log: TrialLog;
  readonly plan: TuningPlan;
  readonly setup: TuningSetup;
  readonly source: Pick<TrialSource, "entry" | "tasks">;
  readonly found: Awaited<ReturnType<typeof searchTrials>>;
  readonly confirmed?: TuningManifest["confirmed"];
  /** Why no trial of a list of stages was computed from a tape; null, or left out: some were, or there is no list. */
  readonly ranInFull?: string | null;
  readonly onProgress?: ((progress: { stage: "loading"; done: number; total: number | null; unit: "rows" }) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What it comes to, before anything of it is written. */
export function draftOf(ended: EndedTuning): Tuning {
  const { directory, plan, log } = ended;
  const tuning = tuningOf(directory.path, plan, manifestOf(ended), (task) => log.entries.get(task) ?? null);
  refuseNothing(tuning);
  return tuning;
}

/**
 * Writes the tables of the trials, and last of all the manifest.
 * @param draft of the same
 * @throws TenureError TEN-TUNE-114 where all trials failed, `-143` where there are none
 */
export async function finishTuning(ended: EndedTuning, draft: Tuning = draftOf(ended)): Promise<Tuning> {
  const { directory, log, onProgress, signal, confirmed = null } = ended;
  const manifest = manifestOf(ended);
  const tuning = { ...draft, confirmed, warnings: manifest.warnings };
  await writeTuningDuckdb(directory.duckdbPath, tuning, manifest, (task) => log.entries.get(task) ?? null, {
    signal,
    onProgress: (done, total) => onProgress?.({ stage: "loading", done, total, unit: "rows" }),
  });
  await writeTuningManifest(directory.path, manifest);
  return tuning;
}

function manifestOf({ plan, setup, source, found, log, confirmed = null, ranInFull = null }: EndedTuning): TuningManifest {
  const { scenario, replicates, heldOut, random, time, bounds } = setup;
  const tasksOf = (trial: number, numbers: readonly number[]) => numbers.flatMap((one) => source.entry(trial, one)?.task ?? []);
  const design = sensitivityRequests(plan, replicates).map(({ trial }) => tasksOf(trial, replicates));
  const content = {
    ...TUNING_HEAD,
    tool: { name: "tenure" as const, version: toolVersion() },
    scenario: { ...scenario },
    replicates: [...replicates],
    held_out: [...heldOut],
    random: [...random],
    time: {
      ...time,
      spans: time.spans.map((span) => span.map((window) => ({ ...window }))),
      folds: time.folds.map((fold) => ({ ...fold, groups: [...fold.groups] })),
      blocks: [...time.blocks],
    },
    bounds: bounds.map((one) => ({ ...one })),
    trials: found.rows.map(({ assignment, point, status, number }) => ({
      number,
      set: [...assignment],
      point: [...point],
      status,
      tasks: tasksOf(number, replicates),
      held_out_tasks: tasksOf(number, heldOut),
    })),
    base: { tasks: tasksOf(AS_IT_STANDS, replicates), held_out_tasks: tasksOf(AS_IT_STANDS, heldOut) },
    ended: found.ended,
    // A part of a design says nothing.
    sensitivity: design.every((tasks) => tasks.length === replicates.length) ? design.flat() : [],
    part_tasks: found.ended === "shard" ? [...source.tasks] : [],
    warnings: [
      ...new Set([
        ...setup.replicates.flatMap((one) => source.entry(AS_IT_STANDS, one)?.warnings ?? []),
        ...(ranInFull === null ? [] : [inFullText(ranInFull, new Set(source.tasks.map(({ task }) => task)).size)]),
        ...(confirmed?.trials ?? []).flatMap((trial) => source.entry(trial, setup.replicates[0], "full")?.warnings ?? []),
      ]),
    ],
    ran_in_full: ranInFull,
    confirmed,
  };
  return { ...content, digest: digestOf(content, log.entries) };
}

/** What trials of a list cost that no tape can be of. */
function inFullText(why: string, runs: number): string {
  return `Every trial is a whole run of the scenario, ${runs} in all, where one replay does for lists that a tape can be of: ${why}.`;
}

/** SHA-256 of what came of all that a manifest names. */
export function digestOf(
  { trials, base, sensitivity }: Pick<TuningManifest, "trials" | "base" | "sensitivity">,
  entries: ReadonlyMap<string, TrialEntry>,
): string {
  const hash = createHash("sha256");
  const tasks = [base, ...trials].flatMap(({ tasks: own, held_out_tasks }) => [...own, ...held_out_tasks]);
  for (const task of [...tasks, ...sensitivity]) {
    const entry = entries.get(task);
    hash.update(JSON.stringify([entry?.figures ?? null, entry?.spans ?? [], entry?.error?.code ?? null]));
  }
  return hash.digest("hex");
}

function refuseNothing({ trials, plan, ended }: Tuning): void {
  const [first] = trials;
  if (first === undefined && ended === "time") {
    throw new TenureError({
      code: "TEN-TUNE-143",
      what: "The time was over before a trial was finished.",
      place: { path: "--time" },
      found: "no finished trial",
      allowed: "the time of one trial at least",
      hint: "Give it more time: the same command goes on where it stopped.",
    });
  }
  if (first?.error == null || trials.some(({ status }) => status !== "failed")) return;
  const { code, what } = first.error;
  throw new TenureError({
    code: "TEN-TUNE-114",
    what: `All ${trials.length} trials failed, the first with ${code}: ${what}`,
    hint: `Run the scenario once with these values: tenure run ${plan.scenario} --set ...`,
  });
}
