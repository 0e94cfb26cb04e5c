import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { RunManifest } from "./manifest.js";
import { DUCKDB_NAME } from "./run-files.js";

/** Reads without a trace: nothing is fetched, and the file stays as it is. */
const OPTIONS = {
  access_mode: "READ_ONLY",
  threads: "1",
  autoinstall_known_extensions: "false",
  autoload_known_extensions: "false",
} as const;

/** What a DuckDB file must hold. */
export interface ExpectedDuckdb {
  /** Null: there is none. */
  readonly duckdb: RunManifest["duckdb"];
  /** Of the runs, in the order of the table `runs`. */
  readonly digests: readonly string[];
  readonly tables: Readonly<Record<string, { readonly rows: number }>>;
}

/**
 * What is off with a run's DuckDB file, in words, by its manifest: presence, size, the digest it was loaded under and the
 * rows of each table. Empty when nothing is, and for a run that made none. Opened for reading only.
 */
export function duckdbFaults(dir: string, { duckdb, digest, tables }: RunManifest): Promise<string[]> {
  return faultsOfDuckdb(dir, { duckdb, digests: [digest], tables: tables as ExpectedDuckdb["tables"] });
}

/** The same for whatever is to be in it. */
export async function faultsOfDuckdb(dir: string, expected: ExpectedDuckdb): Promise<string[]> {
  if (expected.duckdb === null) return [];
  const { file, bytes } = expected.duckdb;
  const path = join(dir, file);
  const entry = await stat(path).catch(() => null);
  if (entry === null || !entry.isFile()) return [`${file} is missing`];
  const faults = entry.size === bytes ? [] : [`${file} has ${entry.size} bytes, the manifest says ${bytes}`];
  try {
    return [...faults, ...(await contentFaults(path, file, expected))];
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).split("\n")[0];
    return [...faults, `${file} cannot be read: ${reason}`];
  }
}

async function contentFaults(path: string, file: string, { digests, tables }: ExpectedDuckdb): Promise<string[]> {
  // Only here: it is a large native library, and a run without a DuckDB file does without.
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(path, OPTIONS);
  try {
    const connection = await instance.connect();
    const rowsOf = async (sql: string) => (await connection.run(sql)).getRows();
    try {
      const held = new Set((await rowsOf("SELECT table_name FROM duckdb_tables() WHERE NOT internal")).map(([name]) => String(name)));
      const faults: string[] = [];
      if (!held.has("runs")) faults.push(`${file} has no table runs`);
      else {
        const held = (await rowsOf("SELECT digest FROM runs")).map(([value]) => String(value));
        const at = digests.findIndex((digest, index) => digest !== held[index]);
        if (at >= 0) faults.push(`${file} is of the digest ${held[at] ?? "none"}, not of this run's`);
        else if (held.length > digests.length) faults.push(`${file} is of more runs than these`);
      }
      for (const [table, entry] of Object.entries(tables)) {
        if (!held.has(table)) {
          faults.push(`${file} has no table ${table}`);
          continue;
        }
        const [[rows]] = await rowsOf(`SELECT count(*) FROM ${table}`);
        if (Number(rows) !== entry.rows) faults.push(`${file}: table ${table} has ${rows} rows, the manifest says ${entry.rows}`);
      }
      return faults;
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

/** A DuckDB file in the folder of a run that made none. */
export async function hasStrayDuckdb(dir: string, manifest: RunManifest): Promise<boolean> {
  if (manifest.duckdb !== null) return false;
  return (await stat(join(dir, DUCKDB_NAME)).catch(() => null)) !== null;
}
