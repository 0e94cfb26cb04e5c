import { mkdir, readFile, rename, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Float64, tableFromArrays, tableToIPC } from "apache-arrow";
import { beforeEach, describe, expect, it } from "vitest";
import { openRecording } from "../../../recorders/streams/index.js";
import { refusalOf, useTemporaryFolders } from "../temporary-folder.js";
import { editManifest, forgedPrices, type PriceColumns, replacePrices, withExtra, without, withType } from "./forgery.js";
import { PRICES, readRows, STAKES, writeRows } from "./recordings.js";

const temporaryFolder = useTemporaryFolders();
let out: string;

beforeEach(async () => {
  out = join(await temporaryFolder(), "out");
  await writeRows(out, { price: PRICES, stake: STAKES });
});

const refusedOpen = async (options = {}) => refusalOf(() => openRecording(out, options));

async function refusedRead() {
  const { streams } = await openRecording(out, { kinds: ["price"] });
  return refusalOf(() => readRows(streams[0]));
}

describe("openRecording refuses", () => {
  it("a folder that is not there", async () => {
    await rm(out, { recursive: true });
    expect((await refusedOpen()).code).toBe("TEN-STREAM-001");
  });

  it("a folder without manifest", async () => {
    await rm(join(out, "manifest.json"));
    expect((await refusedOpen()).code).toBe("TEN-STREAM-002");
  });

  it.each(["", "{", "[]", "{}", '{"format":"other"}', '{"format":"tenure-recording","version":1}'])("a manifest of %j", async (text) => {
    await writeFile(join(out, "manifest.json"), text);
    expect((await refusedOpen()).code).toBe("TEN-STREAM-003");
  });

  it("a manifest whose files lead out of the recording, or that says more than is known", async () => {
    await editManifest(out, (manifest) => {
      for (const file of manifest.streams.price?.files ?? []) file.path = "../price.arrow";
    });
    const refusal = await refusedOpen();
    expect(refusal).toMatchObject({ code: "TEN-STREAM-003", place: { path: "streams.price.files.0.path" } });
  });

  it("a format version it does not know", async () => {
    await editManifest(out, (manifest) => Object.assign(manifest, { version: 2 }));
    expect(await refusedOpen()).toMatchObject({ code: "TEN-STREAM-004", found: 2 });
  });

  it("a missing file", async () => {
    await rm(join(out, "price.arrow"));
    expect((await refusedOpen()).code).toBe("TEN-STREAM-005");
    expect((await openRecording(out, { kinds: ["stake"] })).streams).toHaveLength(1);
  });

  it("a changed byte", async () => {
    const path = join(out, "price.arrow");
    const bytes = await readFile(path);
    bytes[bytes.length >> 1] ^= 1;
    await writeFile(path, bytes);
    expect((await refusedOpen()).code).toBe("TEN-STREAM-006");
    await openRecording(out, { verify: false, kinds: ["stake"] });
  });

  it("two files of the same kind that were exchanged", async () => {
    await rm(out, { recursive: true });
    await writeRows(out, { price: PRICES }, { fileRows: 2 });
    await rename(join(out, "price/000001.arrow"), join(out, "price/x"));
    await rename(join(out, "price/000002.arrow"), join(out, "price/000001.arrow"));
    await rename(join(out, "price/x"), join(out, "price/000002.arrow"));
    expect((await refusedOpen()).code).toBe("TEN-STREAM-006");
  });

  it.each([0, 5, 30, -1, -100])("a file cut to %d bytes", async (size) => {
    const path = join(out, "price.arrow");
    const { length } = await readFile(path);
    await truncate(path, size < 0 ? length + size : size);
    expect((await refusedOpen()).code).toBe("TEN-STREAM-007");
    expect((await refusedOpen({ verify: false })).code).toBe("TEN-STREAM-007");
  });

  it("a foreign file with a right checksum", async () => {
    await replacePrices(out, Buffer.from("time_ms,price\n".repeat(10)));
    expect((await refusedOpen()).code).toBe("TEN-STREAM-007");
    await replacePrices(out, Buffer.concat([Buffer.from("ARROW1\0\0"), Buffer.alloc(64), Buffer.from("ARROW1")]));
    expect((await refusedOpen()).code).toBe("TEN-STREAM-007");
  });

  it("an Arrow file with other columns", async () => {
    await replacePrices(out, tableToIPC(tableFromArrays({ a: Int32Array.of(1) }), "file"));
    expect(await refusedOpen()).toMatchObject({ code: "TEN-STREAM-008", place: { path: "a" } });
    await replacePrices(out, forgedPrices({}, without("netuid")));
    expect(await refusedOpen()).toMatchObject({
      code: "TEN-STREAM-008",
      place: { path: "netuid" },
      found: "no such column",
      allowed: "Int32",
    });
    await replacePrices(out, forgedPrices({}, withExtra));
    expect(await refusedOpen()).toMatchObject({ code: "TEN-STREAM-008", place: { path: "extra" } });
    await replacePrices(out, forgedPrices({}, withType("time_ms", new Float64())));
    expect(await refusedOpen()).toMatchObject({ code: "TEN-STREAM-008", found: "Float64", allowed: "Timestamp<MILLISECOND>" });
  });

  it("files that overlap", async () => {
    await rm(out, { recursive: true });
    await writeRows(out, { price: PRICES }, { fileRows: 2 });
    await editManifest(out, (manifest) => manifest.streams.price?.files.reverse());
    expect(await refusedOpen()).toMatchObject({ code: "TEN-STREAM-014", place: { path: "streams.price.files.1" } });
  });

  it("a kind that is not there", async () => {
    expect(await refusedOpen({ kinds: ["weights"] })).toMatchObject({ code: "TEN-STREAM-015", allowed: "stake, price" });
  });

  it("a manifest whose digest is of other files", async () => {
    await editManifest(out, (manifest) => Object.assign(manifest.streams.price?.files[0] ?? {}, { sha256: "0".repeat(64) }), false);
    expect((await refusedOpen()).code).toBe("TEN-STREAM-018");
  });
});

describe("reading refuses, though every checksum is right,", () => {
  const cases: readonly (readonly [string, string, PriceColumns, object])[] = [
    ["rows that go back in time", "TEN-STREAM-009", { times: [1000n, 3000n, 2000n, 3000n] }, { row: 2 }],
    ["rows that go back in blocks at one time", "TEN-STREAM-009", { blocks: [10, 9, 20, 30] }, { row: 1 }],
    ["a price of 0", "TEN-STREAM-011", { prices: [0.5, 0, 0.6, 0.7] }, { row: 1, path: "price_tao_per_alpha" }],
    ["a price below 0", "TEN-STREAM-011", { prices: [0.5, 0.25, -1, 0.7] }, { row: 2 }],
    ["a price that is not a number", "TEN-STREAM-011", { prices: [Number.NaN, 0.25, 0.6, 0.7] }, { row: 0 }],
    ["an endless price", "TEN-STREAM-011", { prices: [0.5, 0.25, 0.6, Number.POSITIVE_INFINITY] }, { row: 3 }],
    ["a time before 1970", "TEN-STREAM-012", { times: [-1n, 1000n, 2000n, 3000n] }, { row: 0 }],
    ["a time past 2^53", "TEN-STREAM-012", { times: [1000n, 1000n, 2000n, 2n ** 53n] }, { row: 3 }],
    ["a time past 2109", "TEN-STREAM-012", { times: [1000n, 1000n, 2000n, 4_398_046_511_104n] }, { row: 3 }],
    ["a netuid below 0", "TEN-STREAM-012", { netuids: [1, -1, 1, 1] }, { row: 1, path: "netuid" }],
    ["a block below -1", "TEN-STREAM-012", { blocks: [-2, 10, 20, 30] }, { row: 0, path: "block" }],
    ["a row without netuid", "TEN-STREAM-012", { nullNetuids: 0b1101 }, { path: "netuid" }],
  ];

  it.each(cases)("%s", async (_, code, columns, place) => {
    const times = columns.times ?? [1000n, 1000n, 2000n, 3000n];
    await replacePrices(out, forgedPrices(columns), (stream) => {
      if (times[0] >= 0n) Object.assign(stream?.files[0] ?? {}, { from_ms: Number(times[0]) });
    });
    const refusal = await refusedRead();
    expect(refusal.code).toBe(code);
    expect(refusal.place).toMatchObject(place);
  });

  it("other row counts than the manifest's", async () => {
    for (const rows of [3, 5]) {
      await editManifest(out, (manifest) => {
        const stream = manifest.streams.price;
        if (stream !== undefined) stream.rows = stream.files[0].rows = rows;
      });
      expect((await refusedRead()).code).toBe("TEN-STREAM-013");
    }
  });

  it.each(["from_ms", "to_ms", "to_block"] as const)("another %s than the manifest's", async (name) => {
    await editManifest(out, (manifest) =>
      Object.assign(manifest.streams.price?.files[0] ?? {}, { [name]: name === "from_ms" ? 999 : 3001 }),
    );
    expect(await refusedRead()).toMatchObject({ code: "TEN-STREAM-014", place: { path: name } });
  });
});

describe("writing refuses", () => {
  it.each([
    ["TEN-STREAM-010", [[1, 1, 64, "h", "c", -1]]],
    ["TEN-STREAM-010", [[1, 1, 64, "h", "c", 2 ** 53]]],
    ["TEN-STREAM-010", [[1, 1, 64, "h", "c", 0.5]]],
    ["TEN-STREAM-010", [[1, 1, 64, "h", "c", Number.NaN]]],
    ["TEN-STREAM-012", [[1, 1, 64, "h", null, 1]]],
    ["TEN-STREAM-012", [[1.5, 1, 64, "h", "c", 1]]],
    [
      "TEN-STREAM-009",
      [
        [2, 1, 64, "h", "c", 1],
        [1, 1, 64, "h", "c", 1],
      ],
    ],
  ] as const)("%s for %j", async (code, rows) => {
    const target = join(await temporaryFolder(), "new");
    expect((await refusalOf(() => writeRows(target, { balances: rows }))).code).toBe(code);
    await expect(readFile(join(target, "manifest.json"))).rejects.toThrow(/ENOENT/);
  });

  it("to replace what is not a recording, and leaves it as it is", async () => {
    const target = join(await temporaryFolder(), "mine");
    await mkdir(target);
    await writeFile(join(target, "notes.txt"), "mine");
    expect((await refusalOf(() => writeRows(target, { price: PRICES }))).code).toBe("TEN-STREAM-016");
    expect(await readFile(join(target, "notes.txt"), "utf8")).toBe("mine");
    await writeFile(join(out, "notes.txt"), "mine");
    expect((await refusalOf(() => writeRows(out, { price: PRICES }))).found).toContain("notes.txt");
    expect((await refusalOf(() => writeRows(join(target, "notes.txt"), { price: PRICES }))).code).toBe("TEN-STREAM-016");
  });
});
