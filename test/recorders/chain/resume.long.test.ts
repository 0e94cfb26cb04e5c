import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { randomStreams } from "../../../engine/index.js";
import { processTag } from "../../../recorders/folder/process-tag.js";
import { checkRecording, type RecordChainOptions, type RecordReport } from "../../../recorders/index.js";
import type { TestChain } from "../../chain/index.js";
import { deadTag } from "../dead-tag.js";
import { contentsOf, refusalOf } from "../temporary-folder.js";
import { isEpoch } from "./chain-truth.js";
import { randomChain } from "./random-chain.js";
import { readRecorded, useChains } from "./recorded.js";

const BLOCKS = 60;
const NETUIDS = [0, 19, 30];
const { serve, newFolder, record } = useChains();

let chain: TestChain;

beforeAll(() => {
  chain = randomChain({ seed: 11, blocks: BLOCKS, specs: [346, 424] });
});

const wholes = new Map<string, Record<string, string>>();

/** Every file of a recording that was not interrupted, by its digest. */
async function recordWhole(options: Partial<RecordChainOptions> = {}): Promise<Record<string, string>> {
  const name = JSON.stringify(options);
  let whole = wholes.get(name);
  if (whole === undefined) {
    const { url } = await serve(chain);
    whole = await contentsOf((await record({ endpoints: [url], netuids: NETUIDS, chunkBlocks: 20, ...options })).folder);
    wholes.set(name, whole);
  }
  return whole;
}

/** Records until a block was taken, then aborts. */
async function recordUntil(block: number, options: Partial<RecordChainOptions> & { readonly out: string }): Promise<RecordReport> {
  const { url } = await serve(chain);
  const aborting = new AbortController();
  const onProgress: RecordChainOptions["onProgress"] = (progress) => {
    if (progress.stage === "recording" && progress.block === block) aborting.abort();
  };
  return record({ endpoints: [url], netuids: NETUIDS, chunkBlocks: 20, ...options, signal: aborting.signal, onProgress });
}

describe("a recording that is interrupted", () => {
  test.each([
    ["in chunks of 20, with weights", { chunkBlocks: 20, weights: true }],
    ["in chunks of a block", { chunkBlocks: 1, from: { block: 17 }, to: { block: 38 } }],
    ["in one chunk, from the middle of it", { chunkBlocks: 7_200, from: { block: 13 } }],
  ])("ten times %s equals one that was not, byte for byte, and is sound each time", async (_, options) => {
    const random = randomStreams(7, 0)("test/chain/resume");
    const whole = await recordWhole(options);
    const out = await newFolder();
    const last = "to" in options ? options.to.block : BLOCKS;
    let at = ("from" in options ? options.from.block : 1) - 1;
    const most = Math.floor((last - at) / 10);
    for (let time = 0; time < 10; time++) {
      at += 1 + Math.floor(random() * most);
      expect((await recordUntil(at, { out, ...options })).interrupted).toBe(true);
      expect((await readRecorded(out)).manifest.chain?.to_block).toBe(at);
      if (time % 4 === 0) expect(await checkRecording(out)).toMatchObject({ ok: true, faults: [] });
      expect(await readdir(out)).not.toContain(".partial");
    }
    const { url } = await serve(chain);
    const { interrupted, blocks } = await record({ endpoints: [url], netuids: NETUIDS, out, ...options });
    expect([interrupted, blocks]).toEqual([false, last - at]);
    expect(await contentsOf(out)).toEqual(whole);
  });

  test("in a chunk that it takes up again does not lose what was there", async () => {
    const out = await newFolder();
    await recordUntil(35, { out });
    const before = await contentsOf(out);
    const { blocks, manifest } = await recordUntil(28, { out });
    expect([blocks, manifest?.chain?.to_block]).toEqual([0, 35]);
    expect(await contentsOf(out)).toEqual(before);
  });

  test("before its first block leaves nothing; the next call begins anew", async () => {
    const { url } = await serve(chain);
    const out = await newFolder();
    const aborting = new AbortController();
    const onProgress: RecordChainOptions["onProgress"] = ({ stage }) => {
      if (stage === "finding positions") aborting.abort();
    };
    const work = record({ endpoints: [url], netuids: NETUIDS, out, from: { block: 20 }, signal: aborting.signal, onProgress });
    await work.catch((error: unknown) => expect(error).toMatchObject({ name: "AbortError" }));
    await expect(readRecorded(out)).rejects.toMatchObject({ code: "TEN-STREAM-001" });
    expect((await record({ endpoints: [url], netuids: NETUIDS, out, from: { block: 20 } })).interrupted).toBe(false);
  });
});

describe("a recording that goes on", () => {
  test("to a later block equals one that went there at once, and to an earlier one stays as it is", async () => {
    const { url } = await serve(chain);
    const out = await newFolder();
    for (const block of [20, 25, 25, 4, 39, 41, BLOCKS]) {
      const { manifest } = await record({ endpoints: [url], netuids: NETUIDS, chunkBlocks: 20, out, to: { block } });
      const reached = Math.max(block, manifest?.chain?.to_block ?? 0);
      expect(await contentsOf(out)).toEqual(await recordWhole({ to: { block: reached } }));
    }
  });

  test("behind a chunk that ends with an epoch equals one that did not stop there", async () => {
    const epochs = NETUIDS.flatMap((netuid) =>
      Array.from({ length: BLOCKS }, (_, block) => block).filter((block) => isEpoch(chain, netuid, block)),
    );
    for (const epoch of [epochs[1], epochs[4]]) {
      const options = { chunkBlocks: epoch + 1 };
      const whole = await recordWhole(options);
      const out = await newFolder();
      for (const block of [epoch - 1, epoch, epoch + 1]) await recordUntil(block, { out, ...options });
      const { url } = await serve(chain);
      await record({ endpoints: [url], netuids: NETUIDS, out, ...options });
      expect(await contentsOf(out)).toEqual(whole);
    }
  });
});

describe("a recorder that was killed", () => {
  /** As `kill -9` leaves a folder: files that no manifest names, and the lock of a process that is no more. */
  async function leaveBehind(out: string, tag: string): Promise<void> {
    const partial = join(out, ".partial");
    await mkdir(partial, { recursive: true });
    await mkdir(join(out, ".lock"));
    await writeFile(join(out, ".lock", tag), "");
    await writeFile(join(partial, "stake.arrow"), "half a fil");
    await writeFile(join(out, "manifest.json.partial"), "{");
    for (const kind of ["stake", "emission"]) {
      await mkdir(join(out, kind), { recursive: true });
      await writeFile(join(out, kind, "000000040-000000059.arrow"), "of a chunk that no manifest names");
    }
  }

  test("in a later chunk, or before its first manifest, leaves nothing that matters", async () => {
    const whole = await recordWhole();
    const { url } = await serve(chain);
    for (const block of [undefined, 30]) {
      const out = await newFolder();
      if (block !== undefined) await recordUntil(block, { out });
      await leaveBehind(out, deadTag());
      await record({ endpoints: [url], netuids: NETUIDS, chunkBlocks: 20, out });
      expect(await contentsOf(out)).toEqual(whole);
    }
  });

  test("between the files of a chunk and the manifest that names them leaves the chunk before", async () => {
    const whole = await recordWhole();
    const [out, early] = [await newFolder(), await newFolder()];
    await recordUntil(30, { out });
    await cp(out, early, { recursive: true });
    await recordUntil(50, { out });
    // The files of the later state, the manifest of the earlier one.
    await writeFile(join(out, "manifest.json"), await readFile(join(early, "manifest.json")));
    for (const kind of await readdir(early, { withFileTypes: true })) {
      if (kind.isDirectory()) await cp(join(early, kind.name), join(out, kind.name), { recursive: true });
    }
    const { url } = await serve(chain);
    await record({ endpoints: [url], netuids: NETUIDS, chunkBlocks: 20, out });
    expect(await contentsOf(out)).toEqual(whole);
  });

  test("is told from one that still writes", async () => {
    const out = await newFolder();
    await recordUntil(30, { out });
    await leaveBehind(out, processTag(process.ppid));
    const before = await contentsOf(out);
    const { url } = await serve(chain);
    const refusal = await refusalOf(() => record({ endpoints: [url], netuids: NETUIDS, chunkBlocks: 20, out }));
    expect(refusal).toMatchObject({ code: "TEN-CHAIN-031", place: { file: out } });
    expect(await contentsOf(out)).toEqual(before);
    await rm(join(out, ".lock"), { recursive: true });
    expect((await record({ endpoints: [url], netuids: NETUIDS, chunkBlocks: 20, out })).interrupted).toBe(false);
  });
});
