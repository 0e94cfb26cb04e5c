import { isUtf8 } from "node:buffer";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TenureError } from "../../../engine/index.js";
import { importTaostats } from "../../../recorders/importers/index.js";
import { Utf8Text } from "../../../recorders/importers/text-encoding.js";
import { refusalOf, useTemporaryFolders } from "../temporary-folder.js";
import { importedTable, written } from "./import-table.js";
import { balance } from "./taostats-input.js";

const temporaryFolder = useTemporaryFolders();

describe("Utf8Text", () => {
  /** The text of bytes that come in pieces; the line of the refusal, where there is one. */
  function decoded(bytes: Uint8Array, piece: number): string | number | undefined {
    const text = new Utf8Text("x.csv");
    let all = "";
    try {
      for (let at = 0; at < bytes.length; at += piece) all += text.decode(bytes.subarray(at, at + piece));
      return all + text.decode(new Uint8Array(0), true);
    } catch (error) {
      if (!(error instanceof TenureError)) throw error;
      expect(error.code).toBe("TEN-IMPORT-022");
      return error.place?.line;
    }
  }

  it("gives back UTF-8 however it is cut, and names the first line that is none", () => {
    // A leading letter, so that no bytes look like those of a wider encoding.
    const line = fc.oneof(
      fc.string({ unit: "grapheme" }).map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
    );
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 9 }), (lines, piece) => {
        const bytes = Buffer.concat(lines.flatMap((part, at) => [Buffer.from(at === 0 ? "head" : "\n"), part]));
        const texts = bytes
          .toString("latin1")
          .split("\n")
          .map((text) => Buffer.from(text, "latin1"));
        const bad = texts.findIndex((text) => !isUtf8(text));
        expect(decoded(bytes, piece)).toBe(bad === -1 ? bytes.toString("utf8") : bad + 1);
      }),
    );
  });
});

it("a character that pieces of one byte cut off is named by its own line", () => {
  const text = new Utf8Text("x");
  for (const byte of Buffer.from("head", "latin1")) text.decode(Uint8Array.of(byte));
  for (const byte of [0xe0, 0xa0]) text.decode(Uint8Array.of(byte));
  expect(() => text.decode(Uint8Array.of(0x0a))).toThrow(/TEN-IMPORT-022: x:1/);
});

describe("files that are not UTF-8 are refused:", () => {
  const text = "time_ms,netuid,price_tao_per_alpha\n1,1,0.5\n";

  it.each([
    ["UTF-16 with a mark", Buffer.from(`\uFEFF${text}`, "utf16le"), "UTF-16"],
    ["UTF-16 without one", Buffer.from(text, "utf16le"), "UTF-16LE"],
    ["UTF-16, big-endian", Buffer.from(`\uFEFF${text}`, "utf16le").swap16(), "UTF-16"],
    ["UTF-16, big-endian, without a mark", Buffer.from(text, "utf16le").swap16(), "UTF-16BE"],
    ["a table in Latin-1", Buffer.from(`${text}2,1,0.5,\xe9\n`, "latin1"), "WINDOWS-1252"],
  ])("%s, with advice", async (_, bytes, from) => {
    for (const name of ["t.csv", "t.json"]) {
      const file = await written(await temporaryFolder(), name, bytes);
      expect(await refusalOf(() => importedTable(file, "price"))).toMatchObject({
        code: "TEN-IMPORT-022",
        hint: expect.stringContaining(`iconv -f ${from} -t UTF-8`),
        allowed: expect.stringContaining("UTF-8"),
      });
    }
  });

  it("hotkeys that would become one another in taostats' files", async () => {
    const folder = join(await temporaryFolder(), "in");
    await mkdir(folder);
    const json = JSON.stringify({ data: [balance(10, "5"), balance(10, "7")] }, null, 1);
    const marks = Buffer.from(json.replace("5Hot", "5Hot\u00ff").replace('"5Hot"', '"5Hot\u00fe"'), "latin1");
    await written(folder, "stake_balance.json", marks);
    expect(await refusalOf(() => importTaostats(folder, { out: `${folder}.out`, addresses: "any" }))).toMatchObject({
      code: "TEN-IMPORT-022",
      place: { line: 8 },
    });
    await written(folder, "stake_balance.json", json.replace("5Hot", "5Hot\\ud800"));
    expect(await refusalOf(() => importTaostats(folder, { out: `${folder}.out`, addresses: "any" }))).toMatchObject({
      code: "TEN-IMPORT-006",
      what: expect.stringMatching(/half of a character/),
    });
  });
});
