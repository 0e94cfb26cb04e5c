import { join, resolve } from "node:path";
import { TenureError } from "../../engine/index.js";
import { DUCKDB_NAME, MANIFEST_NAME, type OpenRun, openRun } from "../../recorders/index.js";
import { type FolderKind, folderKind } from "./folder-kind.js";

/** A folder of finished results, and where its tables are. */
export interface AskedFolder {
  readonly kind: FolderKind;
  /** Absolute. */
  readonly dir: string;
  /** Its DuckDB file; null: it made none. */
  readonly duckdb: AskedDuckdb | null;
  /** Where it is one. */
  readonly run: OpenRun | null;
}

/** A DuckDB file, and by what it is known to be the one that was made here. */
export interface AskedDuckdb {
  /** Absolute. */
  readonly path: string;
  /** Null: its folder does not say. */
  readonly bytes: number | null;
  /** A query, and what it answers in its first column. Null: its bytes are all that is known of it. */
  readonly sign: { readonly sql: string; readonly digests: readonly string[] } | null;
}

// What opens a folder is loaded where there is one of its kind: who asks a run does without studies.
const DIGESTS_OF_RUNS = "SELECT digest FROM runs";
const DIGEST_OF_TUNING = "SELECT value FROM study WHERE key = 'digest'";

/**
 * Opens a folder of finished results of any kind for questions about its tables.
 * @throws TenureError those of `openRun`, `openStudy`, `openTuning`; `TEN-SQL-011` a comparison that was changed, or not finished
 */
export async function askedFolder(folder: string): Promise<AskedFolder> {
  return ASKED[await folderKind(folder)](folder);
}

const ASKED: Readonly<Record<FolderKind, (folder: string) => Promise<AskedFolder>>> = {
  run: askedRun,
  replicates: askedReplicates,
  comparison: askedComparison,
  tuning: askedTuning,
};

async function askedRun(folder: string): Promise<AskedFolder> {
  const dir = resolve(folder);
  const run = await openRun(folder);
  const { duckdb, digest } = run.manifest;
  const file =
    duckdb === null ? null : { path: join(dir, duckdb.file), bytes: duckdb.bytes, sign: { sql: DIGESTS_OF_RUNS, digests: [digest] } };
  return { kind: "run", dir, duckdb: file, run };
}

async function askedReplicates(folder: string): Promise<AskedFolder> {
  const { openStudy } = await import("../folder/open-study.js");
  const { dir, duckdbPath, manifest } = await openStudy(folder);
  const digests = manifest.replicates.flatMap((entry) => (entry.status === "finished" ? [entry.digest] : []));
  const sign = { sql: DIGESTS_OF_RUNS, digests };
  const duckdb = duckdbPath === null || manifest.duckdb === null ? null : { path: duckdbPath, bytes: manifest.duckdb.bytes, sign };
  return { kind: "replicates", dir, duckdb, run: null };
}

async function askedComparison(folder: string): Promise<AskedFolder> {
  const dir = resolve(folder);
  const { readComparisonState } = await import("../compare/comparison-manifest.js");
  const state = await readComparisonState(dir);
  if (state.kind !== "complete") {
    throw new TenureError({
      code: "TEN-SQL-011",
      what: state.kind === "none" ? "The comparison in this folder was not finished." : "The manifest of the comparison cannot be read.",
      place: { file: join(dir, MANIFEST_NAME) },
      found: state.kind === "other" ? state.found : "no manifest.json beside the two sides",
      allowed: "a manifest as `tenure compare` wrote it",
      hint: "Compare the two scenarios again; what was run is taken as it is.",
    });
  }
  const { duckdb } = state.manifest;
  const file = duckdb === null ? null : { path: join(dir, DUCKDB_NAME), bytes: duckdb.bytes, sign: null };
  return { kind: "comparison", dir, duckdb: file, run: null };
}

async function askedTuning(folder: string): Promise<AskedFolder> {
  const [{ openTuning }, { STUDY_DUCKDB_NAME }] = await Promise.all([
    import("../tuning/open-tuning.js"),
    import("../tuning/trials/trials-duckdb.js"),
  ]);
  const { manifest } = await openTuning(folder);
  const dir = resolve(folder);
  const sign = { sql: DIGEST_OF_TUNING, digests: [manifest.digest] };
  return { kind: "tuning", dir, duckdb: { path: join(dir, STUDY_DUCKDB_NAME), bytes: null, sign }, run: null };
}
