import { readStudyRecord } from "./folder/study-record.js";
import { readTuningState } from "./folder/tuning-manifest.js";

/** Does the folder hold a tuning, finished or not? */
export async function isTuning(dir: string): Promise<boolean> {
  return (await readTuningState(dir)).kind === "complete" || (await readStudyRecord(dir).catch(() => null)) !== null;
}
