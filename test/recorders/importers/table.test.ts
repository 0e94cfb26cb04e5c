import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { Binary, makeVector, Table, TimestampMicrosecond, tableFromArrays, tableToIPC, vectorFromArray } from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { STAKE_ACTIONS, type StreamKind } from "../../../engine/index.js";
import { importTable, type TableOptions } from "../../../recorders/importers/index.js";
import { openRecording } from "../../../recorders/streams/index.js";
import { readRows } from "../streams/recordings.js";
import { contentsOf, refusalOf, useTemporaryFolders } from "../temporary-folder.js";
import { written } from "./import-table.js";

const temporaryFolder = useTemporaryFolders();

type Options = Partial<Omit<TableOptions, "kind" | "out">>;

async function imported(file: string, kind: StreamKind, options: Options = {}) {
  const out = `${file}.out`;
  const report = await importTable(file, { kind, map: {}, addresses: "any", out, ...options });
  const { streams } = await openRecording(out);
  return { ...report, rows: await readRows(streams[0]) };
}

async function csv(text: string, name = "table.csv"): Promise<string> {
  const file = join(await temporaryFolder(), name);
  await writeFile(file, text);
  return file;
}

/** A Parquet file of a query. */
async function parquet(sql: string): Promise<string> {
  const file = join(await temporaryFolder(), "table.parquet");
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(`COPY (${sql}) TO '${file}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  return file;
}

async function arrow(table: Table, format: "file" | "stream" = "file"): Promise<string> {
  const file = join(await temporaryFolder(), "table.arrow");
  await writeFile(file, tableToIPC(table, format));
  return file;
}

const refused = (file: string, kind: StreamKind, options: Options = {}) => refusalOf(() => imported(file, kind, options));

const BALANCES = "time_ms,block,netuid,hotkey,coldkey,balance_rao\n";

describe("importTable from CSV", () => {
  it("takes every column by its own name, and time in every form", async () => {
    const file = await csv(
      `${BALANCES}1000,1,64,5H,5C,9007199254740991\n1970-01-01T00:00:02Z,2,64,5H,5C,0\n1970-01-01 02:00:03+02:00,3,64,5H,5C,00012.000\n1970-01-01T00:00:04.5678,4,64,5H,5C,7\n`,
    );
    expect((await imported(file, "balances")).rows).toEqual([
      [1000, 1, 64, "5H", "5C", 9007199254740991],
      [2000, 2, 64, "5H", "5C", 0],
      [3000, 3, 64, "5H", "5C", 12],
      [4567, 4, 64, "5H", "5C", 7],
    ]);
  });

  it("maps columns to fields, fills absent optional ones, and takes choices by name", async () => {
    const file = await csv(
      'when;what;subnet;hot key;cold;"rao ""exact""";to_coldkey\n1000;transferred;64;5H;5C;70;5D\n2000;burned;64;5H;5C;1;\n',
    );
    const map = { time_ms: "when", action: "what", netuid: "subnet", hotkey: "hot key", coldkey: "cold", amount_rao: 'rao "exact"' };
    const { rows, manifest, warnings } = await imported(file, "stake", { map });
    expect(rows).toEqual([
      [1000, -1, -1, -1, STAKE_ACTIONS.indexOf("transferred"), 64, "5H", "5C", 70, -1, null, "5D", 0, 0],
      [2000, -1, -1, -1, STAKE_ACTIONS.indexOf("burned"), 64, "5H", "5C", 1, -1, null, null, 0, 0],
    ]);
    expect(manifest.source).toMatchObject({
      importer: "table",
      inputs: [{ path: "table.csv" }],
      netuids: [64],
      options: { tables: [{ kind: "stake", file: "table.csv", unit: null, columns: { time_ms: "when", block: null } }] },
    });
    expect(warnings.join()).toMatch(/are they seconds/);
  });

  it("gives back any amount exactly", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.maxSafeNat(), { minLength: 1, maxLength: 30 }), async (amounts) => {
        const file = await csv(BALANCES + amounts.map((amount, at) => `${at},${at},1,a,b,${amount}`).join("\n"));
        expect((await imported(file, "balances")).rows.map((row) => row[5])).toEqual(amounts);
      }),
      { numRuns: 10 },
    );
  });

  it("makes the same bytes each time, of many chunks", async () => {
    const rows = Array.from({ length: 70_000 }, (_, row) => `${row},${row},${row % 128},${1 + (row % 7)}.5`);
    const file = await csv(`time_ms,block,netuid,price_tao_per_alpha\n${rows.join("\n")}\n`);
    const first = await imported(file, "price");
    expect(first.manifest.streams.price?.rows).toBe(70_000);
    const before = await contentsOf(`${file}.out`);
    await imported(file, "price");
    expect(await contentsOf(`${file}.out`)).toEqual(before);
  });

  it("sorts where told to, keeping the order of the file inside an instant", async () => {
    const file = await csv(`${BALANCES}3000,6,1,a,c,1\n1970-01-01T00:00:01Z,5,1,a,c,2\n1000,4,1,a,c,3\n1000,5,1,b,c,4\n4000,7,1,a,c,5\n`);
    expect(await refused(file, "balances")).toMatchObject({
      code: "TEN-IMPORT-014",
      place: { path: "row 2" },
      hint: expect.stringContaining("--sort"),
    });
    expect((await imported(file, "balances", { sort: true })).rows.map((row) => row[5])).toEqual([3, 2, 4, 1, 5]);
  });

  it("names the row of the file also when it sorts", async () => {
    const file = await csv(`${BALANCES}3000,3,1,a,c,1\n2000,2,1,a,c,x\n1000,1,1,a,c,3\n`);
    expect(await refused(file, "balances", { sort: true })).toMatchObject({
      code: "TEN-IMPORT-005",
      place: { path: "row 2, balance_rao" },
    });
  });
});

it("an amount may have an exponent", async () => {
  const rows = ["1e9", "1.5E+3", "0e5"];
  const { rows: read } = await imported(
    await csv(`${BALANCES}${rows.map((amount, at) => `${at},${at},64,5H,5C,${amount}`).join("\n")}\n`),
    "balances",
  );
  expect(read.map((row) => row.at(-1))).toEqual([1_000_000_000, 1_500, 0]);
});

describe("importTable refuses", () => {
  it.each([
    ["-1", "TEN-IMPORT-005"],
    ["0.5", "TEN-IMPORT-005"],
    ["9007199254740992", "TEN-IMPORT-005"],
    ["170141183460469231731687303715884105728", "TEN-IMPORT-005"],
    ["", "TEN-IMPORT-005"],
    ["ten", "TEN-IMPORT-005"],
    ["1e-3", "TEN-IMPORT-005"],
    ["1e16", "TEN-IMPORT-005"],
    ["1e", "TEN-IMPORT-005"],
    ["0x10", "TEN-IMPORT-005"],
  ])("an amount of %j", async (amount, code) => {
    const file = await csv(`${BALANCES}1000,1,64,5H,5C,1\n2000,2,64,5H,5C,${amount}\n`);
    expect(await refused(file, "balances")).toMatchObject({
      code,
      place: { file, path: "row 2, balance_rao" },
      found: amount === "" ? null : amount,
    });
    expect((await readdir(join(file, ".."))).sort()).toEqual(["table.csv"]);
  });

  it.each([
    ["yesterday,1,64,5H,5C,1", "TEN-IMPORT-007", "time_ms"],
    ["1757030400000000,1,64,5H,5C,1", "TEN-IMPORT-007", "time_ms"],
    [",1,64,5H,5C,1", "TEN-IMPORT-013", "time_ms"],
    ["1000,1,-1,5H,5C,1", "TEN-IMPORT-013", "netuid"],
    ["1000,1,65536,5H,5C,1", "TEN-IMPORT-013", "netuid"],
    ["1000,1.5,64,5H,5C,1", "TEN-IMPORT-013", "block"],
    ["1000,3000000000,64,5H,5C,1", "TEN-IMPORT-013", "block"],
    ["1000,1,64,,5C,1", "TEN-IMPORT-013", "hotkey"],
  ])("a row %s", async (row, code, field) => {
    expect(await refused(await csv(`${BALANCES}${row}\n`), "balances")).toMatchObject({ code, place: { path: `row 1, ${field}` } });
  });

  it.each([
    ["balance_rao", "An amount is no number.", "1000,1,64,5H,5C,#"],
    ["block", "A value is no number.", "1000,#,64,5H,5C,1"],
    ["netuid", "A value is no number.", "1000,1,#,5H,5C,1"],
  ])("what is no number in %s, as text and as what Python writes", async (field, what, row) => {
    const names = BALANCES.trim().split(",");
    for (const word of ["NaN", "Infinity", "-Infinity"]) {
      const cells = row.replace("#", word).split(",");
      const json = `{${names.map((name, at) => `"${name}":${/H|C/.test(cells[at]) ? `"${cells[at]}"` : cells[at]}`).join()}}`;
      for (const file of [await csv(`${BALANCES}${cells.join()}\n`), await csv(json, "table.json")]) {
        const refusal = await refused(file, "balances");
        expect(refusal).toMatchObject({ what, place: { path: `row 1, ${field}` } });
        expect(String(refusal.found)).toBe(word);
      }
    }
  });

  it("prices and choices that are none, with the nearest name", async () => {
    for (const price of ["0", "-1", "NaN", "inf", "abc"]) {
      const file = await csv(`time_ms,netuid,price_tao_per_alpha\n1,1,${price}\n`);
      expect(await refused(file, "price")).toMatchObject({ code: "TEN-IMPORT-013", place: { path: "row 1, price_tao_per_alpha" } });
    }
    const file = await csv("time_ms,action,netuid,hotkey,coldkey,amount_rao\n1,remved,1,a,b,1\n");
    expect(await refused(file, "stake")).toMatchObject({
      code: "TEN-IMPORT-013",
      found: "remved",
      hint: expect.stringContaining('Did you mean "removed"?'),
    });
  });

  it.each([
    ["moved", "to_hotkey", "at least one of to_hotkey, to_netuid, to_coldkey"],
    ["swapped", "to_netuid", "at least one of to_netuid, to_hotkey, to_coldkey"],
    ["transferred", "receiver", "at least one of to_coldkey, to_hotkey, to_netuid"],
    ["hotkey_swapped", "to_hotkey", "a value in to_hotkey"],
    ["coldkey_swapped", "receiver", "a value in to_coldkey"],
  ])("stake that was %s nowhere", async (action, field, allowed) => {
    const file = await csv(`time_ms,action,netuid,hotkey,coldkey,amount_rao,receiver\n1,added,1,a,b,1,\n2,${action},1,a,b,1,\n`);
    expect(await refused(file, "stake", { map: { to_coldkey: "receiver" } })).toMatchObject({
      code: "TEN-IMPORT-013",
      place: { path: `row 2, ${field}` },
      allowed: expect.stringContaining(allowed),
    });
  });

  it("takes stake that says where it went", async () => {
    const rows = ["1,moved,1,a,b,1,,h,", "2,swapped,1,a,b,1,2,,", "3,transferred,1,a,b,1,,,c", "4,hotkey_swapped,1,a,b,0,,h,"];
    const file = await csv(`time_ms,action,netuid,hotkey,coldkey,amount_rao,to_netuid,to_hotkey,to_coldkey\n${rows.join("\n")}\n`);
    expect((await imported(file, "stake")).rows).toHaveLength(4);
    const far = await csv("time_ms,action,netuid,hotkey,coldkey,amount_rao,to_netuid\n2,swapped,1,a,b,1,65536\n");
    expect(await refused(far, "stake")).toMatchObject({ code: "TEN-IMPORT-013", found: "65536", allowed: "-1 to 65535" });
  });

  it("addresses that are not SS58", async () => {
    const file = await csv(`${BALANCES}1000,1,64,5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY,5C,1\n`);
    expect(await refused(file, "balances", { addresses: "ss58" })).toMatchObject({
      code: "TEN-IMPORT-006",
      found: "5C",
      place: { path: "row 1, coldkey" },
    });
  });

  it("columns and fields that are not there, with the nearest name", async () => {
    const file = await csv("time,netuid,price\n1,1,1\n");
    expect(await refused(file, "price", { map: { netuids: "netuid" } })).toMatchObject({
      code: "TEN-IMPORT-011",
      hint: 'Did you mean "netuid"?',
    });
    expect(await refused(file, "price", { map: { time_ms: "tme" } })).toMatchObject({
      code: "TEN-IMPORT-011",
      hint: 'Did you mean "time"?',
    });
    expect(await refused(file, "price", { map: { netuids: "netuid", when: "time" } })).toMatchObject({
      code: "TEN-IMPORT-011",
      found: "netuids, when",
      hint: 'Did you mean "netuid" for netuids?',
    });
    expect(await refused(file, "price", { map: { time_ms: "tme", price_tao_per_alpha: "prise" } })).toMatchObject({
      code: "TEN-IMPORT-011",
      place: { path: "time_ms, price_tao_per_alpha" },
      found: "tme, prise",
      hint: 'Did you mean "time" for tme, "price" for prise?',
    });
    expect(await refused(file, "price")).toMatchObject({
      code: "TEN-IMPORT-012",
      place: { path: "time_ms, price_tao_per_alpha" },
      found: "time, netuid, price",
      allowed: "for each of time_ms, price_tao_per_alpha a field of its name, --map <column>=<field>, or --const <column>=<value>",
      hint: 'Did you mean "time" for time_ms, "price" for price_tao_per_alpha?',
    });
    expect(await refused(file, "price", { map: { time_ms: "time" } })).toMatchObject({
      code: "TEN-IMPORT-012",
      place: { path: "price_tao_per_alpha" },
      allowed: expect.stringContaining("--map price_tao_per_alpha=<field>"),
      hint: expect.any(String),
    });
    const wide = await csv(`${Array.from({ length: 5_000 }, (_, at) => `field ${at}`).join()}\n${",".repeat(4_999)}\n`);
    expect((await refused(wide, "price")).found).toMatch(/^field 0, .* and 4960 more$/);
  });

  it("files without rows, without content, ragged, missing, of no known format, or that are none", async () => {
    expect((await refused(await csv(BALANCES), "balances")).code).toBe("TEN-IMPORT-015");
    expect((await refused(await csv(""), "balances")).code).toBe("TEN-IMPORT-015");
    expect((await refused(await csv(`${BALANCES}1,2\n1,2,3,a,b,6\n`), "balances")).code).toBe("TEN-IMPORT-016");
    expect((await refused(await csv("a,b", "t.xlsx"), "balances")).code).toBe("TEN-IMPORT-019");
    const folder = await temporaryFolder();
    expect((await refused(join(folder, "none.csv"), "balances")).code).toBe("TEN-IMPORT-001");
    await mkdir(join(folder, "d.csv"));
    expect((await refused(join(folder, "d.csv"), "balances")).code).toBe("TEN-IMPORT-001");
  });
});

describe("importTable from Parquet", () => {
  it("says in words of our own what is none, and what ends in the middle", async () => {
    const sound = await readFile(await parquet("SELECT 1 AS time_ms, 2 AS netuid, 0.5 AS price_tao_per_alpha"));
    const changed = (at: number, bytes: readonly number[]) => Buffer.from(sound.map((byte, index) => bytes[index - at] ?? byte));
    for (const [bytes, found] of [
      ["not parquet", "no Parquet file"],
      ["ARROW1 and so on", "an Arrow file, no plain Parquet file"],
      ["PARE and so on", "an encrypted Parquet file, no plain Parquet file"],
      ["PAR1PAR1", "a Parquet file that ends in the middle"],
      [sound.subarray(0, sound.length - 1), "a Parquet file that ends in the middle"],
      [changed(sound.length - 8, [255, 255, 255, 255]), "a Parquet file that ends in the middle"],
      [changed(sound.length - 60, new Array(20).fill(255)), /^a Parquet file that is damaged or not read \(DuckDB: .*\)$/],
    ] as const) {
      const file = await written(await temporaryFolder(), "t.parquet", bytes);
      expect(await refused(file, "price")).toMatchObject({
        code: "TEN-IMPORT-016",
        found: typeof found === "string" ? found : expect.stringMatching(found),
        allowed: "a Parquet file",
      });
    }
  });

  it("takes integers, decimals, doubles and timestamps exactly", async () => {
    const select = (time: string, amount: string) =>
      `SELECT ${time} AS time_ms, 64::BIGINT AS netuid, 'h' AS hotkey, 'c' AS coldkey, ${amount} AS balance_rao`;
    for (const [time, amount, rao] of [
      ["TIMESTAMP '1970-01-01 00:00:01.2345'", "9007199254740991::BIGINT", 9007199254740991],
      ["TIMESTAMPTZ '1970-01-01 00:00:01.234+00'", "9007199254740991::UBIGINT", 9007199254740991],
      ["1234::INTEGER", "12.00::DECIMAL(10,2)", 12],
      ["1234::BIGINT", "9007199254740991::DOUBLE", 9007199254740991],
      ["TIMESTAMP_NS '1970-01-01 00:00:01.234999999'", "'5'", 5],
    ] as const) {
      expect((await imported(await parquet(select(time, amount)), "balances")).rows).toEqual([[1234, -1, 64, "h", "c", rao]]);
    }
    for (const amount of [
      "1.5::DOUBLE",
      "0.01::DECIMAL(10,2)",
      "-1::INTEGER",
      "9007199254740992::BIGINT",
      "1e300::DOUBLE",
      "NULL::BIGINT",
    ]) {
      expect(await refused(await parquet(select("1", amount)), "balances")).toMatchObject({
        code: "TEN-IMPORT-005",
        place: { path: "row 1, balance_rao" },
      });
    }
  });

  it("sorts by time, then block", async () => {
    const file = await parquet(
      "SELECT (10 - i)::BIGINT AS time_ms, (20 - i)::INTEGER AS block, 1 AS netuid, 1.0 + i AS price_tao_per_alpha FROM range(5) t(i)",
    );
    expect((await refused(file, "price")).code).toBe("TEN-IMPORT-014");
    expect((await imported(file, "price", { sort: true })).rows.map((row) => row[0])).toEqual([6, 7, 8, 9, 10]);
  });
});

describe("importTable from Arrow", () => {
  const columns = {
    netuid: Int32Array.of(1, 1),
    hotkey: ["h", "g"],
    coldkey: ["c", "c"],
    balance_rao: BigInt64Array.of(9007199254740991n, 0n),
  };

  it.each(["file", "stream"] as const)("takes a %s", async (format) => {
    const file = await arrow(tableFromArrays({ time_ms: BigInt64Array.of(5n, 6n), ...columns }), format);
    expect((await imported(file, "balances")).rows).toEqual([
      [5, -1, 1, "h", "c", 9007199254740991],
      [6, -1, 1, "g", "c", 0],
    ]);
  });

  it("takes timestamps", async () => {
    const time = vectorFromArray([1_000_000.5, 2_000_000], new TimestampMicrosecond());
    const table = new Table({
      time_ms: time,
      netuid: makeVector(Int32Array.of(1, 2)),
      price_tao_per_alpha: makeVector(Float64Array.of(0.5, 2)),
    });
    expect((await imported(await arrow(table), "price")).rows).toEqual([
      [1_000_000, -1, 1, 0.5],
      [2_000_000, -1, 2, 2],
    ]);
  });

  it("refuses what is not in order, types that hold nothing it knows, and amounts that are none", async () => {
    const unsorted = await arrow(tableFromArrays({ time_ms: BigInt64Array.of(6n, 5n), ...columns }));
    expect(await refused(unsorted, "balances")).toMatchObject({ code: "TEN-IMPORT-014", place: { path: "row 2" } });
    expect((await imported(unsorted, "balances", { sort: true })).rows.map((row) => row[0])).toEqual([5, 6]);
    const binary = new Table({
      time_ms: makeVector(BigInt64Array.of(5n)),
      netuid: makeVector(Int32Array.of(1)),
      hotkey: vectorFromArray(["h"]),
      coldkey: vectorFromArray(["c"]),
      balance_rao: vectorFromArray([Uint8Array.of(1)], new Binary()),
    });
    expect(await refused(await arrow(binary), "balances")).toMatchObject({ code: "TEN-IMPORT-013", place: { path: "balance_rao" } });
    for (const amount of [1.5, -1, 2 ** 53]) {
      const file = await arrow(tableFromArrays({ time_ms: BigInt64Array.of(5n, 6n), ...columns, balance_rao: Float64Array.of(1, amount) }));
      expect(await refused(file, "balances")).toMatchObject({ code: "TEN-IMPORT-005", place: { path: "row 2, balance_rao" } });
    }
  });
});
