import { join } from "node:path";
import { TenureError } from "../../engine/index.js";
import { digestOf } from "./finish-tuning.js";
import { readStudyRecord, type StudyRecord } from "./folder/study-record.js";
import { readTuningState, type TuningManifest } from "./folder/tuning-manifest.js";
import { planOf } from "./plan/read-study.js";
import { studySchema } from "./plan/study-schema.js";
import { readTrials, TRIALS_NAME } from "./trials/trial-log.js";
import { type Tuning, tuningOf } from "./tuning.js";

/** A finished tuning in its folder. */
export interface OpenTuning {
  readonly tuning: Tuning;
  readonly record: StudyRecord;
  readonly manifest: TuningManifest;
}

/**
 * Opens the folder of a finished tuning.
 * @throws TenureError `TEN-TUNE-146` there is none, or it is not finished; `-107` its log was changed
 */
export async function openTuning(dir: string): Promise<OpenTuning> {
  const state = await readTuningState(dir);
  if (state.kind === "other") throw notThere(dir, state.found);
  const record = await readStudyRecord(dir);
  if (record === null) throw notThere(dir, "no study.json");
  if (state.kind === "none") throw notThere(dir, "a study that is not finished");
  const { manifest } = state;
  const path = join(dir, TRIALS_NAME);
  const entries = await readTrials(path);
  const missing = [...manifest.base.tasks, ...manifest.trials.flatMap(({ tasks, held_out_tasks }) => [...tasks, ...held_out_tasks])].find(
    (task) => !entries.has(task),
  );
  if (missing !== undefined) throw notThere(dir, `a log without the trial ${missing.slice(0, 12)}`);
  if (digestOf(manifest, entries) !== manifest.digest) throw notThere(dir, "a log whose trials were changed after the tuning was finished");
  return { tuning: tuningOf(dir, planOfRecord(record), manifest, (task) => entries.get(task) ?? null), record, manifest };
}

/** The plan of a study that was begun. */
export function planOfRecord({ statement, file, scenario }: StudyRecord): ReturnType<typeof planOf> {
  const parsed = studySchema.safeParse(statement);
  if (parsed.success) return planOf(parsed.data, { file, scenario: scenario.opened });
  const [issue] = parsed.error.issues;
  throw new TenureError({
    code: "TEN-TUNE-152",
    what: "A study.json was changed after it was written.",
    place: { file: "study.json", path: ["statement", ...issue.path].join(".") },
    found: issue.message,
    allowed: "a study as it was begun",
    hint: "Begin it anew, with another --out.",
  });
}

function notThere(dir: string, found: string): TenureError {
  return new TenureError({
    code: "TEN-TUNE-146",
    what: "There is no finished tuning in this folder.",
    place: { file: dir },
    found,
    allowed: "a folder that `tenure tune` wrote, finished",
    hint: "Run `tenure tune` again with the same --out: it goes on where it stopped.",
  });
}
