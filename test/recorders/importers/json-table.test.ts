import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JsonCounter } from "../../../recorders/importers/table/json-counter.js";
import { readJsonRecord } from "../../../recorders/importers/table/json-record.js";
import { JsonSplitter } from "../../../recorders/importers/table/json-splitter.js";
import { Nested } from "../../../recorders/importers/table/table-source.js";
import { refusalOf, useTemporaryFolders } from "../temporary-folder.js";
import { importedTable, written } from "./import-table.js";

const temporaryFolder = useTemporaryFolders();

function split(text: string, piece: number): string[] {
  const splitter = new JsonSplitter("x.json");
  const records: string[] = [];
  for (let at = 0; at < text.length; at += piece) for (const record of splitter.feed(text.slice(at, at + piece))) records.push(record.text);
  for (const record of splitter.feed("", true)) records.push(record.text);
  return records;
}

const object = fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 });

function keysIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return [...Object.keys(value), ...Object.values(value).flatMap(keysIn)];
}

describe("JsonSplitter", () => {
  it("finds the objects of a list and of lines, however the text is cut", () => {
    fc.assert(
      fc.property(
        fc.array(object, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(0, 2),
        (rows, piece, indent) => {
          const texts = rows.map((row) => JSON.stringify(row, null, indent));
          for (const text of [`[${texts.join(",\n")}]\n`, `${texts.join("\n")}\n`]) {
            expect(split(text, piece)).toEqual(texts);
            const counter = new JsonCounter("x.json");
            counter.see(Buffer.from(text));
            expect(counter.rows).toBe(rows.length);
          }
        },
      ),
    );
  });

  it.each([
    "[{}",
    '[{"a":1}{"a":2}]',
    "[{},]",
    "[{}] {}",
    "[1]",
    '"a"',
    "{} ]",
    "{",
    '{"a":"',
    "[[{}]]",
    "{},{}",
    `{"a":${"[".repeat(64)}`,
  ])("refuses %s", (text) => {
    expect(() => split(text, 100)).toThrow(/TEN-IMPORT-016/);
  });
});

describe("readJsonRecord", () => {
  const read = (text: string) => Object.fromEntries(readJsonRecord({ text, line: 7 }, "x.json"));

  it("keeps the text of numbers, and reaches into objects by points", () => {
    expect(
      read('{"a":9007199.254740991,"b":1.50,"c":"1e3","d":-1e-7,"e":{"f":{"g":12345678901234567890}},"h":true,"i":null,"j":[1,2]}'),
    ).toEqual({
      a: "9007199.254740991",
      b: "1.50",
      c: "1e3",
      d: "-1e-7",
      e: new Nested({ f: { g: "12345678901234567890" } }),
      "e.f": new Nested({ g: "12345678901234567890" }),
      "e.f.g": "12345678901234567890",
      h: true,
      i: null,
      j: new Nested(["1", "2"]),
    });
  });

  it("knows where texts end, whatever is in them", () => {
    fc.assert(
      fc.property(object, (row) => {
        // A point in a name may make two fields one, which is refused.
        fc.pre(keysIn(row).every((key) => !key.includes(".")));
        const text = JSON.stringify(row, null, 1);
        const model = JSON.parse(text, (_, value) => (typeof value === "number" ? String(value) : value));
        const read = Object.fromEntries(readJsonRecord({ text, line: 1 }, "x.json"));
        for (const [key, value] of Object.entries(model)) {
          const nested = typeof value === "object" && value !== null;
          // A number keeps its text: -0 and 1e21 as they are written.
          if (typeof row[key] === "number") expect(Number(read[key])).toBe(Number(value));
          else if (!nested) expect(read[key]).toEqual(value);
        }
      }),
    );
    const long = { a: '\\"'.repeat(2_000_000), b: "12".repeat(2_000_000), "c\\": 5 };
    expect(read(JSON.stringify(long))).toEqual({ ...long, "c\\": "5" });
  });

  it("takes NaN and Infinity for doubles, but not inside text", () => {
    const given = '{"a":NaN,"b":-Infinity,"c":"x: NaN, y","d":"\\"q\\": -1","e":{"f":Infinity,"g":NaN},"h":0,"i":null}';
    const { e: _, ...fields } = read(given) as Record<string, unknown>;
    expect(fields).toEqual({
      a: Number.NaN,
      b: Number.NEGATIVE_INFINITY,
      c: "x: NaN, y",
      d: '"q": -1',
      "e.f": Number.POSITIVE_INFINITY,
      "e.g": Number.NaN,
      h: "0",
      i: null,
    });
  });

  it("refuses a field that is there twice, and what is no JSON", () => {
    for (const text of ['{"a":1,"a":2}', '{"a":{"b":1,"b":1}}', '{"a":{"b":1},"a.b":2}', '{"a":1,"\\u0061":2}']) {
      expect(() => read(text)).toThrow(/TEN-IMPORT-023: x\.json:7/);
    }
    for (const text of ["{a:1}", '{"a":01}', '{"a":1-2}', '{"a":1,}', '{"a":--1}'])
      expect(() => read(text)).toThrow(/TEN-IMPORT-016: x\.json:7.*Allowed: JSON\./);
  });
});

describe("importTable from JSON", () => {
  const rows = [
    { at: "2025-01-01T00:00:00Z", subnet: 64, delegate: { ss58: "5H" }, nominator: { ss58: "5C" }, alpha: "EXACT" },
    { at: "2025-01-01T00:00:12Z", subnet: 64, delegate: { ss58: "5H" }, nominator: { ss58: "5D" }, alpha: 1e-9, block: 3 },
  ];
  const map = { time_ms: "at", netuid: "subnet", hotkey: "delegate.ss58", coldkey: "nominator.ss58", balance_rao: "alpha" };
  const start = Date.UTC(2025, 0, 1);

  it.each(["t.json", "t.jsonl", "t.ndjson.gz", "t.json.gz"])("takes %s: exact amounts, a field that only later rows have", async (name) => {
    const json =
      name.includes(".json.") || name === "t.json" ? JSON.stringify(rows, null, 2) : rows.map((row) => JSON.stringify(row)).join("\n");
    // As a number whose last digit no double holds.
    const text = json.replace('"EXACT"', "9007199.254740991");
    const file = await written(await temporaryFolder(), name, name.endsWith(".gz") ? gzipSync(text) : text);
    const report = await importedTable(file, "balances", { map, unit: "alpha" });
    expect(report.rows).toEqual([
      [start, -1, 64, "5H", "5C", 9_007_199_254_740_991],
      [start + 12_000, 3, 64, "5H", "5D", 1],
    ]);
  });

  it("refuses a file that is no table", async () => {
    const folder = await temporaryFolder();
    expect(await refusalOf(async () => importedTable(await written(folder, "n.json", '{"a":1}\nx\n'), "balances"))).toMatchObject({
      code: "TEN-IMPORT-016",
      place: { line: 2 },
      hint: expect.stringContaining("JSON lines"),
    });
  });
});
