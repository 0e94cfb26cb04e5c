import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AddressBook, STREAM_KINDS, type StreamKind } from "../../../engine/index.js";
import { openRecording } from "../../../recorders/streams/index.js";
import { cases } from "../../cases.js";
import { contentsOf, useTemporaryFolders } from "../temporary-folder.js";
import { PRICES, type Row, readRows, rowsOf, STAKES, writeRows } from "./recordings.js";

const temporaryFolder = useTemporaryFolders();

describe("stream files", () => {
  it.each(STREAM_KINDS)("give back every %s row as it was written, however it was handed over", async (kind: StreamKind) => {
    const folder = await temporaryFolder();
    await fc.assert(
      fc.asyncProperty(rowsOf(kind), fc.integer({ min: 1, max: 9 }), async (rows, pieceRows) => {
        await writeRows(join(folder, "a"), { [kind]: rows }, { pieceRows });
        const { manifest, streams } = await openRecording(join(folder, "a"));
        expect(await readRows(streams[0])).toEqual(rows);
        expect(manifest.streams[kind]?.rows).toBe(rows.length);
        await writeRows(join(folder, "b"), { [kind]: rows });
        expect(await contentsOf(join(folder, "b"))).toEqual(await contentsOf(join(folder, "a")));
      }),
      { numRuns: cases(6, 15) },
    );
  });

  it("hold many batches with addresses that appear late, in bounded batches", async () => {
    const folder = await temporaryFolder();
    const rows: Row[] = Array.from({ length: 150_000 }, (_, row) => [
      row,
      row,
      64,
      `hot${row % 50_021}`,
      `cold${row >> 10}`,
      row * 1_000_003,
    ]);
    await writeRows(join(folder, "out"), { balances: rows }, { pieceRows: 30_000 });
    const { streams } = await openRecording(join(folder, "out"));
    const book = new AddressBook();
    const sizes: number[] = [];
    for await (const chunk of streams[0].openChunks(book)) sizes.push(chunk.rows);
    expect(sizes).toEqual([65_536, 65_536, 150_000 - 2 * 65_536]);
    expect(await readRows(streams[0])).toEqual(rows);
  });

  it("may be many files of one kind, with addresses of each", async () => {
    const folder = await temporaryFolder();
    const manifest = await writeRows(join(folder, "out"), { stake: STAKES, price: PRICES }, { fileRows: 2 });
    expect(manifest.streams.stake?.files.map((file) => [file.path, file.rows])).toEqual([
      ["stake/000001.arrow", 2],
      ["stake/000002.arrow", 1],
    ]);
    const { streams } = await openRecording(join(folder, "out"));
    expect(streams.map((stream) => stream.kind)).toEqual(["stake", "price"]);
    expect(await readRows(streams[0])).toEqual(STAKES);
    expect(await readRows(streams[1])).toEqual(PRICES);
  });

  it("intern all addresses of a stream when it is opened, in the order of the dictionary", async () => {
    const folder = await temporaryFolder();
    await writeRows(join(folder, "out"), { stake: STAKES });
    const { streams } = await openRecording(join(folder, "out"));
    const book = new AddressBook();
    book.intern("5Before");
    streams[0].openChunks(book);
    expect(Array.from({ length: book.size }, (_, id) => book.nameOf(id))).toEqual(["5Before", "5H", "5C", "5D"]);
    expect(await readRows(streams[0], book)).toEqual(STAKES);
  });

  it("are Arrow files that other readers understand", async () => {
    const folder = await temporaryFolder();
    await writeRows(join(folder, "out"), { stake: STAKES });
    const table = tableFromIPC(await readFile(join(folder, "out", "stake.arrow")));
    const last = table.get(1)?.toJSON();
    expect(last).toMatchObject({
      action: "transferred",
      hotkey: "5H",
      to_coldkey: "5D",
      to_hotkey: null,
      amount_rao: 200n,
      to_amount_rao: 199n,
    });
    expect(table.schema.fields.map((field) => String(field.type)).slice(0, 5)).toEqual([
      "Timestamp<MILLISECOND>",
      "Int32",
      "Int32",
      "Int32",
      "Dictionary<Uint8, Utf8>",
    ]);
  });

  it("may have no rows", async () => {
    const folder = await temporaryFolder();
    await writeRows(join(folder, "out"), { stake: [], price: PRICES });
    const { streams, manifest } = await openRecording(join(folder, "out"));
    expect(manifest.streams.stake).toMatchObject({ rows: 0, files: [{ rows: 0, from_ms: null, to_ms: null, from_block: null }] });
    expect(await readRows(streams[0])).toEqual([]);
  });

  it("opens only the kinds asked for", async () => {
    const folder = await temporaryFolder();
    await writeRows(join(folder, "out"), { stake: STAKES, price: PRICES });
    const { streams } = await openRecording(join(folder, "out"), { kinds: ["price"] });
    expect(streams.map((stream) => [stream.kind, stream.rows, stream.coverage])).toEqual([["price", 4, "partial"]]);
  });
});
