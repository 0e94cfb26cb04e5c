import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { type ColumnBatch, RESULT_TABLE_NAMES, RESULT_TABLES } from "../../../engine/index.js";
import { RunDatabase } from "../../../recorders/results/run-database.js";
import { makeBatch } from "./sample-batches.js";

const open: RunDatabase[] = [];
afterEach(() => {
  for (const database of open.splice(0)) database.close();
});
async function opened(tables = RESULT_TABLE_NAMES): Promise<RunDatabase> {
  const database = await RunDatabase.open(tables);
  open.push(database);
  return database;
}
const numberOf = async (sql: string, database?: RunDatabase) => (await (database ?? (await opened())).ask(sql)).value;

/** What a query says of a column, and what the batches say of it. */
function sums(batches: readonly ColumnBatch[], index: number): readonly [sql: string, value: number] {
  const { name, type, values: words = [] } = batches[0].declaration.columns[index];
  const values = batches.flatMap(({ columns, rows }) => Array.from(columns[index] as ArrayLike<number | string>).slice(0, rows));
  const whole = () => Number(values.reduce((sum, value) => sum + BigInt(value), 0n));
  switch (type) {
    case "rao":
    case "int":
    case "rao_sum":
      return [`sum(${name})`, whole()];
    case "time":
      return [`sum(epoch_ms(${name}))`, whole()];
    case "flag":
      return [`count(*) FILTER (${name})`, values.filter((value) => value === 1).length];
    case "choice":
      return [`count(*) FILTER (${name} = '${words[0]}')`, values.filter((value) => value === 0).length];
    case "text":
      return [`sum(strlen(${name}))`, values.reduce<number>((sum, value) => sum + Buffer.byteLength(String(value)), 0)];
    default:
      return [`max(${name})`, Math.max(...(values as number[]))];
  }
}

describe("the tables of a run in memory", () => {
  it("hold all that was taken, whatever the sizes of its batches", async () => {
    const database = await opened();
    const sizes = [1, 2_047, 0, 2_048, 2_049];
    const batches = RESULT_TABLE_NAMES.map((table) => {
      let from = 0;
      return sizes.map((rows) => {
        from += rows;
        return makeBatch(RESULT_TABLES[table], from - rows, rows, rows + 3);
      });
    });
    for (const [at, table] of RESULT_TABLE_NAMES.entries()) for (const batch of batches[at]) database.append(table, batch);
    for (const [at, table] of RESULT_TABLE_NAMES.entries()) {
      expect(await numberOf(`SELECT count(*) FROM ${table}`, database)).toBe(6_145);
      for (const index of RESULT_TABLES[table].columns.keys()) {
        const [sql, value] = sums(batches[at], index);
        expect([table, sql, await numberOf(`SELECT ${sql} FROM ${table}`, database)]).toEqual([table, sql, value]);
      }
    }
  });

  it("are those that were asked for; rows of others are passed over", async () => {
    const database = await opened(["positions", "epochs", "exits"]);
    database.append("flows", makeBatch(RESULT_TABLES.flows, 0, 10));
    database.append("exits", makeBatch(RESULT_TABLES.exits, 0, 10));
    expect(await numberOf("SELECT count(*) FROM exits_view", database)).toBe(10);
    await expect(database.ask("SELECT count(*) FROM flows")).rejects.toThrow(/flows does not exist/);
  });
});

describe("a query", () => {
  it("gives whole numbers of any width as the nearest double", async () => {
    const database = await opened();
    const limits = {
      HUGEINT: [-(2n ** 127n) + 1n, 2n ** 127n - 1n],
      UHUGEINT: [0n, 2n ** 128n - 1n],
      BIGINT: [-(2n ** 63n), 2n ** 63n - 1n],
      UBIGINT: [0n, 2n ** 64n - 1n],
    };
    for (const [type, [min, max]] of Object.entries(limits)) {
      await fc.assert(
        fc.asyncProperty(fc.bigInt({ min, max }), async (whole) => {
          expect(await numberOf(`SELECT '${whole}'::${type}`, database)).toBe(Number(whole));
        }),
        { numRuns: 30 },
      );
    }
    for (const type of ["TINYINT", "SMALLINT", "INTEGER"]) expect(await numberOf(`SELECT (-17)::${type}`, database)).toBe(-17);
    for (const type of ["UTINYINT", "USMALLINT", "UINTEGER"]) expect(await numberOf(`SELECT 200::${type}`, database)).toBe(200);
  });

  it("gives decimals and doubles as they are written", async () => {
    const database = await opened();
    const decimal = fc.tuple(
      fc.bigInt({ min: -(10n ** 37n), max: 10n ** 37n }),
      fc.integer({ min: 0, max: 37 }),
      fc.constantFrom(4, 9, 18, 38),
    );
    await fc.assert(
      fc.asyncProperty(decimal, async ([digits, places, width]) => {
        const scale = Math.min(places, width - 1);
        const whole = digits % 10n ** BigInt(width - 1);
        const text = `${whole < 0n ? "-" : ""}${String(whole < 0n ? -whole : whole)
          .padStart(scale + 1, "0")
          .replace(new RegExp(`(\\d{${scale}})$`), ".$1")}`;
        expect(await numberOf(`SELECT '${text}'::DECIMAL(${width}, ${scale})`, database)).toBe(Number(text));
      }),
      { numRuns: 60 },
    );
    await fc.assert(
      fc.asyncProperty(fc.double({ noNaN: true, noDefaultInfinity: true }), async (value) => {
        expect(await numberOf(`SELECT '${value}'::DOUBLE`, database)).toBe(Number(`${value}`));
      }),
      { numRuns: 60 },
    );
    expect(await numberOf("SELECT 0.1::FLOAT", database)).toBe(Math.fround(0.1));
    expect(await numberOf("SELECT 'nan'::DOUBLE", database)).toBe(Number.NaN);
    expect(await numberOf("SELECT '-inf'::DOUBLE", database)).toBe(Number.NEGATIVE_INFINITY);
    expect(await numberOf("SELECT NULL::DOUBLE", database)).toBe(null);
  });

  it("tells how many rows it gave", async () => {
    const database = await opened();
    expect(await database.ask("SELECT 1 WHERE false")).toEqual({ rows: 0, value: null });
    expect(await database.ask("SELECT * FROM range(10000)")).toEqual({ rows: 10_000, value: 0 });
  });

  it.each([
    "SELECT count(*) FROM read_text('/etc/hostname')",
    "SELECT count(*) FROM read_csv('/etc/passwd')",
    "SELECT count(*) FROM glob('/*')",
    "COPY exits TO '/tmp/tenure-exits.csv'",
    "ATTACH '/tmp/tenure-other.duckdb'",
    "INSTALL json",
    "SET threads = 4",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "SET temp_directory = '/tmp'",
  ])("reaches nothing of the machine: %s", async (sql) => {
    await expect((await opened()).ask(sql)).rejects.toThrow(/Error: /);
  });

  it("that needs too much memory ends, and leaves nothing behind", async () => {
    const database = await opened();
    await expect(
      database.ask("SELECT count(*) FROM (SELECT DISTINCT hash(range), repeat('x', 200) || range FROM range(30000000))"),
    ).rejects.toThrow(/^Out of Memory Error/);
    expect(await numberOf("SELECT 1", database)).toBe(1);
  });
});
