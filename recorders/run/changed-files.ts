import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { ResultTableName } from "../../engine/index.js";
import { hashFile } from "../file-hash.js";
import type { InputEntry, RunManifest } from "../results/manifest.js";
import type { OpenRun } from "../results/open-run.js";
import { withReadErrors } from "../results/storage-error.js";
import type { RecordedRule } from "./recorded-rules.js";

/** A file that is not what the manifest says. */
export interface ChangedFile {
  /** Relative to the run folder (tables) or to the data folder (inputs). */
  readonly file: string;
  /** SHA-256 in the manifest. */
  readonly expected: string;
  /** SHA-256 now; null when the file is missing. */
  readonly found: string | null;
}

export type ChangedTable = ChangedFile & { readonly table: ResultTableName };
export type ChangedInput = ChangedFile & { readonly stream: string };

/** SHA-256 of a file; null where there is none. */
export async function hashNow(path: string, signal: AbortSignal | undefined): Promise<string | null> {
  const entry = await stat(path).catch(() => null);
  if (entry === null || !entry.isFile()) return null;
  return withReadErrors(path, () => hashFile(path, () => signal?.throwIfAborted()));
}

export async function findChangedTables(run: OpenRun, signal: AbortSignal | undefined): Promise<readonly ChangedTable[]> {
  const changed: ChangedTable[] = [];
  for (const table of run.tables) {
    const { file, sha256 } = run.manifest.tables[table] as RunManifest["tables"][ResultTableName] & object;
    const found = await hashNow(join(run.dir, file), signal);
    if (found !== sha256) changed.push({ table, file, expected: sha256, found });
  }
  return changed;
}

export async function findChangedInputs(
  inputs: readonly InputEntry[],
  data: string | undefined,
  signal: AbortSignal | undefined,
): Promise<readonly ChangedInput[]> {
  const changed: ChangedInput[] = [];
  for (const { stream, file, sha256 } of inputs) {
    if (data === undefined || file === undefined || sha256 === undefined) continue;
    const found = await hashNow(join(data, file), signal);
    if (found !== sha256) changed.push({ stream, file, expected: sha256, found });
  }
  return changed;
}

export function changedRules(rules: readonly RecordedRule[]): readonly ChangedInput[] {
  return rules.flatMap(({ use, expected, found }) => (found === expected ? [] : [{ stream: use.at, file: use.file, expected, found }]));
}
