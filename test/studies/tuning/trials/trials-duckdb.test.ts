import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distinctNames } from "../../../../studies/tuning/trials/distinct-names.js";
import {
  type TrialRow,
  type TrialsContent,
  trialColumnNames,
  trialsDuckdbRows,
  writeTrialsDuckdb,
} from "../../../../studies/tuning/trials/trials-duckdb.js";
import { refusalOf, useTemporaryFolders } from "../../../recorders/temporary-folder.js";

const folder = useTemporaryFolders();
const FIRST = ["trial", "status", "on_front", "is_chosen", "replicates", "error_code", "error_what"];

async function query(path: string, sql: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(path, { access_mode: "READ_ONLY" });
  try {
    const connection = await instance.connect();
    const rows = (await connection.runAndReadAll(sql)).getRowsJS() as unknown[][];
    connection.closeSync();
    return rows;
  } finally {
    instance.closeSync();
  }
}

const row = (trial: number, more: Partial<TrialRow> = {}): TrialRow => ({
  trial,
  status: "finished",
  isOnFront: false,
  isChosen: false,
  replicates: 2,
  error: null,
  set: {},
  objectives: {},
  figures: [],
  ...more,
});
async function written(content: Partial<TrialsContent>) {
  const path = join(await folder(), "study.duckdb");
  await writeTrialsDuckdb(path, { parameters: [], objectives: [], trials: [], study: {}, ...content });
  return (sql: string) => query(path, sql);
}

describe("study.duckdb", () => {
  it("has the trials by their numbers, what they set and what they came to", async () => {
    const ask = await written({
      parameters: ["vesting.max_multiplier", "vesting.rule", "ledger.strict"],
      objectives: ["pot_moved", "held"],
      trials: [
        row(2, {
          status: "pruned",
          replicates: 1,
          set: { "vesting.max_multiplier": 3, "vesting.rule": "it's", "ledger.strict": true },
          objectives: { held: 0.5 },
        }),
        row(0, {
          isOnFront: true,
          isChosen: true,
          set: { "vesting.max_multiplier": 1.5, "vesting.rule": "linear" },
          objectives: { pot_moved: 0.1, held: 0.25 },
        }),
        row(1, { status: "failed", replicates: 0, error: { code: "TEN-RUN-004", what: 'No "start".' }, objectives: { pot_moved: null } }),
      ],
    });
    expect((await ask("DESCRIBE trials")).map(([name, type]) => [name, type])).toEqual([
      ...FIRST.map((name, at) => [name, ["INTEGER", "VARCHAR", "BOOLEAN", "BOOLEAN", "INTEGER", "VARCHAR", "VARCHAR"][at]]),
      ["vesting.max_multiplier", "DOUBLE"],
      ["vesting.rule", "VARCHAR"],
      ["ledger.strict", "BOOLEAN"],
      ["pot_moved", "DOUBLE"],
      ["held", "DOUBLE"],
    ]);
    expect(await ask("FROM trials")).toEqual([
      [0, "finished", true, true, 2, null, null, 1.5, "linear", null, 0.1, 0.25],
      [1, "failed", false, false, 0, "TEN-RUN-004", 'No "start".', null, null, null, null, null],
      [2, "pruned", false, false, 1, null, null, 3, "it's", true, null, 0.5],
    ]);
    expect(await ask("SELECT comment FROM duckdb_columns() WHERE column_name = 'vesting.rule'")).toEqual([["The parameter vesting.rule."]]);
  });

  it("has the figures of the trials, and what the study was", async () => {
    const figures = [
      { replicate: 0, span: "all", figure: "held", value: 0.1 },
      { replicate: 1, span: "2025-01", figure: "held", value: Number.MAX_VALUE },
    ];
    const ask = await written({
      trials: [row(1, { figures }), row(0, { figures: [figures[0]] })],
      study: { scenario: "demo\n", seed: "7" },
    });
    expect(await ask("FROM trial_figures")).toEqual([
      [0, 0, "all", "held", 0.1],
      [1, 0, "all", "held", 0.1],
      [1, 1, "2025-01", "held", Number.MAX_VALUE],
    ]);
    expect(await ask("FROM study")).toEqual([
      ["scenario", "demo\n"],
      ["seed", "7"],
    ]);
  });

  it("has columns of mixed values as text, and those that differ in case alone apart", async () => {
    const set = { a: 1, A: "x", 'q"uote': 2, trial: 5 };
    const ask = await written({
      parameters: ["a", "A", 'q"uote', "trial"],
      objectives: ["STATUS", "a"],
      trials: [row(0, { set, objectives: { STATUS: 1, a: 2 } }), row(1, { set: { a: "one" } })],
    });
    const named = trialColumnNames({ parameters: ["a", "A", 'q"uote', "trial"], objectives: ["STATUS", "a"] });
    const columns = (await ask("DESCRIBE trials")).slice(FIRST.length).map(([name]) => name);
    expect([...named.parameters, ...named.objectives]).toEqual(columns);
    expect(columns).toEqual(["a", "A_2", 'q"uote', "trial_2", "STATUS_2", "a_3"]);
    expect(await ask('SELECT a, A_2, "q""uote", trial_2, STATUS_2, a_3 FROM trials')).toEqual([
      ["1", "x", 2, 5, 1, 2],
      ["one", null, null, null, null, null],
    ]);
  });

  it("holds whatever values there are, told as it goes", async () => {
    const path = join(await folder(), "study.duckdb");
    const value = fc.double({ noNaN: true, noDefaultInfinity: true });
    const figure = fc.record({ replicate: fc.nat(), span: fc.string(), figure: fc.string({ unit: "grapheme" }), value });
    const text = (one: string) => one.replaceAll("\0", "");
    const rows = fc.uniqueArray(fc.record({ trial: fc.nat(), figures: fc.array(figure) }), { selector: ({ trial }) => trial });
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        const trials = given.map(({ trial, figures }) =>
          row(trial, { figures: figures.map((one) => ({ ...one, span: text(one.span), figure: text(one.figure) })) }),
        );
        const content: TrialsContent = { parameters: [], objectives: [], trials, study: {} };
        const told: number[] = [];
        await writeTrialsDuckdb(path, content, { onProgress: ({ rows }) => told.push(rows) });
        expect(told).toEqual([...told].sort((a, b) => a - b));
        expect(Math.max(0, ...told)).toBeLessThanOrEqual(trialsDuckdbRows(content));
        const sorted = [...trials].sort((a, b) => a.trial - b.trial);
        expect(await query(path, "SELECT trial FROM trials")).toEqual(sorted.map(({ trial }) => [trial]));
        expect(await query(path, "FROM trial_figures")).toEqual(
          sorted.flatMap(({ trial, figures }) => figures.map((one) => [trial, one.replicate, one.span, one.figure, one.value])),
        );
      }),
      { numRuns: 15 },
    );
  });

  it("replaces the one before it, and leaves that where it fails or is stopped", async () => {
    const dir = await folder();
    const path = join(dir, "study.duckdb");
    const content = (trials: number): TrialsContent => ({
      parameters: [],
      objectives: [],
      trials: Array.from({ length: trials }, (_, at) => row(at)),
      study: {},
    });
    await writeTrialsDuckdb(path, content(2));
    await writeTrialsDuckdb(path, content(3));
    expect(await query(path, "SELECT count(*)::INT FROM trials")).toEqual([[3]]);
    const before = await readFile(path);
    const reason = new Error("enough");
    await expect(writeTrialsDuckdb(path, content(9), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(await readdir(dir)).toEqual(["study.duckdb"]);
    expect((await readFile(path)).equals(before)).toBe(true);
    await mkdir(join(dir, "other.duckdb"));
    await writeFile(join(dir, "file"), "");
    expect(await refusalOf(() => writeTrialsDuckdb(join(dir, "file", "study.duckdb"), content(1)))).toMatchObject({
      code: "TEN-RESULT-011",
    });
    expect(await refusalOf(() => writeTrialsDuckdb(join(dir, "other.duckdb"), content(1)))).toMatchObject({ code: "TEN-RESULT-011" });
    expect((await readdir(dir)).sort()).toEqual(["file", "other.duckdb", "study.duckdb"]);
  });
});

describe("distinct names", () => {
  it("are left as they are where nobody else has them", () => {
    expect(distinctNames(["a", "b", "ä", "Ä"], ["c"])).toEqual(["a", "b", "ä", "Ä"]);
    expect(distinctNames(["a", "A", "a_2", "A"], ["A"])).toEqual(["a_2", "A_3", "a_2_2", "A_4"]);
  });

  it("are distinct for DuckDB, each beginning as it was called", () => {
    const name = fc.string({ unit: fc.constantFrom("a", "A", "b", "_", "2"), maxLength: 4 });
    fc.assert(
      fc.property(fc.array(name), fc.array(name), (names, taken) => {
        const own = distinctNames(names, taken);
        for (const [at, one] of own.entries()) expect(one.startsWith(names[at])).toBe(true);
        const all = [...new Set(taken.map((one) => one.toLowerCase())), ...own.map((one) => one.toLowerCase())];
        expect(new Set(all).size).toBe(all.length);
      }),
    );
  });
});
