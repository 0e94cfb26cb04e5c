import { stat } from "node:fs/promises";
import { TenureError } from "../../engine/index.js";
import { openTablesFile, openTablesOfRun, type TablesDatabase, type TablesOptions } from "../../recorders/index.js";
import { type AskedDuckdb, type AskedFolder, askedFolder, type FolderKind } from "../../studies/index.js";

/** The tables of a folder of finished results. */
export interface OpenTables {
  readonly kind: FolderKind;
  /** Absolute path of the folder. */
  readonly dir: string;
  readonly database: TablesDatabase;
}

/**
 * Opens the tables of a run, of replicates, of a comparison or of a tuning. Of a run without a DuckDB file they are made in memory.
 * @throws TenureError `TEN-SQL-009` there is no DuckDB file, `-010` it is not the one that was made here; those of `askedFolder`
 */
export async function openTables(folder: string, options: TablesOptions = {}): Promise<OpenTables> {
  const asked = await askedFolder(folder);
  return { kind: asked.kind, dir: asked.dir, database: await databaseOf(asked, options) };
}

async function databaseOf({ kind, dir, duckdb, run }: AskedFolder, options: TablesOptions): Promise<TablesDatabase> {
  if (duckdb !== null) return openChecked(duckdb, ANEW[kind], options);
  if (run !== null) return openTablesOfRun(run, options);
  throw new TenureError({
    code: "TEN-SQL-009",
    what: "The folder has no DuckDB file to ask.",
    place: { file: dir },
    found: `a folder of a ${kind} that was made with --no-duckdb`,
    allowed: "a folder with a DuckDB file, or the folder of a single run",
    hint: "Run the same command again without --no-duckdb; or ask a single run, such as one under replicates/.",
  });
}

/** What makes the DuckDB file of a folder anew. */
const ANEW: Readonly<Record<FolderKind, string>> = {
  run: "`tenure run` of its scenario with the same --out makes it anew.",
  replicates: "The same `tenure run --replicates` again makes it anew; replicates that are finished are taken as they are.",
  comparison: "The same `tenure compare` again makes it anew; what was run is taken as it is.",
  tuning: "The same `tenure tune` again makes it anew; trials that are finished are taken as they are.",
};

async function openChecked({ path, bytes, sign }: AskedDuckdb, anew: string, options: TablesOptions): Promise<TablesDatabase> {
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile()) throw notOurs(path, "no such file", anew);
  if (bytes !== null && found.size !== bytes) throw notOurs(path, `${found.size} bytes, where the manifest says ${bytes}`, anew);
  let database: TablesDatabase;
  try {
    database = await openTablesFile(path, options);
  } catch (error) {
    throw notOurs(path, firstLine(error), `Close other programs that have it open. Where none has, it is damaged: ${uncapitalized(anew)}`);
  }
  try {
    const digests = sign === null ? [] : (await database.texts(sign.sql)).map(([digest]) => String(digest));
    const expected = sign?.digests ?? [];
    const at = expected.findIndex((digest, index) => digest !== digests[index]);
    if (at >= 0) throw notOurs(path, `the tables of ${digests[at] ?? "nothing"}, where the manifest says ${expected[at]}`, anew);
    return database;
  } catch (error) {
    database.close();
    throw error instanceof TenureError ? error : notOurs(path, firstLine(error), anew);
  }
}

const firstLine = (error: unknown) => (error instanceof Error ? error.message : String(error)).split("\n")[0];

const uncapitalized = (text: string) => text.replace(/^[A-Z]/, (letter) => letter.toLowerCase());

function notOurs(path: string, found: string, hint: string): TenureError {
  return new TenureError({
    code: "TEN-SQL-010",
    what: "The DuckDB file cannot be read, or is not the one that belongs to these results.",
    place: { file: path },
    found,
    allowed: "the file as it was written, which no other program is writing to",
    hint,
  });
}
