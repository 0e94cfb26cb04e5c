import { stat } from "node:fs/promises";
import { join } from "node:path";
import { RESULT_TABLE_NAMES } from "../../engine/index.js";
import { DUCKDB_NAME, loadReplicates, STUDY_FORMAT, TABLES_DIR, toolVersion } from "../../recorders/index.js";
import { writeFigures } from "../figures/figures-file.js";
import { FIGURES_TABLE, type FigureRow } from "../figures/figures-table.js";
import { figuresOf } from "../figures/registry.js";
import { studyDigest } from "../folder/study-digest.js";
import type { StudyDirectory } from "../folder/study-directory.js";
import { FIGURES_NAME } from "../folder/study-files.js";
import { type RefusalEntry, type ReplicateEntry, STUDY_VERSION, type StudyManifest } from "../folder/study-manifest.js";
import type { FinishedReplicate } from "./finished-replicate.js";
import type { StudyOptions } from "./study-options.js";
import type { StudyPlan } from "./study-plan.js";

/** How a replicate ended. */
export type ReplicateEnd = FinishedReplicate | { readonly status: "failed"; readonly error: RefusalEntry };

/**
 * Puts what all replicates amount to beside them, and makes the study complete: figures, one DuckDB file, the manifest. All but
 * the DuckDB file and the times depends on the replicates alone, not on who ran them where.
 * @param ends of every replicate of the plan
 * @param startedMs when the work began, of `performance.now`
 */
export async function finishStudy(
  directory: StudyDirectory,
  { replicates: numbers, inputs, ...plan }: StudyPlan,
  ends: ReadonlyMap<number, ReplicateEnd>,
  startedMs: number,
  { duckdb = true, onProgress, signal }: Pick<StudyOptions, "duckdb" | "onProgress" | "signal">,
): Promise<StudyManifest> {
  const simulatedMs = performance.now();
  const finished = numbers.flatMap((replicate) => {
    const end = ends.get(replicate);
    return end?.status === "finished" ? [{ replicate, ...end }] : [];
  });
  const entries = numbers.map((replicate): ReplicateEntry => {
    const end = ends.get(replicate) as ReplicateEnd;
    if (end.status === "failed") return { replicate, status: "failed", error: end.error };
    return { replicate, status: "finished", digest: end.manifest.digest };
  });
  const digest = studyDigest(entries);
  const figures = await writeFigureFile(join(directory.partialPath, FIGURES_NAME), finished);
  let database: StudyManifest["duckdb"] = null;
  if (duckdb) {
    const path = join(directory.partialPath, DUCKDB_NAME);
    const tables = RESULT_TABLE_NAMES.filter((name) => finished.some(({ manifest }) => manifest.tables[name] !== undefined));
    const runs = finished.map(({ replicate, path: folder, manifest }) => ({
      name: manifest.scenario.name,
      seed: manifest.seed,
      replicate,
      digest: manifest.digest,
      version: manifest.tool.version,
      tablesDir: join(folder, TABLES_DIR),
      without: tables.filter((name) => manifest.tables[name] === undefined),
    }));
    const rowsOf = ({ manifest }: FinishedReplicate) => Object.values(manifest.tables).reduce((sum, { rows }) => sum + rows, 0);
    const total = finished.reduce((sum, one) => sum + rowsOf(one), figures.rows);
    await loadReplicates(path, tables, runs, [{ path: join(directory.partialPath, FIGURES_NAME), declaration: FIGURES_TABLE }], {
      ...(signal === undefined ? {} : { signal }),
      onProgress: ({ rows }) => onProgress?.({ stage: "loading", done: rows, total, unit: "rows" }),
    });
    database = { file: DUCKDB_NAME, bytes: (await stat(path)).size };
  }
  const endedMs = performance.now();
  const manifest: StudyManifest = {
    format: STUDY_FORMAT,
    version: STUDY_VERSION,
    status: "complete",
    tool: { name: "tenure", version: toolVersion() },
    digest,
    ...plan,
    inputs: [...inputs],
    replicates: entries,
    figures,
    duckdb: database,
    node: process.versions.node,
    timing: {
      replicates: Math.round(simulatedMs - startedMs),
      duckdb: Math.round(endedMs - simulatedMs),
      total: Math.round(endedMs - startedMs),
    },
  };
  await directory.finish(manifest, new Map(finished.map(({ replicate, path }) => [replicate, path])));
  return manifest;
}

async function writeFigureFile(
  path: string,
  finished: readonly (FinishedReplicate & { readonly replicate: number })[],
): Promise<StudyManifest["figures"]> {
  const rows: FigureRow[] = [];
  const names = new Map<string, { name: string; unit: string; meaning: string }>();
  for (const { replicate, manifest } of finished) {
    for (const { name, unit, meaning, value } of figuresOf(manifest.summary)) {
      rows.push({ replicate, figure: name, unit, value });
      if (!names.has(name)) names.set(name, { name, unit, meaning });
    }
  }
  const { sha256, bytes } = await writeFigures(path, rows);
  return { file: FIGURES_NAME, sha256, rows: rows.length, bytes, names: [...names.values()] };
}
