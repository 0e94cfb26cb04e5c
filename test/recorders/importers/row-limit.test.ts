import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { CsvSplitter } from "../../../recorders/importers/table/csv-splitter.js";
import { cases } from "../../cases.js";
import { refusalOf, useTemporaryFolders } from "../temporary-folder.js";
import { importedTable, written } from "./import-table.js";

const temporaryFolder = useTemporaryFolders();
const LIMIT = 16_777_216;
const HEAD = "time_ms,netuid,price_tao_per_alpha,note\n";
const ROW = "1,1,0.5,";
const OBJECT = '{"time_ms":1,"netuid":1,"price_tao_per_alpha":0.5,"note":"';

/** Content of a file, and whether its longest row is within the limit. */
const CASES: readonly [string, string, () => string | Buffer, string | undefined][] = [
  ["a row without end", "csv", () => `${HEAD}${ROW}\n${"x".repeat(3 * LIMIT)}`, "row 2"],
  ["a header without end", "csv", () => "x".repeat(2 * LIMIT), "the first row"],
  ["a quote that is never closed", "csv", () => `${HEAD}${ROW}"${"x,\n".repeat(LIMIT)}`, "row 1"],
  ["zeros", "csv", () => Buffer.alloc(4 * LIMIT), "the first row"],
  ["the longest row", "csv", () => `${HEAD}${ROW}${"x".repeat(LIMIT - ROW.length)}\r\n`, undefined],
  ["one byte more", "csv", () => `${HEAD}${ROW}${"x".repeat(LIMIT - ROW.length + 1)}\r\n`, "row 1"],
  ["a text without end", "json", () => `[{"time_ms":"${"x".repeat(2 * LIMIT)}`, "row 1"],
  ["an object without end", "ndjson", () => `${OBJECT}"}\n{${'"a":1,'.repeat(LIMIT / 2)}`, "row 2"],
  ["the longest object", "json", () => `${OBJECT}${"x".repeat(LIMIT - OBJECT.length - 2)}"}\n`, undefined],
  ["one byte more", "json", () => `${OBJECT}${"x".repeat(LIMIT - OBJECT.length - 1)}"}\n`, "row 1"],
];

describe("a row has at most 16 MB, packed or not:", () => {
  it.each(CASES.map((one, at) => [...one, at] as const))("%s, %s", async (_, format, content, place, at) => {
    const folder = await temporaryFolder();
    const bytes = Buffer.from(content());
    const forms = [
      { name: `t.${format}`, content: () => bytes },
      { name: `t.${format}.gz`, content: () => gzipSync(bytes, { level: 1 }) },
    ];
    // By turns, or both.
    if (at % 2 === 1) forms.reverse();
    for (const form of forms.slice(0, cases(1, 2))) {
      const file = await written(folder, form.name, form.content());
      if (place === undefined) expect((await importedTable(file, "price")).rows).toHaveLength(1);
      else {
        expect(await refusalOf(() => importedTable(file, "price"))).toMatchObject({
          code: "TEN-IMPORT-016",
          place: { file, path: place },
          found: expect.stringContaining("of over 16 MB"),
          allowed: expect.any(String),
          hint: expect.any(String),
        });
      }
    }
  });

  it("zeros where JSON should be are refused at the first one", async () => {
    const file = await written(await temporaryFolder(), "t.json.gz", gzipSync(Buffer.alloc(LIMIT), { level: 1 }));
    expect(await refusalOf(() => importedTable(file, "price"))).toMatchObject({ code: "TEN-IMPORT-016", place: { line: 1 } });
  });
});

it("a long row is not searched anew with every piece", () => {
  const splitter = new CsvSplitter(",", "x.csv");
  let looked = 0;
  const piece = "x".repeat(1_000);
  // Counts the letters that are looked at, through the only way the splitter has to look at one.
  const { charCodeAt } = String.prototype;
  String.prototype.charCodeAt = function (this: string, at: number) {
    looked++;
    return charCodeAt.call(this, at);
  };
  try {
    for (let at = 0; at < 1_000; at++) expect([...splitter.feed(piece)]).toEqual([]);
    expect([...splitter.feed("\n", true)]).toHaveLength(1);
  } finally {
    String.prototype.charCodeAt = charCodeAt;
  }
  expect(looked).toBeLessThan(4 * 1_000_000);
});
