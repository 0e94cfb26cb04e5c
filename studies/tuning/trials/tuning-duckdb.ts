import type { TuningManifest } from "../folder/tuning-manifest.js";
import type { Tuning } from "../tuning.js";
import type { TrialEntry } from "./trial-log.js";

export async function writeTuningDuckdb(
  _path: string,
  _tuning: Tuning,
  _manifest: TuningManifest,
  _entryOf: (task: string) => TrialEntry | null,
  _options: { readonly signal?: AbortSignal | undefined; readonly onProgress?: (done: number, total: number | null) => void },
): Promise<void> {}
