import { cp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommandLine } from "../../cli/command-line.js";
import { capturedTerminal, interruption } from "../cli/captured-terminal.js";
import { runInProcess } from "../cli/run-in-process.js";
import { contentsOf } from "../recorders/temporary-folder.js";
import { tenure, workFolder } from "./tenure.js";

let folder: Awaited<ReturnType<typeof workFolder>>;
let run: string;
beforeAll(async () => {
  folder = await workFolder();
  run = join(folder.path, "demo");
  expect(await tenure(["run", "demo", "--set", "time.days=2", "--out", "demo", "--quiet"], folder.path)).toMatchObject({ code: 0 });
});
afterAll(() => folder.remove());

const sql = (...args: string[]) => runInProcess(["sql", run, ...args]);
const at = (name: string) => join(folder.path, name);

describe("tenure sql", () => {
  it("answers from the built command line, and leaves the run as it is", async () => {
    const before = await contentsOf(run);
    const ended = await tenure(["sql", "demo", "SELECT hotkey, paid_rao FROM miners ORDER BY paid_rao DESC, hotkey", "--csv"], folder.path);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    const [head, ...lines] = ended.stdout.trimEnd().split("\n");
    expect(head).toBe("hotkey,paid_rao");
    expect(lines.length).toBe(64);
    const paid = lines.map((line) => Number(line.split(",")[1]));
    expect(paid).toEqual([...paid].sort((a, b) => b - a));
    const endless = await tenure(["sql", "demo", "SELECT count(*) FROM range(1000000000000)", "--timeout", "100ms", "--json"], folder.path);
    expect(endless.code).toBe(2);
    expect(JSON.parse(endless.stderr).error).toMatchObject({ code: "TEN-SQL-006", found: "no answer after 0.1 s" });
    expect(await contentsOf(run)).toEqual(before);
  });

  it("says the same as a table, as CSV and as JSON", async () => {
    const query = ["--query", "winners-and-losers"];
    const table = (await sql(...query, "--limit", "100")).out.trimEnd().split("\n");
    const csv = (await sql(...query, "--csv")).out.trimEnd().split("\n");
    const { rows } = JSON.parse((await sql(...query, "--json")).out);
    expect(table.at(-1)).toBe("64 rows");
    expect(table.slice(0, -1).map((line) => line.trim().split(/ +/))).toEqual(csv.map((line) => line.split(",")));
    expect(rows.map((row: object) => Object.values(row).map(String))).toEqual(csv.slice(1).map((line) => line.split(",")));
    expect((await sql(...query, "--limit", "5")).out).toContain("5 of 64 rows; --limit 64 shows all");
  });

  it("writes Parquet exactly, to a new file alone", async () => {
    const file = at("it's new/answer.parquet");
    const query = "SELECT position, paid_rao, paid_alpha, [paid_rao] AS list, epoch_ms(1) AS time_ms FROM miners ORDER BY position";
    expect((await sql(query, "--parquet", file)).out).toBe(`Wrote 64 rows to ${file}\n`);
    expect(await readdir(at("it's new"))).toEqual(["answer.parquet"]);
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    const read = await connection.runAndReadAll(`SELECT * FROM '${file.replaceAll("'", "''")}'`);
    expect(read.columnTypes().map(String)).toEqual(["INTEGER", "DECIMAL(38,0)", "DECIMAL(38,9)", "DECIMAL(38,0)[]", "TIMESTAMP"]);
    const { rows } = JSON.parse((await sql(query, "--json")).out);
    expect(read.getRowsJson().map(([position, rao, alpha]) => [position, rao, alpha])).toEqual(
      rows.map((row: Record<string, unknown>) => [row.position, row.paid_rao, row.paid_alpha]),
    );
    connection.closeSync();
    instance.closeSync();
    expect(await sql("SELECT 1", "--parquet", file)).toMatchObject({ code: 2, err: expect.stringContaining("TEN-CLI-004") });
    expect(await sql("SELECT 1", "--parquet", at("demo/x.parquet"))).toMatchObject({
      code: 2,
      err: expect.stringContaining("TEN-CLI-012"),
    });
    expect(await sql("SELECT wrong", "--parquet", at("other/x.parquet"))).toMatchObject({
      code: 2,
      err: expect.stringContaining("TEN-SQL-001"),
    });
    expect(await readdir(folder.path)).not.toContain("other");
    await writeFile(at("file"), "");
    expect(await sql("SELECT 1", "--parquet", at("file/x.parquet"))).toMatchObject({
      code: 2,
      err: expect.stringContaining("TEN-CLI-011"),
    });
    expect(JSON.parse((await sql("SELECT 1 AS a", "--parquet", at("b.parquet"), "--json")).out)).toEqual({
      file: at("b.parquet"),
      rows: 1,
      columns: [{ name: "a", type: "INTEGER" }],
    });
  });

  it("lists tables with rows, columns and meanings, and queries", async () => {
    const { out } = await sql("--tables");
    expect(out).toMatch(/^rewards {2}2,\d{3} rows$/m);
    expect(out).toMatch(/^paid_alpha +DECIMAL\(38,9\) +paid_rao \/ 10\^9, exact \[alpha\]$/m);
    expect(out).toMatch(/^Without rows: .*slashes/m);
    expect(out).not.toMatch(/^slashes/m);
    const [table, view] = JSON.parse((await sql("--tables", "rewards", "--json")).out);
    expect([table.name, view.name, view.rows]).toEqual(["rewards", "rewards_view", table.rows]);
    expect(await sql("--tables", "reward")).toMatchObject({ code: 2, err: expect.stringContaining("Did you mean rewards?") });
    expect((await runInProcess(["sql", "--list"])).out).toMatch(/^tier-income +run +What/m);
    expect((await sql("--list")).out).not.toContain("tier-income");
  });

  it.each([
    [["sql"], "TEN-CLI-022"],
    [["sql", "RUN"], "TEN-SQL-012"],
    [["sql", "RUN", "SELECT 1", "--list"], "TEN-SQL-012"],
    [["sql", "RUN", "SELECT 1", "--query", "slashes"], "TEN-SQL-012"],
    [["sql", "RUN", "--query", "slashes", "--list"], "TEN-CLI-025"],
    [["sql", "RUN", "SELECT 1", "--csv", "--json"], "TEN-CLI-025"],
    [["sql", "RUN", "SELECT 1", "--timeout", "soon"], "TEN-CLI-026"],
    [["sql", "RUN", "--query", "slash"], "TEN-SQL-007"],
  ])("refuses %j", async (args, code) => {
    const ended = await runInProcess(args.map((word) => (word === "RUN" ? run : word)));
    expect([ended.code, ended.out]).toEqual([2, ""]);
    expect(ended.err).toContain(code);
  });

  it("ends when it is told to", async () => {
    const terminal = capturedTerminal();
    const code = await runCommandLine(["sql", run, "SELECT count(*) FROM range(1000000000000)"], terminal, interruption(130));
    expect([code, terminal.out]).toEqual([130, ""]);
    expect(terminal.err).toContain("TEN-CLI-003");
  });

  it("shows nothing that a terminal would obey, and JSON as it is", async () => {
    const query = "SELECT 'a' || chr(27) || '[31m' || chr(8238) || chr(127) || 'b' AS \"x\u001b\"";
    for (const more of [[], ["--csv"]]) {
      const { out } = await sql(query, ...more);
      expect(out).toContain("a\\x1b[31m\\u202e\\x7fb");
      // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
      expect(out).not.toMatch(/[\u001b\u202e\u007f]/);
    }
    const { out } = await sql(query, "--json");
    expect(JSON.parse(out).rows).toEqual([{ "x\u001b": "a\u001b[31m\u202e\u007fb" }]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
    expect(out).not.toMatch(/[\u001b\u202e\u007f]/);
  });
});

describe("a DuckDB file that is not that of the results is refused:", () => {
  it.each([
    ["missing", (path: string) => rm(path)],
    ["cut short", (path: string) => writeFile(path, "DUCK")],
  ])("%s", async (name, change) => {
    const copy = at(name.replace(" ", "-"));
    await cp(run, copy, { recursive: true });
    await change(join(copy, "results.duckdb"));
    const { code, err } = await runInProcess(["sql", copy, "SELECT 1"]);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("TEN-SQL-010") });
    expect(err.replace(/\s+/g, " ")).toContain("`tenure run` of its scenario with the same --out makes it anew.");
  });

  it("no database, of the right length", async () => {
    const copy = at("garbled");
    await cp(run, copy, { recursive: true });
    const file = join(copy, "results.duckdb");
    await writeFile(file, Buffer.alloc((await stat(file)).size, "x"));
    const { code, err } = await runInProcess(["sql", copy, "SELECT 1"]);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("TEN-SQL-010") });
    expect(err.replace(/\s+/g, " ")).toContain("Close other programs that have it open. Where none has, it is damaged: `tenure run`");
  });
});
