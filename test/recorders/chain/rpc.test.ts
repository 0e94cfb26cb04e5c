import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { ChainClient } from "../../../recorders/chain/rpc/chain-client.js";
import { InFlight } from "../../../recorders/chain/rpc/in-flight.js";
import { failureOf } from "../../../recorders/chain/rpc/rpc-failure.js";
import { readStorage, walkKeys } from "../../../recorders/chain/storage/read-storage.js";
import { subtensorKeys } from "../../../recorders/chain/storage/subtensor-keys.js";
import { type Account, account, ss58, storageKey, TestChain } from "../../chain/index.js";
import { refusalOf } from "../temporary-folder.js";
import { PATIENCE, useChains } from "./recorded.js";
import { TestClock } from "./test-clock.js";

const { serve, recordAll } = useChains();
const MANY = 1_050;
const OWNER = account("rpc-owner");

/** More keys than a node answers at once: many hotkeys, and one with many coldkeys. */
function crowd(): TestChain {
  const chain = new TestChain({ genesisMs: 1_700_000_000_000, firstSpec: 346, tempo: 1_000, seedName: "crowd" });
  chain.block((b) => {
    b.network(30, { owner: OWNER, ownerHotkey: OWNER });
    b.extrinsic(OWNER, (x) => {
      for (let index = 0; index < MANY; index++) {
        x.stakeAdded(account(`crowd-cold-${index}`), account(`crowd-hot-${index}`), 30, BigInt(index + 1));
        x.stakeAdded(account(`crowd-cold-${index}`), account("crowd-one"), 30, BigInt(2 * index + 1));
      }
    });
  });
  chain.block();
  return chain;
}

async function connect(url: string): Promise<ChainClient> {
  const client = new ChainClient({ endpoints: [url], concurrency: 8, patience: PATIENCE, signal: new AbortController().signal });
  await client.connect();
  return client;
}

describe("an answer of a node that is an error", () => {
  test.each<[object, string]>([
    [{ code: 4003, message: "Client error: Api called for an unknown Block: State already discarded for 0x12" }, "pruned"],
    [{ code: 4003, message: "Client error: UnknownBlock: State already discarded for 0x12" }, "pruned"],
    [{ code: -32000, message: "Unknown block", data: "state pruned" }, "pruned"],
    [{ code: 4003, message: "Client error: UnknownBlock: Header was not found in the database" }, "lost"],
    [{ code: 4003, message: "unknown block" }, "lost"],
    [{ code: -32029, message: "Too Many Requests" }, "busy"],
    [{ code: 429, message: "no" }, "busy"],
    [{ code: -32005, message: "daily request count exceeded" }, "busy"],
    [{ code: -32603, message: "rate limit exceeded" }, "busy"],
    [{ code: -32601, message: "Method not found" }, "refused"],
    [{ code: -32602, message: "Invalid params" }, "refused"],
    [{ code: -32603, message: "Internal error" }, "refused"],
    [{}, "refused"],
  ])("%j is taken for %s", (error, kind) => {
    expect(failureOf(error).kind).toBe(kind);
  });
});

describe("requests in flight", () => {
  const { signal } = new AbortController();

  test("are so many at the most, in the order they came, also when some fail", async () => {
    const inFlight = new InFlight(3);
    const began: number[] = [];
    let [running, most] = [0, 0];
    const task = (index: number) => async () => {
      began.push(index);
      most = Math.max(most, ++running);
      for (let turn = 0; turn < index % 4; turn++) await setImmediate();
      running--;
      if (index % 5 === 0) throw new Error("failed");
      return index;
    };
    const results = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => inFlight.run(task(index), signal)));
    expect([most, running]).toEqual([3, 0]);
    expect(began).toEqual(Array.from({ length: 20 }, (_, index) => index));
    expect(results.map(({ status }) => status)).toEqual(began.map((index) => (index % 5 === 0 ? "rejected" : "fulfilled")));
  });

  test("wait while the node wants to be left alone, and no longer than an abort", async () => {
    const clock = new TestClock();
    const inFlight = new InFlight(2, clock);
    inFlight.pause(60);
    await inFlight.run(() => Promise.resolve(), signal);
    expect(clock.now()).toBe(60);
    await inFlight.run(() => Promise.resolve(), signal);
    expect(clock.now()).toBe(60);
    inFlight.pause(60_000);
    const aborting = new AbortController();
    const waiting = inFlight.run(() => Promise.resolve(), aborting.signal);
    aborting.abort();
    await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("more keys than a node takes or gives at once", () => {
  test("are read in parts, in their order, and each value once", async () => {
    const chain = crowd();
    const client = await connect((await serve(chain)).url);
    const hash = chain.hash(2) as string;
    const keys = Array.from({ length: MANY }, (_, index) => subtensorKeys.ofHotkey("TotalHotkeyAlpha", account(`crowd-hot-${index}`), 30));
    const values = await readStorage(client, [...keys, subtensorKeys.now, ...keys], hash);
    const wanted = keys.map((key) => chain.storage(key, 2));
    expect(values).toEqual([...wanted, chain.storage(subtensorKeys.now, 2), ...wanted]);
    const found: string[] = [];
    await walkKeys(client, subtensorKeys.all("TotalHotkeyAlpha"), hash, (page) => found.push(...page));
    expect(found.length).toBe(MANY + 1);
    expect(new Set(found)).toEqual(new Set([...keys, storageKey.totalHotkeyAlpha(30, account("crowd-one"))]));
    client.close();
  });

  test("are found when a recording begins", async () => {
    const chain = crowd();
    const { balances } = await recordAll(chain, { netuids: [30], from: { block: 2 } });
    const opening = balances.filter(({ block }) => block === 1).map((row) => `${row.hotkey}/${row.coldkey} ${row.balance_rao}`);
    const held = chain.positions(30, 1).map(({ hotkey, coldkey, amountRao }) => `${ss58(hotkey)}/${ss58(coldkey as Account)} ${amountRao}`);
    expect(opening.length).toBe(2 * MANY);
    expect(opening.sort()).toEqual(held.sort());
  });
});

describe("a node that answers what no node answers", () => {
  test.each(["state_queryStorageAt", "state_getKeysPaged", "system_chain"])("to %s is refused, with the method", async (method) => {
    const { url } = await serve(crowd(), { failMethod: method });
    const client = await connect(url);
    expect(await refusalOf(() => client.call(method, []))).toMatchObject({ code: "TEN-CHAIN-003", place: { path: url } });
    client.close();
  });
});
