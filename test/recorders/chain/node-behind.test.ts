import { describe, expect, test } from "vitest";
import { contentsOf, refusalOf } from "../temporary-folder.js";
import { useChains } from "./recorded.js";
import { live, NETUID, smallSubnet } from "./small-subnet.js";

const { serve, newFolder, record } = useChains();
const BLOCKS = 60;

function chainOf(blocks: number) {
  return live(smallSubnet("node-behind"), blocks);
}

async function recorded() {
  const { url } = await serve(chainOf(BLOCKS));
  const out = await newFolder();
  await record({ endpoints: [url], netuids: [NETUID], out });
  return out;
}

describe("a node that is behind the recording", () => {
  test.each([[false], [true]])("is told at once, with both heights (following: %s)", async (follow) => {
    const out = await recorded();
    const before = await contentsOf(out);
    const server = await serve(chainOf(25));
    const refusal = await refusalOf(() => record({ endpoints: [server.url], netuids: [NETUID], out, follow }));
    expect(refusal).toMatchObject({
      code: "TEN-CHAIN-007",
      place: { path: server.url },
      found: "final up to block 25",
      allowed: `final up to block ${BLOCKS} or later, where the recording ends`,
    });
    // It was asked once for the block that the recording ends with: nothing was tried again.
    expect(server.requests.chain_getBlockHash).toBeLessThan(8);
    expect(await contentsOf(out)).toEqual(before);
  });

  test("is left for one that is not", async () => {
    const out = await recorded();
    const [behind, ahead] = [await serve(chainOf(25)), await serve(chainOf(BLOCKS + 20))];
    const troubles: string[] = [];
    const onTrouble = (words: string) => troubles.push(words);
    const options = { endpoints: [behind.url, ahead.url], netuids: [NETUID], out, follow: true, onTrouble };
    const stop = new AbortController();
    const { manifest } = await record({
      ...options,
      signal: stop.signal,
      onProgress: ({ block }) => {
        if (block === BLOCKS + 20) stop.abort();
      },
    });
    expect(manifest?.chain?.to_block).toBe(BLOCKS + 20);
    expect(troubles).toEqual([`${behind.url} is behind the recording: final up to block 25 of ${BLOCKS}`]);
  });

  test("is told with the height of the one that got furthest, where all are", async () => {
    const out = await recorded();
    const urls = [(await serve(chainOf(25))).url, (await serve(chainOf(40))).url, (await serve(chainOf(30))).url];
    const refusal = await refusalOf(() => record({ endpoints: urls, netuids: [NETUID], out }));
    expect(refusal).toMatchObject({ code: "TEN-CHAIN-007", place: { path: urls.join(", ") }, found: "final up to block 40" });
  });
});
