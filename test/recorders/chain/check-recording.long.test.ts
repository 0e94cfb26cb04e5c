import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { AddressBook, STAKE_ACTIONS, STREAMS, type StreamKind } from "../../../engine/index.js";
import { checkRecording, openRecording, type RecordingManifest, recordingDigest, StreamFileWriter } from "../../../recorders/index.js";
import { everyShapeHistory } from "../../chain/index.js";
import { refusalOf } from "../temporary-folder.js";
import { useChains } from "./recorded.js";

const { serve, record } = useChains();

/** A value by the names of its columns; addresses as ids of the book. */
type Cells = Record<string, number>;

/** Writes a stream of a recording anew, changed, as somebody would who also mends the manifest. */
async function forge(
  folder: string,
  kind: StreamKind,
  change: (rows: Cells[]) => Cells[],
  manifestToo?: (manifest: RecordingManifest) => void,
) {
  const { manifest, streams } = await openRecording(folder, { kinds: [kind] });
  const book = new AddressBook();
  const names = STREAMS[kind].columns.map(({ name }) => name);
  const rows: Cells[] = [];
  for await (const { rows: count, columns } of streams[0].openChunks(book)) {
    for (let row = 0; row < count; row++) rows.push(Object.fromEntries(names.map((name, at) => [name, Number(columns[at][row])])));
  }
  const stream = manifest.streams[kind];
  if (stream === undefined) throw new Error(`no ${kind}`);
  const [first] = stream.files;
  const writer = await StreamFileWriter.create(folder, kind, first.path, book);
  const changed = change(rows);
  const columns = names.map((name) => Float64Array.from(changed, (cells) => cells[name]));
  await writer.write({ declaration: STREAMS[kind], rows: changed.length, columns });
  stream.files = [await writer.finish()];
  stream.rows = changed.length;
  manifestToo?.(manifest);
  manifest.digest = recordingDigest(manifest.streams);
  await writeFile(join(folder, "manifest.json"), JSON.stringify(manifest));
}

/** In one chunk, so that one file is all of a stream. */
async function recorded(): Promise<string> {
  const { url } = await serve(everyShapeHistory());
  return (await record({ endpoints: [url], chunkBlocks: 1_000 })).folder;
}

describe("the check of a recording", () => {
  test("finds a whole one in order, and says what was measured", async () => {
    const check = await checkRecording(await recorded());
    expect(check).toMatchObject({ ok: true, faults: [], added_up: true, balances_wrong: 0, worst_residual: null });
    expect(check.balances_compared).toBeGreaterThan(100);
    expect(Object.keys(check.explained)).toEqual(expect.arrayContaining(["root_claimed", "liquidity", "alpha_fee", "unexplained"]));
  });

  const REMOVED = STAKE_ACTIONS.indexOf("removed");
  test.each<[string, StreamKind, (rows: Cells[]) => Cells[]]>([
    ["a rao more was paid", "emission", ([first, ...rest]) => [{ ...first, amount_rao: first.amount_rao + 1 }, ...rest]],
    ["a pay is left out", "emission", (rows) => rows.slice(1)],
    ["a flow is counted twice", "stake", (rows) => rows.flatMap((row) => (row.action === REMOVED ? [row, row] : [row]))],
    ["a flow goes to somebody else", "stake", ([first, ...rest]) => [{ ...first, coldkey: first.hotkey }, ...rest]],
    [
      "a balance is a rao less",
      "balances",
      (rows) => rows.map((row, at) => (at === 40 ? { ...row, balance_rao: row.balance_rao - 1 } : row)),
    ],
    ["a balance is left out", "balances", (rows) => rows.filter((_, at) => at !== rows.length - 1)],
    ["the balances at the end are left out", "balances", (rows) => rows.filter(({ block }) => block !== rows[rows.length - 1].block)],
  ])("finds that %s", async (_, kind, change) => {
    const folder = await recorded();
    await forge(folder, kind, change);
    const check = await checkRecording(folder);
    expect(check).toMatchObject({ ok: false, added_up: true });
    expect(check.balances_wrong).toBeGreaterThan(0);
    expect(Math.abs(check.worst_residual?.rao ?? 0)).toBeGreaterThan(0);
  });

  test("finds a hole between chunks, and counts that are not those of the rows", async () => {
    const folder = await recorded();
    await forge(
      folder,
      "stake",
      (rows) => rows,
      ({ chain }) => {
        if (chain === undefined) throw new Error("no chain");
        chain.chunks[0].from_block = 3;
        chain.chunks[0].residuals.unexplained.rows += 1;
      },
    );
    const { ok, faults } = await checkRecording(folder);
    expect(ok).toBe(false);
    expect(faults.join("\n")).toMatch(/begins with block 3.*ends with block 0/);
    expect(faults.join("\n")).toMatch(/counts \d+ rows .* as unexplained; the stake stream has/);
  });

  test("says that nothing was added up where a file is damaged", async () => {
    const folder = await recorded();
    const { streams } = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8"));
    const path = join(folder, streams.emission.files[0].path);
    const bytes = await readFile(path);
    bytes[bytes.length >> 1] ^= 1;
    await writeFile(path, bytes);
    const check = await checkRecording(folder);
    expect(check).toMatchObject({ ok: false, added_up: false, balances_compared: 0 });
    expect(check.faults.join()).toMatch(/TEN-STREAM-006/);
  });

  test("refuses what is no recording of a chain", async () => {
    const folder = await recorded();
    const path = join(folder, "manifest.json");
    const { chain, ...manifest } = JSON.parse(await readFile(path, "utf8"));
    expect(chain.to_block).toBe(400);
    await writeFile(path, JSON.stringify({ ...manifest, source: { ...manifest.source, importer: "table" } }));
    expect((await refusalOf(() => checkRecording(folder))).code).toBe("TEN-CHAIN-032");
  });
});
