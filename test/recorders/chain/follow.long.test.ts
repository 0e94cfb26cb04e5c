import { describe, expect, test } from "vitest";
import type { RecordChainOptions, RecordReport } from "../../../recorders/index.js";
import { type ChainServer, startChainServer, type TestChain } from "../../chain/index.js";
import { contentsOf } from "../temporary-folder.js";
import { randomChain } from "./random-chain.js";
import { readRecorded, useChains } from "./recorded.js";

const BLOCKS = 80;
const NETUIDS = [19, 30];
const { serve, newFolder, record } = useChains();

function newChain(): TestChain {
  return randomChain({ seed: 21, blocks: BLOCKS, specs: [346, 424] });
}

/** The whole of a chain, as recorded without following it. */
async function recordTo(chain: TestChain, block: number): Promise<Record<string, string>> {
  const { url } = await serve(chain);
  return contentsOf((await record({ endpoints: [url], netuids: NETUIDS, chunkBlocks: 20, to: { block } })).folder);
}

/** Follows a chain until a block was taken; each block that is taken may have something happen. */
async function followTo(
  last: number,
  options: Partial<RecordChainOptions> & { readonly endpoints: readonly string[] },
  onBlock: (block: number) => void = () => {},
): Promise<RecordReport> {
  const aborting = new AbortController();
  const onProgress: RecordChainOptions["onProgress"] = ({ stage, block, total }) => {
    if (stage !== "following") return;
    expect(total).toBeUndefined();
    onBlock(block);
    if (block === last) aborting.abort();
  };
  return record({ netuids: NETUIDS, chunkBlocks: 20, follow: true, ...options, signal: aborting.signal, onProgress });
}

/** Finalises a chain step by step, as soon as a recorder has got to the head. */
function finaliseBehind(server: ChainServer, chain: TestChain, steps: readonly number[]): (block: number) => void {
  const left = [...steps];
  return (block) => {
    const next = left[0];
    if (block !== chain.finalized || next === undefined) return;
    left.shift();
    setImmediate(() => server.finalize(next));
  };
}

describe("a recording that follows its chain", () => {
  test("takes what becomes final, and equals one that was made later", async () => {
    const chain = newChain();
    chain.finalized = 12;
    const server = await serve(chain);
    const steps = [13, 14, 18, 19, 20, 39, 40, 55, 71, BLOCKS];
    const { interrupted, folder, manifest } = await followTo(71, { endpoints: [server.url] }, finaliseBehind(server, chain, steps));
    expect([interrupted, manifest?.chain?.to_block]).toEqual([true, 71]);
    expect(await contentsOf(folder)).toEqual(await recordTo(newChain(), 71));
  });

  test("is not led astray by blocks that are replaced before they are final", async () => {
    const chain = newChain();
    chain.finalized = 30;
    const server = await serve(chain);
    const { folder } = await followTo(70, { endpoints: [server.url] }, (block) => {
      if (block !== chain.finalized) return;
      if (block < 60) chain.reorg(chain.best - block, (b) => b.price(30, { taoRao: BigInt(1 + b.number), alphaInRao: 7n }));
      setImmediate(() => server.finalize(Math.min(70, block + 10)));
    });
    expect(await contentsOf(folder)).toEqual(await recordTo(chain, 70));
  });

  test("and is interrupted and goes on, equals one that was not", async () => {
    const chain = newChain();
    chain.finalized = 7;
    const server = await serve(chain);
    const out = await newFolder();
    for (const [stop, steps] of [
      [7, []],
      [26, [15, 26]],
      [27, [30]],
      [59, [40, 59]],
      [66, [66]],
    ] as const) {
      if (chain.finalized < stop && steps[0] !== undefined && chain.finalized <= ((await toBlock(out)) ?? 0)) server.finalize(steps[0]);
      await followTo(
        stop,
        { endpoints: [server.url], out },
        finaliseBehind(
          server,
          chain,
          steps.filter((step) => step > chain.finalized),
        ),
      );
      expect(await toBlock(out)).toBe(stop);
    }
    server.finalize(BLOCKS);
    await record({ endpoints: [server.url], netuids: NETUIDS, chunkBlocks: 20, out });
    expect(await contentsOf(out)).toEqual(await recordTo(newChain(), BLOCKS));
  });

  test("ends at once when it is interrupted while it waits, and keeps what it has", async () => {
    const chain = newChain();
    chain.finalized = 33;
    const server = await serve(chain);
    const aborting = new AbortController();
    const onProgress: RecordChainOptions["onProgress"] = ({ block }) => {
      if (block === 33) setImmediate(() => aborting.abort());
    };
    const options = { endpoints: [server.url], netuids: NETUIDS, chunkBlocks: 20, follow: true, signal: aborting.signal, onProgress };
    // No wait ends by itself here.
    const { manifest, interrupted } = await record(options);
    expect([interrupted, manifest?.chain?.to_block]).toEqual([true, 33]);
  });

  test("goes on over breaks of the line, with another node and one that is behind", async () => {
    const [chain, other] = [newChain(), newChain()];
    chain.finalized = 20;
    other.finalized = 20;
    const [first, second] = [await startChainServer(chain), await serve(other)];
    let isClosed = false;
    const { folder } = await followTo(70, { endpoints: [first.url, second.url] }, (block) => {
      if (block === 20) setImmediate(() => first.finalize(40));
      if (block === 30) first.disconnect();
      if (block !== 40 || isClosed) return;
      isClosed = true;
      // The second node knows of 20 final blocks when the first one dies, and of the others only later.
      void first.close();
      setImmediate(() => {
        second.finalize(35);
        setImmediate(() => second.finalize(70));
      });
    });
    expect(isClosed).toBe(true);
    expect(await contentsOf(folder)).toEqual(await recordTo(newChain(), 70));
  });
});

async function toBlock(out: string): Promise<number | undefined> {
  return readRecorded(out).then(
    ({ manifest }) => manifest.chain?.to_block,
    () => undefined,
  );
}
