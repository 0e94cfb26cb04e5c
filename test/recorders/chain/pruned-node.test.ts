import { describe, expect, test } from "vitest";
import type { TestChain } from "../../chain/index.js";
import { contentsOf, refusalOf } from "../temporary-folder.js";
import { randomChain } from "./random-chain.js";
import { readRecorded, useChains } from "./recorded.js";

const BLOCKS = 60;
/** The node has state from here on. */
const OLDEST = 24;
const NETUIDS = [19, 30];
const { serve, newFolder, record } = useChains();

const chain: TestChain = randomChain({ seed: 5, blocks: BLOCKS, specs: [346] });

/** The block that a refusal says one can begin with. */
function namedFirst(refusal: { readonly hint?: string | undefined }): number {
  return Number(/--from (\d+)/.exec(refusal.hint ?? "")?.[1]);
}

describe("a node that has thrown old state away", () => {
  test.each([1, 2, 10, OLDEST - 1, OLDEST, OLDEST + 1])("is asked in vain from block %i on, and says what it has", async (block) => {
    const { url } = await serve(chain, { prunedBelow: OLDEST });
    const out = await newFolder();
    const refusal = await refusalOf(() => record({ endpoints: [url], netuids: NETUIDS, out, from: { block } }));
    expect(refusal).toMatchObject({ code: "TEN-CHAIN-005", place: { path: url } });
    expect(refusal.message).toContain(`state from block ${OLDEST} on`);
    expect(namedFirst(refusal)).toBe(OLDEST + 2);
    await expect(readRecorded(out)).rejects.toMatchObject({ code: "TEN-STREAM-001" });
  });

  test("can be recorded from the block that the refusal names, as from an archive", async () => {
    const [pruned, archive] = [await serve(chain, { prunedBelow: OLDEST }), await serve(chain)];
    const options = { netuids: NETUIDS, from: { block: OLDEST + 2 } };
    const [some, all] = [await record({ endpoints: [pruned.url], ...options }), await record({ endpoints: [archive.url], ...options })];
    expect(await contentsOf(some.folder)).toEqual(await contentsOf(all.folder));
  });

  test("while it is recorded stops the recording there, and what is done stays", async () => {
    const server = await serve(chain);
    const out = await newFolder();
    const refusal = await refusalOf(() =>
      record({
        endpoints: [server.url],
        netuids: NETUIDS,
        out,
        concurrency: 1,
        chunkBlocks: 10,
        onProgress: ({ block }) => {
          if (block === 25) server.faults.prunedBelow = 50;
        },
      }),
    );
    expect(refusal).toMatchObject({ code: "TEN-CHAIN-005" });
    expect(namedFirst(refusal)).toBe(52);
    expect((await readRecorded(out)).manifest.chain?.to_block).toBe(19);
    server.faults.prunedBelow = 0;
    await record({ endpoints: [server.url], netuids: NETUIDS, out, chunkBlocks: 10 });
    const whole = await record({ endpoints: [server.url], netuids: NETUIDS, chunkBlocks: 10 });
    expect(await contentsOf(out)).toEqual(await contentsOf(whole.folder));
  });

  test("altogether is told so", async () => {
    const { url } = await serve(chain, { prunedBelow: BLOCKS + 1 });
    const refusal = await refusalOf(() => record({ endpoints: [url], netuids: NETUIDS }));
    expect(refusal).toMatchObject({ code: "TEN-CHAIN-005", place: { path: url } });
    expect(refusal.message).toContain("a pruned node");
  });
});
