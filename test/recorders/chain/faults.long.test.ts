import { beforeAll, describe, expect, test } from "vitest";
import type { RecordChainOptions } from "../../../recorders/index.js";
import type { ChainServer, Faults, TestChain } from "../../chain/index.js";
import { contentsOf, refusalOf } from "../temporary-folder.js";
import { randomChain, SUBNETS } from "./random-chain.js";
import { PATIENCE, readRecorded, useChains } from "./recorded.js";
import { TestClock } from "./test-clock.js";

const BLOCKS = 45;
const { serve, newFolder, record } = useChains();

let chain: TestChain;
/** Every file of a recording that nothing went wrong with, by its digest. */
let whole: Record<string, string>;

beforeAll(async () => {
  chain = randomChain({ seed: 3, blocks: BLOCKS, specs: [346, 393, 424] });
});

const netuids = SUBNETS.slice(0, 3);

async function recordWhole(): Promise<Record<string, string>> {
  const { url } = await serve(chain);
  return contentsOf((await record({ endpoints: [url], netuids })).folder);
}

/** A time in which a request that a node leaves unanswered has waited long enough as soon as the node has got it. */
function impatientWith(server: ChainServer): TestClock {
  const clock = new TestClock();
  server.faults.onHang = () => clock.pass(PATIENCE.requestTimeoutMs);
  return clock;
}

describe("a recording is the same to the byte", () => {
  test("whenever it is made", async () => {
    whole = await recordWhole();
    expect(Object.keys(whole)).toContain("manifest.json");
    expect(Object.keys(whole).length).toBeGreaterThan(10);
    expect(await recordWhole()).toEqual(whole);
  });

  test.each<[string, Faults, number]>([
    ["connections break", { dropEvery: 17 }, 8],
    ["connections break after one or two answers", { dropEvery: 5 }, 1],
    ["requests are never answered", { hangEvery: 50 }, 8],
    ["requests are never answered, one at a time", { hangEvery: 50 }, 1],
    ["requests are refused", { refuseEvery: 3 }, 8],
    ["answers are cut off", { truncateEvery: 13 }, 8],
    ["answers come late", { delayMs: 4 }, 8],
    ["all of it happens at once", { dropEvery: 31, hangEvery: 47, refuseEvery: 11, truncateEvery: 23, delayMs: 1 }, 6],
  ])("when %s", async (_, faults, concurrency) => {
    const server = await serve(chain, faults);
    const clock = impatientWith(server);
    const { folder, interrupted, blocks } = await record({ endpoints: [server.url], netuids, concurrency, clock });
    expect([interrupted, blocks]).toEqual([false, BLOCKS]);
    expect(await contentsOf(folder)).toEqual(whole);
  });

  test("with any number of requests at a time", async () => {
    const { url } = await serve(chain);
    for (const concurrency of [1, 64]) {
      expect(await contentsOf((await record({ endpoints: [url], netuids, concurrency })).folder)).toEqual(whole);
    }
  });

  test.each(["close", "refuse", "hang"] as const)("when the first of two nodes dies in the middle (%s)", async (way) => {
    const [first, second] = [await serve(chain), await serve(chain)];
    const troubles: string[] = [];
    let dying: Promise<void> | undefined;
    const kill = async () => {
      if (way === "refuse") first.faults.refuseConnections = true;
      if (way === "hang") first.faults.hangEvery = 1;
      else first.disconnect();
      if (way === "close") await first.close();
    };
    const { folder } = await record({
      endpoints: [first.url, second.url],
      netuids,
      clock: impatientWith(first),
      onProgress: ({ block }) => {
        if (block === 20) dying ??= kill();
      },
      onTrouble: (words) => troubles.push(words),
    });
    await dying;
    expect(await contentsOf(folder)).toEqual(whole);
    expect(troubles.some((words) => words.includes(first.url))).toBe(true);
    expect(second.requests.state_queryStorageAt).toBeGreaterThan(20);
  });

  test("when the first node is not there at all, or comes back", async () => {
    const [gone, there] = [await serve(chain), await serve(chain)];
    await gone.close();
    expect(await contentsOf((await record({ endpoints: [gone.url, there.url], netuids })).folder)).toEqual(whole);
    const flaky = await serve(chain);
    const { folder } = await record({
      endpoints: [flaky.url],
      netuids,
      onProgress: ({ block }) => {
        if (block !== 30) return;
        let refused = 0;
        flaky.faults.onRefused = () => {
          if (++refused === 5) flaky.faults.refuseConnections = false;
        };
        flaky.faults.refuseConnections = true;
        flaky.disconnect();
      },
    });
    expect(await contentsOf(folder)).toEqual(whole);
  });
});

describe("a node that stays away", () => {
  test("in the middle is given up, and the whole chunks stay", async () => {
    const server = await serve(chain);
    const out = await newFolder();
    const patience = { ...PATIENCE, attempts: 3 };
    const refusal = await refusalOf(() =>
      record({
        endpoints: [server.url],
        netuids,
        out,
        patience,
        onProgress: ({ block }) => {
          if (block !== 40) return;
          server.faults.refuseConnections = true;
          server.disconnect();
        },
      }),
    );
    expect(refusal).toMatchObject({ code: "TEN-CHAIN-002", place: { path: server.url } });
    const { manifest } = await readRecorded(out);
    expect(manifest.chain?.to_block).toBe(36);
    server.faults.refuseConnections = false;
    await record({ endpoints: [server.url], netuids, out });
    expect(await contentsOf(out)).toEqual(whole);
  });

  test("after every few answers is stayed with, as long as it answers at all", async () => {
    const server = await serve(chain, { dropEvery: 12 });
    const { folder } = await record({ endpoints: [server.url], netuids, concurrency: 8, patience: { ...PATIENCE, attempts: 3 } });
    expect(await contentsOf(folder)).toEqual(whole);
  });

  test.each([
    [10, undefined],
    [40, 36],
  ])("at block %i and leaves one of another chain is not made up for by that one", async (dies, kept) => {
    const [first, second] = [await serve(chain), await serve(randomChain({ seed: 4, blocks: BLOCKS, specs: [346] }))];
    const out = await newFolder();
    const onProgress: RecordChainOptions["onProgress"] = ({ block }) => {
      if (block === dies) void first.close();
    };
    const refusal = await refusalOf(() => record({ endpoints: [first.url, second.url], netuids, out, onProgress }));
    expect(refusal).toMatchObject({ code: "TEN-CHAIN-004", place: { path: second.url } });
    expect(refusal.message).toContain(kept === undefined ? "another chain" : "another");
    const there = await readRecorded(out).catch(() => undefined);
    expect(there?.manifest.chain?.to_block).toBe(kept);
    const { url } = await serve(chain);
    await record({ endpoints: [url, second.url], netuids, out });
    expect(await contentsOf(out)).toEqual(whole);
  });

  test("that refuses what is needed is named with the method", async () => {
    const server = await serve(chain, { failMethod: "state_getKeysPaged" });
    const refusal = await refusalOf(() => record({ endpoints: [server.url], netuids }));
    expect(refusal).toMatchObject({ code: "TEN-CHAIN-003", place: { path: server.url } });
    expect(refusal.message).toContain("state_getKeysPaged");
  });
});
