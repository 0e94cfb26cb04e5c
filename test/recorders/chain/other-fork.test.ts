import { expect, test } from "vitest";
import { checkRecording } from "../../../recorders/index.js";
import type { TestChain } from "../../chain/index.js";
import { refusalOf } from "../temporary-folder.js";
import { PATIENCE, useChains } from "./recorded.js";
import { ALPHA, live, NETUID, smallSubnet, VALIDATOR, VALIDATOR_OWNER } from "./small-subnet.js";
import { TestClock } from "./test-clock.js";

const { serve, newFolder, record } = useChains();
const NAME = "other-fork";

/** The same chain up to block 5, and another one after it. */
function fork(): TestChain {
  const chain = live(smallSubnet(NAME), 300);
  chain.finalized = 5;
  chain.reorg(chain.best - 5, (b) => {
    if (b.number === 60) b.extrinsic(VALIDATOR_OWNER, (x) => x.stakeAdded(VALIDATOR_OWNER, VALIDATOR, NETUID, 777n * ALPHA));
  });
  chain.finalized = chain.best;
  return chain;
}

test("a second node that is on another fork is never recorded from, and what the first one gave is kept", async () => {
  const chain = live(smallSubnet(NAME), 300);
  const other = fork();
  expect([other.hash(5) === chain.hash(5), other.hash(50) === chain.hash(50)]).toEqual([true, false]);
  chain.finalized = 95;
  const [first, second] = [await serve(chain), await serve(other)];
  const out = await newFolder();
  const troubles: string[] = [];
  const refusal = await refusalOf(() =>
    record({
      endpoints: [first.url, second.url],
      onTrouble: (words) => troubles.push(words),
      netuids: [NETUID],
      out,
      follow: true,
      chunkBlocks: 40,
      onProgress: ({ block }) => {
        if (block === 95) void first.close();
      },
    }),
  );
  expect(refusal).toMatchObject({ code: "TEN-CHAIN-004", place: { path: second.url, block: 95 } });
  // Closing the chunk fails by the same: it is told once, as what ended the recording.
  expect(troubles.filter((words) => words.includes("fork"))).toEqual([]);
  expect(await checkRecording(out)).toMatchObject({ ok: true, chain: { to_block: 79 } });
});

test("a node that names no final block for long is left for the next one", async () => {
  const [silent, alive] = [live(smallSubnet(NAME), 100), live(smallSubnet(NAME), 100)];
  silent.finalized = 50;
  const [first, second] = [await serve(silent), await serve(alive)];
  const troubles: string[] = [];
  const stop = new AbortController();
  const clock = new TestClock();
  // Nothing but the silence can come to an end: what is asked is answered.
  const passing = setInterval(() => clock.pass(100), 10);
  const { manifest } = await record({
    endpoints: [first.url, second.url],
    netuids: [NETUID],
    follow: true,
    patience: { ...PATIENCE, connectTimeoutMs: 1e9, requestTimeoutMs: 1e9, silenceMs: 300 },
    clock,
    signal: stop.signal,
    onTrouble: (words) => troubles.push(words),
    onProgress: ({ block }) => {
      if (block === 100) stop.abort();
    },
  }).finally(() => clearInterval(passing));
  expect(manifest?.chain?.to_block).toBe(100);
  expect(troubles.join()).toContain(`${first.url} named no final block for 0.3 s`);
});

test("an abort does not wait for a request that is not answered", async () => {
  const server = await serve(live(smallSubnet(NAME), 100));
  const stop = new AbortController();
  const clock = new TestClock();
  const patience = { ...PATIENCE, closingMs: 300 };
  const recording = record({
    endpoints: [server.url],
    netuids: [NETUID],
    patience,
    clock,
    signal: stop.signal,
    onProgress: ({ block }) => {
      if (block === 10) {
        server.faults.hangEvery = 1;
        // What closing the chunk asks is not answered either: its time is over before that of a request.
        server.faults.onHang = () => clock.pass(patience.closingMs);
        stop.abort();
      }
    },
  });
  expect(await recording).toMatchObject({ interrupted: true });
  expect(clock.now()).toBeLessThan(patience.requestTimeoutMs);
});
