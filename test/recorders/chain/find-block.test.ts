import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { TenureError } from "../../../engine/index.js";
import { firstBlock, lastBlock } from "../../../recorders/chain/blocks/find-block.js";
import { ChainClient } from "../../../recorders/chain/rpc/chain-client.js";
import { type Bound, parseBound } from "../../../recorders/index.js";
import { type ChainServer, startChainServer, TestChain } from "../../chain/index.js";
import { refusalOf } from "../temporary-folder.js";
import { PATIENCE } from "./recorded.js";

const BEST = 60;
const FINALIZED = 50;
const GENESIS_MS = Date.UTC(2025, 9, 1);

let chain: TestChain;
let server: ChainServer;
let client: ChainClient;
const ending = new AbortController();

beforeEach(async () => {
  chain = new TestChain({ genesisMs: GENESIS_MS, firstSpec: 346, tempo: 20, seedName: "find" });
  while (chain.best < BEST) chain.block();
  chain.finalized = FINALIZED;
  server = await startChainServer(chain);
  client = new ChainClient({ endpoints: [server.url], concurrency: 4, patience: PATIENCE, signal: ending.signal });
  await client.connect();
});

afterEach(async () => {
  client.close();
  await server.close();
});

const time = (timeMs: number): { readonly timeMs: number } => ({ timeMs });
const read = (words: string, option: "--from" | "--to"): Bound =>
  option === "--to" ? parseBound(words, option) : parseBound(words, option);
const text = (date: number): string => new Date(date).toISOString();

describe("the first block of a range", () => {
  test("is the one with its time, for any time after the block before", async () => {
    for (let block = 1; block <= FINALIZED; block++) {
      for (const timeMs of [chain.timeMs(block), chain.timeMs(block) - 1, chain.timeMs(block - 1) + 1]) {
        expect(await firstBlock(client, time(timeMs))).toBe(block);
      }
    }
  });

  test("is block 1 for all times before it, since the first block has none", async () => {
    for (const timeMs of [0, 1, GENESIS_MS - 1, GENESIS_MS]) expect(await firstBlock(client, time(timeMs))).toBe(1);
  });

  test("may be any block up to the finalised head, and no other", async () => {
    for (const block of [0, 1, FINALIZED]) expect(await firstBlock(client, { block })).toBe(block);
    const refusals = await Promise.all([
      refusalOf(() => firstBlock(client, { block: FINALIZED + 1 })),
      refusalOf(() => firstBlock(client, time(chain.timeMs(FINALIZED) + 1))),
      refusalOf(() => firstBlock(client, time(Date.UTC(2030, 0, 1)))),
    ]);
    for (const refusal of refusals) {
      expect(refusal).toMatchObject({ code: "TEN-CHAIN-021", place: { path: "--from" } });
      expect(refusal.message).toContain(`up to block ${FINALIZED}`);
    }
  });
});

describe("the last block of a range", () => {
  test("is the one with its time, for any time before the next block", async () => {
    for (let block = 1; block < FINALIZED; block++) {
      for (const timeMs of [chain.timeMs(block), chain.timeMs(block) + 1, chain.timeMs(block + 1) - 1]) {
        expect(await lastBlock(client, time(timeMs))).toBe(block);
      }
    }
  });

  test("is the finalised head for `head`, for its number and for its very time", async () => {
    const bounds: Bound[] = ["head", { block: FINALIZED }, time(chain.timeMs(FINALIZED))];
    for (const bound of bounds) expect(await lastBlock(client, bound)).toBe(FINALIZED);
  });

  test("is block 0 for times before the chain", async () => {
    for (const timeMs of [0, GENESIS_MS - 1]) expect(await lastBlock(client, time(timeMs))).toBe(0);
  });

  test("is not beyond the finalised head, though there are blocks", async () => {
    for (const bound of [{ block: FINALIZED + 1 }, { block: BEST }, time(chain.timeMs(FINALIZED) + 1), time(chain.timeMs(BEST))]) {
      const refusal = await refusalOf(() => lastBlock(client, bound));
      expect(refusal).toMatchObject({ code: "TEN-CHAIN-021", place: { path: "--to" } });
    }
  });

  test("moves on with the head", async () => {
    server.finalize(BEST);
    await client.waitForFinalized(BEST);
    expect([await lastBlock(client, "head"), await lastBlock(client, { block: BEST })]).toEqual([BEST, BEST]);
  });
});

describe("on a node without old state", () => {
  test("times before the state count as earlier than any that is asked for", async () => {
    server.faults.prunedBelow = 20;
    expect(await firstBlock(client, time(chain.timeMs(30)))).toBe(30);
    expect(await lastBlock(client, time(chain.timeMs(30)))).toBe(30);
    expect(await firstBlock(client, time(chain.timeMs(5)))).toBe(20);
  });
});

describe("a bound", () => {
  test.each<[string, "--from" | "--to", Bound]>([
    ["head", "--to", "head"],
    ["0", "--from", { block: 0 }],
    ["007", "--to", { block: 7 }],
    ["2025", "--from", { block: 2025 }],
    ["9007199254740991", "--from", { block: 9_007_199_254_740_991 }],
    ["2025-10-01", "--from", { timeMs: GENESIS_MS }],
    ["2025-10-01T12:00:00Z", "--to", { timeMs: GENESIS_MS + 43_200_000 }],
  ])("%s is read for %s", (words, option, bound) => {
    expect(read(words, option)).toEqual(bound);
  });

  test.each<[string, "--from" | "--to"]>([
    ["head", "--from"],
    ["", "--to"],
    ["-1", "--from"],
    ["1.5", "--from"],
    ["1e3", "--to"],
    ["0x10", "--to"],
    ["9007199254740992", "--to"],
    ["2025-13-01", "--from"],
    ["2025-02-30", "--from"],
    ["yesterday", "--to"],
    ["2025-10-01 12:00", "--to"],
  ])("%s is refused for %s", (words, option) => {
    let refusal: unknown;
    try {
      read(words, option);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(TenureError);
    expect(refusal).toMatchObject({ code: "TEN-CHAIN-020", place: { path: option } });
    expect((refusal as TenureError).message.includes("head.")).toBe(option === "--to");
  });

  test("that is a date is found on the chain by what it says", async () => {
    expect(await firstBlock(client, parseBound(text(chain.timeMs(17)), "--from"))).toBe(17);
  });
});
