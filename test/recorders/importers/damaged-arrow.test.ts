import {
  DateMillisecond,
  Dictionary,
  Field,
  Int8,
  List,
  Struct,
  Table,
  TimestampMicrosecond,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { TenureError } from "../../../engine/index.js";
import { openTable } from "../../../recorders/importers/table/open-table.js";
import { cases } from "../../cases.js";
import { refusalOf, useTemporaryFolders } from "../temporary-folder.js";
import { written } from "./import-table.js";

// Thousands of files a test.
vi.setConfig({ testTimeout: 240_000 });

const temporaryFolder = useTemporaryFolders();

/** Of how many bytes one is changed, or is where the file is cut off; odd, so that both changes are made. */
const EVERY = cases(7, 1);

/** Every kind of column that is read, nulls, a dictionary, nested ones that are not read, and two batches. */
function sample(format: "file" | "stream"): Uint8Array {
  // One dictionary for both: a file may not replace it.
  const words = vectorFromArray(["a", "b", null, "b", "a", "c"], new Dictionary(new Utf8(), new Int8(), 7));
  const batch = (from: number) =>
    new Table({
      time_ms: vectorFromArray([from, from + 1, from + 2], new TimestampMicrosecond()),
      day: vectorFromArray([new Date(0), null, new Date(86_400_000)], new DateMillisecond()),
      netuid: vectorFromArray([1, null, 3], new Int8()),
      price: vectorFromArray([0.5, 1.5, from]),
      text: vectorFromArray(["höt", "", `${from}`], new Utf8()),
      word: words.slice(from === 1_000 ? 0 : 3, from === 1_000 ? 3 : 6),
      nested: vectorFromArray([[1], [], [2, 3]], new List(new Field("item", new Int8(), true))),
      object: vectorFromArray([{ x: 1 }, { x: 2 }, { x: 3 }], new Struct([new Field("x", new Int8(), true)])),
    });
  return tableToIPC(batch(1_000).concat(batch(2_000)), format);
}
const FIELDS = ["time_ms", "day", "netuid", "price", "text", "word"];

/** The rows of a file, or the code with which it is refused; anything else is thrown. */
async function outcome(folder: string, bytes: Uint8Array): Promise<unknown[][] | string> {
  try {
    const table = await openTable(await written(folder, "t.arrow", bytes));
    try {
      // A name was damaged: the import says that the field is not there.
      if (!FIELDS.every((field) => table.fields.includes(field))) return "other fields";
      const rows: unknown[][] = [];
      for await (const { rows: count, cells } of table.read(FIELDS.map((field) => ({ field, isTime: false })))) {
        for (let row = 0; row < count; row++) rows.push(cells.map((column) => column[row]));
      }
      return rows;
    } finally {
      await table.close();
    }
  } catch (error) {
    if (!(error instanceof TenureError)) throw error;
    const isOurs = /^(no Arrow file$|an Arrow file |a damaged Arrow file: |a text |a time |an empty table$)/;
    if (error.code !== "TEN-IMPORT-013") expect(error.found).toMatch(isOurs);
    return error.code;
  }
}

describe.each(["file", "stream"] as const)("a damaged %s", (format) => {
  const sound = sample(format);

  it("is refused wherever it is cut off, or has whole batches", async () => {
    const folder = await temporaryFolder();
    const whole = await outcome(folder, sound);
    expect(whole).toHaveLength(6);
    for (let length = 0; length < sound.length; length += EVERY) {
      const cut = await outcome(folder, sound.subarray(0, length));
      if (typeof cut === "string") expect(cut).toMatch(/^TEN-IMPORT-01[56]$/);
      // A stream may end without a word that it does.
      else expect([format, cut]).toEqual(["stream", (whole as unknown[][]).slice(0, cut.length)]);
    }
  });

  it("ends with rows or a refusal, with every byte of it changed", async () => {
    const folder = await temporaryFolder();
    let refused = 0;
    for (let at = 0; at < sound.length; at += EVERY) {
      const bytes = Uint8Array.from(sound);
      bytes[at] ^= at % 2 === 0 ? 0xff : 0x01;
      const found = await outcome(folder, bytes);
      if (typeof found === "string") refused++;
      else expect(found.length).toBeLessThanOrEqual(sound.length * 8);
    }
    expect(refused).toBeGreaterThan(sound.length / EVERY / 2);
  });

  it("ends with rows or a refusal, with any numbers of it replaced", async () => {
    const folder = await temporaryFolder();
    const word = fc.record({
      at: fc.integer({ min: 0, max: Math.floor(sound.length / 4) - 1 }),
      value: fc.oneof(fc.constantFrom(0, -1, 1, 4, -4, 0x7fffffff, -0x80000000), fc.integer({ min: -200, max: 2_000 })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 3 }), async (words) => {
        const bytes = Uint8Array.from(sound);
        for (const { at, value } of words) new DataView(bytes.buffer).setInt32(at * 4, value, true);
        await outcome(folder, bytes);
      }),
      { numRuns: cases(100, 1_000) },
    );
  });
});

describe("what is no Arrow file is named in words of our own:", () => {
  const text = (content: string) => Buffer.from(content, "latin1");
  const sound = sample("file");
  it.each<[string, Uint8Array]>([
    ["no Arrow file", text("time_ms,netuid\n1,2\n")],
    ["no Arrow file", text("\x10\0\0\0garbage that is long enough for it")],
    ["no Arrow file", text("\xff\xff\xff\xff\x08\0\0\0garbage!")],
    ["a Parquet file, no Arrow file", text("PAR1 and so on PAR1")],
    ["a Feather file of the first version, no Arrow file", text("FEA1 and so on FEA1")],
    ["a packed file (gzip), no Arrow file", text("\x1f\x8b\x08\0\0\0\0\0\0")],
    ["an Arrow file that ends in the middle", sound.subarray(0, sound.length - 1)],
    ["an Arrow file that ends in the middle", sound.subarray(0, 11)],
    ["an Arrow file that ends in the middle", sample("stream").subarray(0, 2_000)],
    ["a damaged Arrow file: it goes on after its end", Buffer.concat([sample("stream"), sample("stream")])],
  ])("%s", async (found, bytes) => {
    const file = await written(await temporaryFolder(), "t.arrow", bytes);
    expect(await refusalOf(() => openTable(file))).toMatchObject({
      code: "TEN-IMPORT-016",
      place: { file },
      found,
      allowed: "an Arrow file or stream",
      hint: expect.stringMatching(/damaged, cut short, or of another format/),
    });
  });
});
