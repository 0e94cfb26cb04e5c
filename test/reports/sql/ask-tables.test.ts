import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TableAnswer } from "../../../recorders/index.js";
import { answerCsv, answerJson, answerText, askTables, type OpenTables, openTables, PLAIN_STYLE } from "../../../reports/index.js";
import { cases } from "../../cases.js";
import { contentsOf, refusalOf } from "../../recorders/temporary-folder.js";
import { sampleRun } from "./sample-run.js";

let folder: string;
let run: string;
/** Of the DuckDB file, and of the same tables made of its Arrow files. */
let opened: OpenTables;
let inMemory: OpenTables;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenure-sql-"));
  run = await sampleRun(folder, "demo", ["time.days=3"]);
  opened = await openTables(run);
  inMemory = await openTables(await sampleRun(folder, "demo", ["time.days=3"], false));
});
afterAll(async () => {
  opened?.database.close();
  inMemory?.database.close();
  await rm(folder, { recursive: true, force: true });
});

async function rowsOf(answer: TableAnswer): Promise<(string | null)[][]> {
  const rows: (string | null)[][] = [];
  for await (const page of answer.pages()) rows.push(...page.map((row) => [...row]));
  return rows;
}
async function textOf(parts: AsyncGenerator<string>): Promise<string> {
  let text = "";
  for await (const part of parts) text += part;
  return text;
}
const codeOf = async (sql: string) => (await refusalOf(() => askTables(opened, sql))).code;

describe("a query is refused that", () => {
  it.each([
    ["reads a file by a function", "SELECT * FROM read_csv('/etc/passwd')", "TEN-SQL-004"],
    ["reads a file by a function in a function", "SELECT (SELECT max(content) FROM read_text('/etc/passwd'))", "TEN-SQL-004"],
    ["reads a file by its name", "FROM '/etc/passwd'", "TEN-SQL-003"],
    ["reads from the network", "FROM 'https://example.org/x.parquet'", "TEN-SQL-003"],
    ["lists files", "FROM glob('/*')", "TEN-SQL-004"],
    ["builds a query of a text", "FROM query('SELECT 1')", "TEN-SQL-004"],
    ["starts a log in a file", "FROM enable_logging(storage='file', storage_config={'path': '/tmp/x'})", "TEN-SQL-004"],
    ["writes", "DELETE FROM positions", "TEN-SQL-002"],
    ["makes a table", "CREATE TABLE x AS SELECT 1", "TEN-SQL-002"],
    ["writes a file", "COPY positions TO 'x.csv'", "TEN-SQL-002"],
    ["opens another database", "ATTACH 'x.duckdb'", "TEN-SQL-002"],
    ["fetches an extension", "INSTALL httpfs", "TEN-SQL-002"],
    ["loads an extension", "LOAD httpfs", "TEN-SQL-002"],
    ["sets something", "SET threads = 8", "TEN-SQL-002"],
    ["has a pragma", "PRAGMA database_list", "TEN-SQL-002"],
    ["calls", "CALL pragma_version()", "TEN-SQL-002"],
    ["is two", "SELECT 1; SELECT 2", "TEN-SQL-002"],
    ["is two, the second of which writes", "SELECT 1; DROP TABLE positions", "TEN-SQL-002"],
    ["is none", " ", "TEN-SQL-002"],
    ["explains", "EXPLAIN SELECT 1", "TEN-SQL-002"],
    ["describes", "DESCRIBE miners", "TEN-SQL-004"],
    ["asks the time", "SELECT now()", "TEN-SQL-004"],
    ["asks the time by the age of a time", "SELECT age(TIMESTAMP '2020-01-01')", "TEN-SQL-004"],
    ["asks the time by the age of a time, called behind it", "SELECT (TIMESTAMP '2020-01-01').age()", "TEN-SQL-004"],
    ["asks the time of the place", "SELECT current_localtime()", "TEN-SQL-004"],
    ["asks how long ago it is", "SELECT ago('1 day')", "TEN-SQL-004"],
    ["asks when it began", "SELECT pg_postmaster_start_time()", "TEN-SQL-004"],
    ["reads a setting", "SELECT current_setting('secret_directory')", "TEN-SQL-004"],
    ["reads a variable", "SELECT getvariable('x')", "TEN-SQL-004"],
    ["draws", "SELECT random()", "TEN-SQL-004"],
    ["draws by name", "SELECT list_aggregate([1, 2], 'Reservoir_Quantile', 0.5)", "TEN-SQL-004"],
    ["draws by a name that is put together", "SELECT list_aggr([1, 2], 'reservoir' || '_quantile', 0.5)", "TEN-SQL-004"],
    ["wants a value that nobody gives", "SELECT $1", "TEN-SQL-004"],
    ["reads the catalog", "FROM duckdb_settings()", "TEN-SQL-004"],
    ["names a table that is not there", "FROM minerz", "TEN-SQL-003"],
    ["names a table of another database", "FROM other.main.miners", "TEN-SQL-003"],
    ["names a column that is not there", "SELECT paid FROM miners", "TEN-SQL-001"],
    ["is no SQL", "SELCT 1", "TEN-SQL-001"],
    ["fails on a value", "SELECT CAST(hotkey AS INTEGER) FROM miners", "TEN-SQL-001"],
  ])("%s", async (_, sql, code) => {
    const before = await contentsOf(run);
    expect(await codeOf(sql)).toBe(code);
    expect(await contentsOf(run)).toEqual(before);
  });

  it("says what is near, and in which line it is wrong", async () => {
    expect(await refusalOf(() => askTables(opened, "FROM minerz"))).toMatchObject({ hint: "Did you mean miners?", found: "minerz" });
    expect((await refusalOf(() => askTables(opened, "SELECT uid,\n  paid\nFROM miners"))).what).toContain("line 2");
  });

  it.each([
    ["WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r) SELECT count(*) FROM r"],
    ["SELECT count(*) FROM range(1000000000000)"],
    ["SELECT count(*) FROM exits a, exits b, exits c, exits d WHERE a.amount_rao + b.amount_rao + c.amount_rao = d.amount_rao"],
  ])("never ends: %s", async (sql) => {
    expect((await refusalOf(() => askTables(opened, sql, { timeoutMs: 100 }))).code).toBe("TEN-SQL-006");
    // What comes after is answered.
    expect(await rowsOf(await askTables(opened, "SELECT 1"))).toEqual([["1"]]);
    const controller = new AbortController();
    const asked = askTables(opened, sql, { signal: controller.signal });
    setImmediate(() => controller.abort(new Error("stop")));
    await expect(asked).rejects.toThrow("stop");
  });

  it("needs more memory than there is", async () => {
    expect(await codeOf("SELECT list(a.range) FROM range(1000000000) a")).toBe("TEN-SQL-005");
  });
});

describe("an answer", () => {
  it("is the same of the DuckDB file and of the Arrow files", async () => {
    const catalog = await opened.database.catalog();
    expect(await inMemory.database.catalog()).toEqual(catalog);
    expect(catalog.find(({ name }) => name === "exits")?.rows).toBeGreaterThan(100);
    for (const { name, columns } of catalog) {
      for (const { name: column, meaning } of columns) if (name !== "runs") expect([name, column, meaning]).not.toEqual([name, column, ""]);
      const [one, other] = [await askTables(opened, `FROM ${name}`), await askTables(inMemory, `FROM ${name}`)];
      // As texts: hundreds of thousands of values are compared one by one at leisure.
      expect(JSON.stringify(await rowsOf(other)) === JSON.stringify(await rowsOf(one)), name).toBe(true);
    }
  });

  it("keeps the order, and every value, whatever its size", async () => {
    const answer = await askTables(opened, "SELECT range AS i, (range * 7919) % 25013 AS k FROM range(25013) ORDER BY k DESC -- a comment");
    const rows = await rowsOf(answer);
    expect(rows.map(([, k]) => Number(k))).toEqual(Array.from({ length: 25_013 }, (_, at) => 25_012 - at));
    expect(answer.rows).toBe(25_013);
  });

  it("of views has the amounts of the tables", async () => {
    const sql = "SELECT sum(paid_rao)::VARCHAR, sum(paid_alpha)::VARCHAR FROM rewards_view";
    const [[rao, alpha]] = await rowsOf(await askTables(opened, sql));
    expect(alpha?.replace(".", "")).toBe(rao);
    expect(await rowsOf(await askTables(opened, "SELECT DISTINCT hotkey FROM rewards_view ORDER BY 1 LIMIT 1"))).toEqual([
      ["peers/miner-000"],
    ]);
  });

  const texts = fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("", 'a"b', "a,b", "a\nb", "NULL", "é漢", "\u001b[31m", "\u202e"));
  const row = fc.tuple(
    fc.option(texts),
    fc.option(fc.bigInt({ min: -(2n ** 100n), max: 2n ** 100n })),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );

  it("is exact as CSV and as JSON", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 5 }), async (rows) => {
        const safe = rows.map(([text, ...numbers]) => [text?.replaceAll(/[\0\r]/g, "") ?? null, ...numbers] as const);
        const values = safe.map(([text, whole, real]) => {
          const quoted = text === null ? "NULL" : `'${text.replaceAll("'", "''")}'`;
          return `(${quoted}::VARCHAR, ${whole === null ? "NULL" : `'${whole}'`}::HUGEINT, '${real}'::DOUBLE)`;
        });
        const answer = await askTables(opened, `FROM (VALUES ${values.join(", ")}) t(a, b, "a,b")`);
        const csv = await textOf(answerCsv(answer));
        const expected = safe.map(([text, whole, real]) => [text, whole?.toString() ?? null, real + 0]);
        expect(readCsv(csv).map(([a, b, c]) => [a, b, Number(c) + 0])).toEqual([["a", "b", Number.NaN], ...expected]);
        const json = JSON.parse(await textOf(answerJson(answer)));
        expect(json.columns).toEqual([
          { name: "a", type: "VARCHAR" },
          { name: "b", type: "HUGEINT" },
          { name: "a,b", type: "DOUBLE" },
        ]);
        expect(json.rows.map(Object.values)).toEqual(expected);
      }),
      { numRuns: cases(15, 40) },
    );
  });

  it("has each name once as JSON, numbers that fit, and texts for what does not", async () => {
    const columns =
      "1 AS a, 2 AS a, 9007199254740993::BIGINT AS b, 1.5::DECIMAL(4,2) AS c, 'nan'::DOUBLE AS d, true AS e, [1] AS f, DATE '2025-01-01' AS g";
    const answer = await askTables(opened, `SELECT ${columns}, NULL AS h`);
    expect(JSON.parse(await textOf(answerJson(answer))).rows).toEqual([
      { a: 1, a_2: 2, b: "9007199254740993", c: "1.50", d: "nan", e: true, f: "[1]", g: "2025-01-01", h: null },
    ]);
    expect((await textOf(answerCsv(answer))).split("\n")).toEqual([
      "a,a,b,c,d,e,f,g,h",
      "1,2,9007199254740993,1.50,nan,true,[1],2025-01-01,",
      "",
    ]);
    const none = await askTables(opened, "FROM miners WHERE false");
    expect(JSON.parse(await textOf(answerJson(none))).rows).toEqual([]);
    expect(await answerText(none, 5, PLAIN_STYLE)).toMatch(/no rows\n$/);
  });

  it("as text is aligned, cut at the limit, and leaves out columns of a narrow terminal", async () => {
    const answer = await askTables(opened, "SELECT 'x' || range AS name, range * 10 AS n FROM range(3)");
    expect(await answerText(answer, 2, PLAIN_STYLE)).toBe("name   n\nx0     0\nx1    10\n2 of 3 rows; --limit 3 shows all\n");
    expect(await answerText(answer, 9, { ...PLAIN_STYLE, width: 6 })).toMatch(/left\s+out\s+n/);
  });
});

it("the tables of a folder that has none to ask are refused", async () => {
  expect((await refusalOf(() => openTables(join(folder, "nothing")))).code).toBe("TEN-RESULT-003");
  expect(await readdir(folder)).not.toContain("nothing");
});

/** Reads RFC 4180; what stands between no quotes and is empty is null. */
function readCsv(text: string): (string | null)[][] {
  const rows: (string | null)[][] = [[]];
  for (let at = 0; at < text.length; ) {
    const quoted = /^"((?:[^"]|"")*)"/.exec(text.slice(at));
    const field = quoted?.[0] ?? /^[^,\n]*/.exec(text.slice(at))?.[0] ?? "";
    rows.at(-1)?.push(quoted !== null ? quoted[1].replaceAll('""', '"') : field === "" ? null : field);
    at += field.length + 1;
    if (text[at - 1] === "\n" && at < text.length) rows.push([]);
  }
  return rows;
}

describe("a function", () => {
  /** Called without an argument they give a constant. */
  const CONSTANTS = [
    "inet_client_addr",
    "inet_client_port",
    "inet_server_addr",
    "inet_server_port",
    "list_pack",
    "list_value",
    "map",
    "pg_my_temp_schema",
    "pi",
  ];

  it("that could answer something else tomorrow is refused, macros included", async () => {
    const refused = await opened.database.unrepeatableFunctions();
    const impure = ["random", "now", "ago", "current_setting", "current_localtimestamp", "pg_sleep", "get_block_size", "format_type"];
    expect(impure.filter((name) => !refused.has(name))).toEqual([]);
    const pure = ["sum", "quantile_cont", "json_group_object", "weighted_avg", "list_sum", "date_trunc", "split_part", "age", "nullif"];
    expect(pure.filter((name) => refused.has(name))).toEqual([]);
  });

  it("of no argument is refused, unless it is known to be pure", async () => {
    const named = "SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type IN ('scalar', 'macro')";
    const rows = await opened.database.texts(`${named} AND len(parameters) = 0 AND varargs IS NULL ORDER BY 1`);
    const refused = await opened.database.unrepeatableFunctions();
    const open = rows.map(([name]) => String(name)).filter((name) => !refused.has(name));
    expect(open).toEqual(CONSTANTS);
  });

  it("that is known by the words of what it reads is refused", async () => {
    const words =
      "(^|_)(now|today|random|uuid|current|setting|seed|local|clock|session|connection|transaction|variable|version)(_|v[0-9]|$)";
    const named = `SELECT DISTINCT function_name FROM duckdb_functions() WHERE regexp_matches(function_name, '${words}')`;
    const rows = await opened.database.texts(`${named} AND function_type IN ('scalar', 'macro', 'aggregate') ORDER BY 1`);
    const refused = await opened.database.unrepeatableFunctions();
    expect(rows.map(([name]) => String(name)).filter((name) => !refused.has(name))).toEqual([
      "uuid_extract_timestamp",
      "uuid_extract_version",
    ]);
  });

  it("that takes two times is no question of now", async () => {
    expect(await rowsOf(await askTables(opened, "SELECT age(TIMESTAMP '2020-01-03', TIMESTAMP '2020-01-01')"))).toEqual([["2 days"]]);
    expect(await rowsOf(await askTables(opened, "SELECT list_aggregate([1, 2], 'max'), list_sum([1, 2])"))).toEqual([["2", "3"]]);
  });
});
