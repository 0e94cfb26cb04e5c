import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CsvCounter } from "../../../recorders/importers/table/csv-counter.js";
import { type CsvRecord, CsvSplitter } from "../../../recorders/importers/table/csv-splitter.js";
import { CsvTable } from "../../../recorders/importers/table/csv-table.js";
import type { Cell } from "../../../recorders/importers/table/table-source.js";
import { refusalOf, useTemporaryFolders } from "../temporary-folder.js";
import { importedTable, written } from "./import-table.js";

const temporaryFolder = useTemporaryFolders();

/** A field as RFC 4180 writes it. */
const quoted = (field: string) => `"${field.replaceAll('"', '""')}"`;
const needsQuotes = (field: string, separator: string) => /["\r\n]/.test(field) || field.includes(separator);

/** Splits a text that arrives in pieces. */
function split(pieces: readonly string[], separator = ","): CsvRecord[] {
  const splitter = new CsvSplitter(separator, "x.csv");
  return [...pieces.flatMap((piece) => [...splitter.feed(piece)]), ...splitter.feed("", true)];
}

function counted(text: string, separator: string, pieceBytes: number): number {
  const counter = new CsvCounter(separator, "x.csv");
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) counter.see(bytes.subarray(at, at + pieceBytes));
  return counter.rows;
}

const field = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.array(fc.constantFrom('"', ",", ";", "\n", "\r", "a", "#", " ", "\t"), { maxLength: 6 }).map((letters) => letters.join("")),
);

describe("CsvSplitter", () => {
  it("gives back any table, however it is quoted, ended and cut", () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 2, max: 4 })
          .chain((width) => fc.array(fc.array(field, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 })),
        fc.constantFrom(",", ";", "\t", "|"),
        fc.constantFrom("\n", "\r\n", "\r"),
        fc.boolean(),
        fc.boolean(),
        fc.integer({ min: 1, max: 7 }),
        (table, separator, end, quoteAll, lastEnd, piece) => {
          const rows = table.map((row) =>
            row.map((text) => (quoteAll || needsQuotes(text, separator) ? quoted(text) : text)).join(separator),
          );
          const text = rows.join(end) + (lastEnd ? end : "");
          const letters = [...text];
          const pieces = letters.flatMap((_, at) => (at % piece === 0 ? [letters.slice(at, at + piece).join("")] : []));
          expect(split(pieces, separator).map(({ fields }) => fields)).toEqual(table);
          expect(counted(text, separator, piece)).toBe(table.length);
        },
      ),
    );
  });

  it("takes a row that begins with # for a row, keeps blanks, and knows the line of each row", () => {
    expect(split(['a,b\n#1, 2 \n\n"x\ny",z\r\nlast,row'])).toEqual([
      { fields: ["a", "b"], line: 1 },
      { fields: ["#1", " 2 "], line: 2 },
      { fields: ["x\ny", "z"], line: 4 },
      { fields: ["last", "row"], line: 6 },
    ]);
  });

  it("refuses a quote that is never closed and letters after one, with the line", () => {
    expect(() => split(['a,b\n1,2\n"3,4\n5,6\n'])).toThrow(/TEN-IMPORT-016: x\.csv:3: .*never closed/);
    expect(() => split(['a,b\n"1"2,3\n'])).toThrow(/TEN-IMPORT-016: x\.csv:2: .*after the quote/);
  });
});

describe("CsvTable", () => {
  async function cellsOf(file: string, compressed = false): Promise<Cell[][]> {
    const table = await CsvTable.open(file, compressed);
    const rows: Cell[][] = [];
    for await (const chunk of table.read(table.fields.map((name) => ({ field: name, isTime: false })))) {
      for (let row = 0; row < chunk.rows; row++) rows.push(chunk.cells.map((cells) => cells[row]));
    }
    expect(table.rows).toBe(rows.length);
    return rows;
  }

  it("takes a byte order mark, CRLF with line breaks in quotes, and empty fields as none", async () => {
    const folder = await temporaryFolder();
    const text = '\uFEFF"a\nx";b\r\n"1\n2";""\r\n;4\r\n';
    for (const [name, content, compressed] of [
      ["t.csv", text, false],
      ["t.csv.gz", gzipSync(text), true],
    ] as const) {
      expect(await cellsOf(await written(folder, name, content), compressed)).toEqual([
        ["1\n2", null],
        [null, "4"],
      ]);
    }
  });

  it("reads packed files of several parts, and refuses one that is cut short", async () => {
    const folder = await temporaryFolder();
    const parts = Buffer.concat([gzipSync("time_ms,netuid,price_tao_per_alpha\n1,1,0.5\n"), gzipSync("2,1,0.25\n")]);
    expect((await importedTable(await written(folder, "p.csv.gz", parts), "price")).rows).toEqual([
      [1, -1, 1, 0.5],
      [2, -1, 1, 0.25],
    ]);
    // Tapes and blocks are filled up with zeros.
    const padded = await written(folder, "padded.csv.gz", Buffer.concat([parts, Buffer.alloc(512)]));
    expect((await importedTable(padded, "price")).rows).toHaveLength(2);
    const cut = await written(folder, "cut.csv.gz", parts.subarray(0, parts.length - 12));
    const none = await written(folder, "none.csv.gz", "a,b\n1,2\n");
    const changed = await written(
      folder,
      "changed.csv.gz",
      parts.map((byte, at) => (at === 20 ? byte ^ 0xff : byte)),
    );
    for (const [file, found] of [
      [cut, "a packed file that ends in the middle"],
      [none, "no packed file (gzip)"],
      [changed, "a damaged packed file"],
    ]) {
      expect(await refusalOf(() => importedTable(file, "price"))).toMatchObject({ code: "TEN-IMPORT-016", found });
    }
  });

  it("names the line of a row with too few or too many fields", async () => {
    const folder = await temporaryFolder();
    const head = "time_ms,netuid,price_tao_per_alpha\n1,1,0.5\n";
    for (const [row, found] of [
      ["2,1", "2 fields"],
      ["2,1,0.5,", "4 fields"],
    ]) {
      const file = await written(folder, "ragged.csv", `${head}\n${row}\n`);
      expect(await refusalOf(() => importedTable(file, "price"))).toMatchObject({
        code: "TEN-IMPORT-016",
        place: { line: 4 },
        found,
        allowed: "3, as in the first row",
      });
    }
  });

  it("refuses to go on where the file is not as it was when it was counted", async () => {
    const folder = await temporaryFolder();
    const file = await written(folder, "grows.csv", "a,b\n1,2\n");
    const table = await CsvTable.open(file, false);
    await written(folder, "grows.csv", "a,b\n1,2\n3,4\n");
    const read = async () => {
      for await (const chunk of table.read([{ field: "a", isTime: false }])) expect(chunk.rows).toBe(2);
    };
    expect(await refusalOf(read)).toMatchObject({
      code: "TEN-IMPORT-024",
      found: "3 rows read",
      allowed: expect.stringContaining("2 rows"),
    });
  });
});
