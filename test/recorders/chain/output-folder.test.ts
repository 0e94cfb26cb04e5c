import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { TenureError } from "../../../engine/index.js";
import type { RecordChainOptions, RecordProgress } from "../../../recorders/index.js";
import type { TestChain } from "../../chain/index.js";
import { PRICES, writeRows } from "../streams/recordings.js";
import { contentsOf, refusalOf } from "../temporary-folder.js";
import { randomChain } from "./random-chain.js";
import { useChains } from "./recorded.js";

const { serve, newFolder, record } = useChains();
const chain: TestChain = randomChain({ seed: 2, blocks: 40, specs: [346] });

describe("a folder that holds another recording", () => {
  test.each<[string, Partial<RecordChainOptions>, string]>([
    ["of other subnets", { netuids: [30] }, "netuids"],
    ["from another block", { from: { block: 4 } }, "from_block"],
    ["in other chunks", { chunkBlocks: 21 }, "chunk_blocks"],
    ["with other prices", { priceEveryBlocks: 7 }, "price_every_blocks"],
    ["without weights", { weights: true }, "weights"],
  ])("%s is refused, and stays as it is", async (_, options, path) => {
    const { url } = await serve(chain);
    const begun: Partial<RecordChainOptions> = { netuids: [30, 19], from: { block: 3 }, chunkBlocks: 20 };
    const { folder } = await record({ endpoints: [url], ...begun });
    const before = await contentsOf(folder);
    const refusal = await refusalOf(() => record({ endpoints: [url], ...begun, out: folder, ...options }));
    expect(refusal).toMatchObject({ code: "TEN-CHAIN-030", place: { file: folder, path } });
    expect(await contentsOf(folder)).toEqual(before);
  });

  test("is the same recording where subnets are only named in another order", async () => {
    const { url } = await serve(chain);
    const { folder } = await record({ endpoints: [url], netuids: [30, 19] });
    const before = await contentsOf(folder);
    expect(await record({ endpoints: [url], netuids: [19, 30, 19], out: folder })).toMatchObject({ blocks: 0, interrupted: false });
    expect(await contentsOf(folder)).toEqual(before);
  });

  test("of another chain, or of another fork of the same chain, is refused", async () => {
    const { url } = await serve(chain);
    const { folder } = await record({ endpoints: [url], netuids: [30, 19] });
    const before = await contentsOf(folder);
    const other = await serve(randomChain({ seed: 3, blocks: 60, specs: [346] }));
    const refusal = await refusalOf(() => record({ endpoints: [other.url], netuids: [30, 19], out: folder }));
    expect(refusal).toMatchObject({ code: "TEN-CHAIN-004" });
    const fork = randomChain({ seed: 2, blocks: 40, specs: [346] });
    fork.finalized = 30;
    fork.reorg(10);
    const forked = await serve(fork);
    expect(await refusalOf(() => record({ endpoints: [forked.url], netuids: [30, 19], out: folder, to: { block: 30 } }))).toMatchObject({
      code: "TEN-CHAIN-004",
      place: { path: forked.url, block: 40 },
    });
    expect(await contentsOf(folder)).toEqual(before);
  });

  test("and a node that has not got to its end: it is told at once, with both heights", async () => {
    const server = await serve(chain);
    const { folder } = await record({ endpoints: [server.url], netuids: [30, 19] });
    const before = await contentsOf(folder);
    const behind = await serve(randomChain({ seed: 2, blocks: 39, specs: [346] }));
    const options = { netuids: [30, 19], out: folder, patience: { attempts: 3, firstWaitMs: 1, longestWaitMs: 5 } };
    const refusal = await refusalOf(() => record({ endpoints: [behind.url], ...options }));
    expect(refusal).toMatchObject({ code: "TEN-CHAIN-007", place: { path: behind.url }, found: "final up to block 39" });
    expect(refusal.message).toContain("up to block 40");
    expect(await record({ endpoints: [behind.url, server.url], ...options })).toMatchObject({ blocks: 0 });
    expect(await contentsOf(folder)).toEqual(before);
  });
});

describe("a folder that holds something else", () => {
  test.each<[string, (out: string) => Promise<unknown>]>([
    ["an import", (out) => writeRows(out, { price: PRICES })],
    ["some file", (out) => writeFile(join(out, "notes.txt"), "mine")],
    ["a folder", (out) => mkdir(join(out, "photos"))],
    [
      "a file in a folder that is called like a stream",
      (out) => mkdir(join(out, "stake")).then(() => writeFile(join(out, "stake", "notes.txt"), "mine")),
    ],
    ["a file that is called like a stream", (out) => writeFile(join(out, "stake"), "mine")],
    ["a manifest that somebody else is writing", (out) => writeFile(join(out, "manifest.json.partial"), '{"name": "a web app"}')],
    ["an owner that is none", (out) => mkdir(join(out, ".partial")).then(() => writeFile(join(out, ".partial", "owner"), "mine"))],
  ])("%s is refused, and stays as it is", async (_, fill) => {
    const { url } = await serve(chain);
    const out = await newFolder();
    await mkdir(out, { recursive: true });
    await fill(out);
    const before = await contentsOf(out);
    const refusal = await refusalOf(() => record({ endpoints: [url], netuids: [30], out }));
    expect(refusal.code).toBe("TEN-STREAM-016");
    expect(await contentsOf(out)).toEqual(before);
  });

  test("beside a recording is refused, too, where the recorder would write over it; what a killed one left is not", async () => {
    const { url } = await serve(chain);
    const { folder: out } = await record({ endpoints: [url], netuids: [30] });
    const partial = join(out, "manifest.json.partial");
    await writeFile(partial, "years of work");
    const before = await contentsOf(out);
    const refusal = await refusalOf(() => record({ endpoints: [url], netuids: [30], out }));
    expect(refusal).toMatchObject({ code: "TEN-STREAM-016", found: "manifest.json.partial" });
    expect(await contentsOf(out)).toEqual(before);
    await writeFile(partial, (await readFile(join(out, "manifest.json"), "utf8")).slice(0, 99));
    expect((await record({ endpoints: [url], netuids: [30], out })).blocks).toBe(0);
    expect(Object.keys(await contentsOf(out))).not.toContain("manifest.json.partial");
  });

  test("is refused where it is a file", async () => {
    const { url } = await serve(chain);
    const out = await newFolder();
    await writeFile(out, "mine");
    expect((await refusalOf(() => record({ endpoints: [url], netuids: [30], out }))).code).toBe("TEN-STREAM-016");
  });

  test("may be empty, and folders above it are made", async () => {
    const { url } = await serve(chain);
    const empty = await mkdtemp(join(dirname(await newFolder()), "empty-"));
    const deep = join(await newFolder(), "a", "b");
    for (const out of [empty, deep]) expect((await record({ endpoints: [url], netuids: [30], out })).blocks).toBe(40);
    expect(await contentsOf(empty)).toEqual(await contentsOf(deep));
    await rm(empty, { recursive: true });
  });
});

describe("two recorders", () => {
  test("do not write to one folder at a time", async () => {
    const [server, another] = [await serve(chain), await serve(chain)];
    const out = await newFolder();
    const others: Promise<TenureError>[] = [];
    const other = () => refusalOf(() => record({ endpoints: [another.url], netuids: [30], out }));
    const onProgress = ({ block }: RecordProgress) => {
      // The first one gets no further before the other one has tried.
      if (block % 10 === 3) others.push(other().finally(server.hold()));
    };
    expect((await record({ endpoints: [server.url], netuids: [30], out, onProgress })).blocks).toBe(40);
    expect((await Promise.all(others)).map(({ code }) => code)).toEqual(Array(4).fill("TEN-CHAIN-031"));
    expect((await record({ endpoints: [server.url], netuids: [30], out })).blocks).toBe(0);
  });
});
