import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";
import { type ColumnBatch, RESULT_TABLE_NAMES, RESULT_TABLES, type ResultTableName } from "../../../engine/index.js";
import { writeDuckdb } from "../../../recorders/results/duckdb-results.js";
import { viewStatements } from "../../../recorders/results/result-views.js";
import { ResultWriter } from "../../../recorders/results/result-writer.js";
import { makeBatch, useFolders } from "./sample-batches.js";

const folder = useFolders();
const RUN = { name: "it's a test", seed: 7, replicate: 2, digest: "abc", version: "0.0.0" };

async function query(path: string, sql: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(path, { access_mode: "READ_ONLY" });
  try {
    const connection = await instance.connect();
    const rows = (await connection.runAndReadAll(sql)).getRowObjectsJson();
    connection.closeSync();
    return rows;
  } finally {
    instance.closeSync();
  }
}

/** Four positions on subnet 1, `epochs` epochs, and `rows` rows of everything else. */
async function writeTables(dir: string, tables: readonly ResultTableName[], rows: number): Promise<Map<ResultTableName, ColumnBatch>> {
  const written = new Map<ResultTableName, ColumnBatch>();
  const writer = await ResultWriter.create(dir, tables);
  for (const table of tables) {
    const batch = makeBatch(RESULT_TABLES[table], 0, table === "positions" ? 4 : rows);
    if (table === "positions") {
      (batch.columns[0] as Int32Array).set([0, 1, 2, 3]);
      (batch.columns[1] as Int32Array).fill(1);
      (batch.columns[5] as Uint8Array).set([0, 0, 1, 0]);
    }
    if (table === "epochs" || table === "coldkeys") (batch.columns[table === "epochs" ? 0 : 1] as Int32Array).fill(1);
    if (table === "coldkeys") (batch.columns[2] as Int32Array).fill(3);
    written.set(table, batch);
    await writer.append(table, batch);
  }
  await writer.close();
  return written;
}

describe("results.duckdb", () => {
  it("holds what the Arrow files hold", async () => {
    const dir = await folder();
    const written = await writeTables(join(dir, "tables"), RESULT_TABLE_NAMES, 5000);
    const path = join(dir, "results.duckdb");
    await writeDuckdb(path, join(dir, "tables"), RESULT_TABLE_NAMES, RUN);
    for (const [table, batch] of written) {
      const sums: string[] = ["count(*) AS rows"];
      const expected: Record<string, unknown> = { rows: String(batch.rows) };
      batch.declaration.columns.forEach((column, index) => {
        const values = Array.from(batch.columns[index] as ArrayLike<number | string>);
        if (column.type === "rao" || column.type === "int" || column.type === "rao_sum") {
          sums.push(`sum(${column.name})::VARCHAR AS ${column.name}`);
          expected[column.name] = values.reduce((sum, value) => sum + BigInt(value), 0n).toString();
        } else if (column.type === "time") {
          sums.push(`sum(epoch_ms(${column.name}))::VARCHAR AS ${column.name}`);
          expected[column.name] = values.reduce((sum, value) => sum + BigInt(value), 0n).toString();
        } else if (column.type === "flag") {
          sums.push(`count(*) FILTER (${column.name})::VARCHAR AS ${column.name}`);
          expected[column.name] = String(values.filter((value) => value === 1).length);
        } else if (column.type === "choice") {
          const name = column.values?.[0] ?? "";
          sums.push(`count(*) FILTER (${column.name} = '${name}')::VARCHAR AS ${column.name}`);
          expected[column.name] = String(values.filter((value) => value === 0).length);
        } else if (column.type === "text") {
          sums.push(`min(${column.name} COLLATE "C") AS ${column.name}`);
          expected[column.name] = (values as string[]).reduce((least, value) =>
            Buffer.compare(Buffer.from(value), Buffer.from(least)) < 0 ? value : least,
          );
        } else {
          sums.push(`max(${column.name}) AS ${column.name}`);
          expected[column.name] = Math.max(...(values as number[]));
        }
      });
      expect((await query(path, `SELECT ${sums.join(", ")} FROM ${table}`))[0], table).toEqual(expected);
    }
    expect(await query(path, "SELECT * FROM runs")).toEqual([
      { name: "it's a test", seed: "7", replicate: "2", digest: "abc", version: "0.0.0" },
    ]);
  });

  it("holds totals beyond 2^53 as numbers", async () => {
    const dir = await folder();
    const written = await writeTables(join(dir, "tables"), ["positions", "epochs", "coldkeys"], 5000);
    const path = join(dir, "results.duckdb");
    await writeDuckdb(path, join(dir, "tables"), ["positions", "epochs", "coldkeys"], RUN);
    const types = await query(path, "SELECT column_name FROM duckdb_columns() WHERE data_type = 'HUGEINT' AND NOT internal ORDER BY 1");
    expect(new Set(types.map((row) => row.column_name))).toEqual(
      new Set(["paid_rao", "received_rao", "recorded_rao", "remaining_rao", "stake_rao"]),
    );
    const rows = await query(path, "SELECT stake_rao FROM coldkeys");
    expect(rows.map((row) => String(row.stake_rao))).toEqual(written.get("coldkeys")?.columns[4]);
  });

  it("keeps the order of the rows", async () => {
    const dir = await folder();
    const written = await writeTables(join(dir, "tables"), ["positions", "epochs", "exits"], 40_000);
    const path = join(dir, "results.duckdb");
    await writeDuckdb(path, join(dir, "tables"), ["positions", "epochs", "exits"], RUN);
    const rows = await query(path, "SELECT amount_rao FROM exits");
    expect(rows.map((row) => Number(row.amount_rao))).toEqual(Array.from(written.get("exits")?.columns[3] as Float64Array));
  });

  it("offers views that name positions, epochs and miners", async () => {
    const dir = await folder();
    const written = await writeTables(join(dir, "tables"), RESULT_TABLE_NAMES, 50);
    const path = join(dir, "results.duckdb");
    await writeDuckdb(path, join(dir, "tables"), RESULT_TABLE_NAMES, RUN);
    const holdings = written.get("holdings") as ColumnBatch;
    const positions = written.get("positions") as ColumnBatch;
    const epochs = written.get("epochs") as ColumnBatch;
    const [row] = await query(path, "SELECT *, epoch_ms(epoch_end_ms) AS end_ms FROM holdings_view WHERE epoch = 9");
    const position = holdings.columns[1][8] as number;
    expect(row).toMatchObject({ position, netuid: 1, hotkey: positions.columns[2][position], coldkey: positions.columns[3][position] });
    expect(Number(row.end_ms)).toBe(epochs.columns[3][8]);
    const views = (await query(path, "SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY 1")).map((one) => one.view_name);
    expect(views).toContain("coldkeys_view");
    for (const view of views) await query(path, `SELECT * FROM ${view}`);
    const counted = await query(
      path,
      "SELECT count(*)::INTEGER AS rows FROM coldkeys_view WHERE coldkey = (SELECT coldkey FROM positions WHERE position = 3)",
    );
    expect(counted).toEqual([{ rows: 50 }]);
    // Drawn rows of role_pay name a position several times as a miner, which no run does.
    const miners = await query(path, "SELECT DISTINCT position FROM miners ORDER BY 1");
    expect(miners).toEqual([{ position: 0 }, { position: 1 }, { position: 3 }]);
  });

  it("has a view of miners without those who only ever held stake", async () => {
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    const amounts =
      "stake_rao BIGINT DEFAULT 0, manual_rao BIGINT DEFAULT 0, earned_rao BIGINT DEFAULT 0, recorded_rao HUGEINT, paid_rao HUGEINT";
    await connection.run(`CREATE TABLE positions (position INTEGER, role VARCHAR, uid INTEGER, ${amounts})`);
    await connection.run(
      "INSERT INTO positions (position, role, uid, recorded_rao, paid_rao) VALUES (0, 'miner', 3, 0, 0), (1, 'miner', -1, 5, 0), (2, 'miner', -1, 0, 5), (3, 'miner', -1, 0, 0), (4, 'owner', 1, 5, 5)",
    );
    for (const statement of viewStatements(["positions"])) await connection.run(statement);
    expect((await connection.runAndReadAll("SELECT position FROM miners ORDER BY 1")).getRows()).toEqual([[0], [1], [2]]);
    connection.closeSync();
    instance.closeSync();
  });

  it("has a view of miners with the multiplier that weighs: of a list of stages the holdings know none", async () => {
    const multipliers = async (tables: readonly ResultTableName[]) => {
      const instance = await DuckDBInstance.create(":memory:");
      const connection = await instance.connect();
      await connection.run(
        "CREATE TABLE positions AS SELECT position, 'miner' AS role, position AS uid, 0 AS stake_rao, 0 AS manual_rao, 0 AS earned_rao, 1 AS recorded_rao, 1 AS paid_rao FROM range(3) t(position)",
      );
      await connection.run("CREATE TABLE epochs AS SELECT 1 AS netuid, 1 AS epoch, 0 AS start_ms, 0 AS end_ms");
      const row = (position: number, epoch: number) => `(${position}, ${epoch}, 0.5, 1.0, 1.0)`;
      await connection.run(
        "CREATE TABLE holdings (position INTEGER, epoch INTEGER, held_share DOUBLE, held_days DOUBLE, multiplier DOUBLE)",
      );
      await connection.run(`INSERT INTO holdings VALUES ${[row(0, 1), row(0, 2), row(1, 1), row(1, 2), row(2, 1)].join(", ")}`);
      if (tables.includes("weights")) {
        await connection.run("CREATE TABLE weights (position INTEGER, epoch INTEGER, multiplier DOUBLE, shadow_multiplier DOUBLE)");
        await connection.run("INSERT INTO weights VALUES (0, 1, 1, 9), (0, 2, 1, 0.25), (1, 1, 1, 3)");
      }
      for (const statement of viewStatements(tables).filter((one) => one.includes("VIEW miners "))) await connection.run(statement);
      const found = (await connection.runAndReadAll("SELECT position, epoch, multiplier FROM miners ORDER BY 1")).getRowsJson();
      connection.closeSync();
      instance.closeSync();
      return found;
    };
    // The second was not weighed in its last epoch: what the rule answers is all there is.
    expect(await multipliers(["positions", "epochs", "holdings", "weights"])).toEqual([
      ["0", 2, 0.25],
      ["1", 2, 1],
      ["2", 1, 1],
    ]);
    expect(await multipliers(["positions", "epochs", "holdings"])).toEqual([
      ["0", 2, 1],
      ["1", 2, 1],
      ["2", 1, 1],
    ]);
  });

  it("leaves no file behind when a table is missing or the folder is", async () => {
    const dir = await folder();
    await mkdir(join(dir, "tables"));
    const path = join(dir, "results.duckdb");
    await expect(writeDuckdb(path, join(dir, "tables"), ["positions"], RUN)).rejects.toMatchObject({ code: "TEN-RESULT-002" });
    expect(existsSync(path)).toBe(false);
    await expect(writeDuckdb(join(dir, "none", "results.duckdb"), dir, ["positions"], RUN)).rejects.toMatchObject({
      code: "TEN-RESULT-011",
    });
  });

  it("stops when asked", async () => {
    const dir = await folder();
    await writeTables(join(dir, "tables"), ["positions", "epochs"], 10);
    const path = join(dir, "results.duckdb");
    const stop = new AbortController();
    stop.abort();
    await expect(writeDuckdb(path, join(dir, "tables"), ["positions", "epochs"], RUN, { signal: stop.signal })).rejects.toThrow(/abort/i);
    expect(existsSync(path)).toBe(false);
  });
});
