import { once } from "node:events";
import { afterEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { BareClient } from "../../chain/check/bare-client.js";
import {
  account,
  type ChainServer,
  type ChainServerOptions,
  localHistory,
  runtimeOf,
  SYSTEM_EVENTS,
  startChainServer,
  storageKey,
  storagePrefix,
  TestChain,
  TIMESTAMP_NOW,
} from "../../chain/index.js";

const ALPHA = 1_000_000_000n;
const HEADER_NOT_FOUND = { code: 4003, message: "Client error: UnknownBlock: Header was not found in the database" };
const NOWHERE = `0x${"ab".repeat(32)}`;
const [CK, HK] = [account("coldkey"), account("hotkey")];

const clients: BareClient[] = [];
const servers: ChainServer[] = [];

afterEach(async () => {
  for (const { socket } of clients.splice(0)) socket.terminate();
  for (const server of servers.splice(0)) await server.close();
});

/** Four blocks: a subnet with a neuron, an addition, an upgrade from 346 to 424, an empty one. */
function smallChain(): TestChain {
  const chain = new TestChain({ genesisMs: 1_700_000_000_000, firstSpec: 346, tempo: 20, seedName: "server" });
  chain.block((b) => {
    b.network(30, { owner: CK, ownerHotkey: account("owner-hotkey") });
    b.price(30, { taoRao: 3n * ALPHA, alphaInRao: 12n * ALPHA, v3: true });
    b.extrinsic(CK, (x) => x.register(30, HK, CK));
  });
  chain.block((b) => b.extrinsic(CK, (x) => x.stakeAdded(CK, HK, 30, 5n * ALPHA)));
  chain.block((b) => b.upgrade(424));
  chain.block();
  return chain;
}

async function open(url: string): Promise<BareClient> {
  const client = await BareClient.open(url);
  clients.push(client);
  return client;
}

async function serve(chain: TestChain, options?: ChainServerOptions): Promise<ChainServer> {
  const server = await startChainServer(chain, options);
  servers.push(server);
  return server;
}

async function start(options?: ChainServerOptions): Promise<{ chain: TestChain; server: ChainServer; client: BareClient }> {
  const chain = smallChain();
  const server = await serve(chain, options);
  return { chain, server, client: await open(server.url) };
}

describe("methods", () => {
  test("about the node", async () => {
    const { client, server } = await start();
    expect(await client.result("system_chain")).toBe("Bittensor");
    expect(await client.result("system_properties")).toEqual({ ss58Format: 42, tokenDecimals: 9, tokenSymbol: "TAO" });
    const { methods } = (await client.result("rpc_methods")) as { methods: string[] };
    expect(methods).toContain("state_queryStorageAt");
    expect(methods).toContain("chain_subscribeFinalizedHeads");
    expect((await client.call("system_dance")).error).toEqual({ code: -32601, message: "Method not found" });
    expect(server.requests).toEqual({ system_chain: 1, system_properties: 1, rpc_methods: 1, system_dance: 1 });
  });

  test("about blocks", async () => {
    const { chain, client } = await start();
    chain.finalized = 3;
    const hashes = [0, 1, 2, 3, 4].map((number) => chain.hash(number));
    expect(await client.result("chain_getBlockHash")).toBe(hashes[4]);
    expect(await client.result("chain_getBlockHash", 2)).toBe(hashes[2]);
    expect(await client.result("chain_getBlockHash", "0x3")).toBe(hashes[3]);
    expect(await client.result("chain_getBlockHash", [0, 9, 1])).toEqual([hashes[0], null, hashes[1]]);
    expect(await client.result("chain_getFinalizedHead")).toBe(hashes[3]);
    expect(await client.result("chain_getHeader", hashes[2])).toMatchObject({ number: "0x2", parentHash: hashes[1] });
    expect(await client.result("chain_getHeader")).toMatchObject({ number: "0x4" });
    expect(await client.result("chain_getHeader", NOWHERE)).toBeNull();
    expect((await client.call("chain_getBlockHash", "second")).error?.code).toBe(-32602);
  });

  test("about runtimes, by the code in the state of the block", async () => {
    const { chain, client } = await start();
    const versionAt = async (number: number): Promise<unknown> => client.result("state_getRuntimeVersion", chain.hash(number));
    expect(await versionAt(2)).toMatchObject({ specName: "node-subtensor", specVersion: 346 });
    expect(await versionAt(3)).toMatchObject({ specVersion: 424 });
    expect(await client.result("state_getMetadata", chain.hash(2))).toBe(runtimeOf(346).metadata);
    expect(await client.result("state_getMetadata")).toBe(runtimeOf(424).metadata);
  });

  test("about storage, at any block", async () => {
    const { chain, client } = await start();
    const key = storageKey.totalHotkeyAlpha(30, HK);
    expect(await client.result("state_getStorage", key)).toBe("0x00f2052a01000000");
    expect(await client.result("state_getStorage", key, chain.hash(1))).toBeNull();
    expect((await client.call("state_getStorage", key, NOWHERE)).error).toEqual(HEADER_NOT_FOUND);
    const [answer] = (await client.result("state_queryStorageAt", [TIMESTAMP_NOW, key], chain.hash(1))) as unknown[];
    expect(answer).toEqual({
      block: chain.hash(1),
      changes: [
        [TIMESTAMP_NOW, chain.storage(TIMESTAMP_NOW, 1)],
        [key, null],
      ],
    });
    const prefix = storagePrefix("SubtensorModule", "Owner");
    const keys = (await client.result("state_getKeysPaged", prefix, 1000, null, chain.hash(4))) as string[];
    expect(keys).toEqual([storageKey.owner(HK), storageKey.owner(account("owner-hotkey"))].sort());
    expect(await client.result("state_getKeysPaged", prefix, 1)).toEqual(keys.slice(0, 1));
    expect(await client.result("state_getKeysPaged", prefix, 1, keys[0])).toEqual(keys.slice(1));
    expect(await client.result("state_getKeysPaged", prefix, 10, null, chain.hash(0))).toEqual([]);
    expect((await client.call("state_getKeysPaged", prefix, 1001)).error?.message).toContain("exceeds maximum");
  });

  test("calls the price of a subnet", async () => {
    const { chain, client } = await start();
    const quarter = "0x80b2e60e00000000";
    expect(await client.result("state_call", "SwapRuntimeApi_current_alpha_price", "0x1e00", chain.hash(1))).toBe(quarter);
    expect(await client.result("state_call", "SwapRuntimeApi_current_alpha_price", "0x1e00")).toBe(quarter);
    expect(await client.result("state_call", "SwapRuntimeApi_current_alpha_price", "0x0000")).toBe("0x00ca9a3b00000000");
    expect((await client.call("state_call", "SwapRuntimeApi_dance", "0x")).error?.message).toContain("is not found");
  });

  test("in batches, which may be malformed", async () => {
    const { client } = await start();
    const request = (id: number, method: string) => ({ jsonrpc: "2.0", id, method, params: [] });
    client.socket.send(JSON.stringify([request(7, "system_chain"), request(8, "nothing")]));
    expect(JSON.parse(await client.next())).toEqual([
      { jsonrpc: "2.0", id: 7, result: "Bittensor" },
      { jsonrpc: "2.0", id: 8, error: { code: -32601, message: "Method not found" } },
    ]);
    client.socket.send("{");
    expect(JSON.parse(await client.next())).toMatchObject({ id: null, error: { code: -32700 } });
  });
});

describe("subscriptions", () => {
  test("tell the finalised head at once and as it advances, until they end", async () => {
    const { chain, server, client } = await start();
    chain.finalized = 1;
    const subscription = await client.result("chain_subscribeFinalizedHeads");
    const notice = async (): Promise<unknown> => JSON.parse(await client.next());
    const expected = (number: string) => ({
      jsonrpc: "2.0",
      method: "chain_finalizedHead",
      params: { subscription, result: { number } },
    });
    expect(await notice()).toMatchObject(expected("0x1"));
    server.finalize(3);
    expect(await notice()).toMatchObject(expected("0x3"));
    expect(await client.result("chain_unsubscribeFinalizedHeads", subscription)).toBe(true);
    server.finalize(4);
    expect(await client.result("system_chain")).toBe("Bittensor");
    expect(await client.result("chain_unsubscribeFinalizedHeads", subscription)).toBe(false);
  });

  test("tell the runtime's version", async () => {
    const { client } = await start();
    const subscription = await client.result("state_subscribeRuntimeVersion");
    expect(JSON.parse(await client.next())).toMatchObject({
      method: "state_runtimeVersion",
      params: { subscription, result: { specVersion: 424 } },
    });
    expect(await client.result("state_unsubscribeRuntimeVersion", subscription)).toBe(true);
  });
});

describe("faults", () => {
  test("drop every third request's connection", async () => {
    const { client, server } = await start({ faults: { dropEvery: 3 } });
    await client.result("system_chain");
    await client.result("system_chain");
    client.send("system_chain");
    await once(client.socket, "close");
    const again = await open(server.url);
    expect(await again.result("system_chain")).toBe("Bittensor");
    expect(server.requests.system_chain).toBe(4);
  });

  test("never answer every second request", async () => {
    const { client, server } = await start({ faults: { hangEvery: 2 } });
    await client.result("system_chain");
    client.send("chain_getBlockHash");
    expect(await client.call("system_chain")).toMatchObject({ id: 3 });
    expect(server.requests.chain_getBlockHash).toBe(1);
  });

  test("refuse, truncate and delay", async () => {
    const { client, server } = await start();
    server.faults.refuseEvery = 1;
    expect((await client.call("system_chain")).error).toEqual({ code: -32029, message: "Too Many Requests" });
    server.faults.refuseEvery = 0;
    server.faults.truncateEvery = 1;
    client.send("system_chain");
    expect(await client.next()).toBe('{"jsonrpc":"2.0","id":');
    server.faults.truncateEvery = 0;
    // Whoever asks after it is answered before it.
    server.faults.onRequest = (method) => {
      server.faults.delayMs = method === "system_properties" ? 3_600_000 : 0;
    };
    client.send("system_properties");
    client.send("system_chain");
    expect(await client.next()).toContain('"result":"Bittensor"');
  });

  test("have no state below a block, but its header", async () => {
    const { chain, client } = await start({ faults: { prunedBelow: 3 } });
    const { error } = await client.call("state_queryStorageAt", [SYSTEM_EVENTS], chain.hash(2));
    const message = `Client error: Api called for an unknown Block: State already discarded for ${chain.hash(2)}`;
    expect(error).toEqual({ code: 4003, message });
    expect(await client.result("state_getStorage", SYSTEM_EVENTS, chain.hash(3))).toBe(chain.storage(SYSTEM_EVENTS, 3));
    expect(await client.result("chain_getHeader", chain.hash(2))).toMatchObject({ number: "0x2" });
  });

  test("fail one method", async () => {
    const { client } = await start({ faults: { failMethod: "system_properties" } });
    expect((await client.call("system_properties")).error?.code).toBe(-32603);
    expect(await client.result("system_chain")).toBe("Bittensor");
  });

  test("refuse connections, or leave them without a handshake", async () => {
    const { server } = await start();
    server.faults.refuseConnections = true;
    const refused = new WebSocket(server.url);
    const [error] = (await once(refused, "error")) as [Error];
    expect(error.message).toMatch(/hang up|ECONNRESET/);
    server.faults.refuseConnections = false;
    server.faults.unavailable = true;
    const [timeout] = (await once(new WebSocket(server.url, { handshakeTimeout: 100 }), "error")) as [Error];
    expect(timeout.message).toContain("handshake has timed out");
    server.faults.unavailable = false;
    expect(await (await open(server.url)).result("system_chain")).toBe("Bittensor");
  });

  test("cut all the connections there are", async () => {
    const { client, server } = await start();
    server.disconnect();
    await once(client.socket, "close");
    expect(await (await open(server.url)).result("system_chain")).toBe("Bittensor");
  });
});

test("serves two thousand blocks that are asked for at once, in their order", async () => {
  const chain = localHistory({ blocks: 2000 });
  const client = await open((await serve(chain)).url);
  const numbers = Array.from({ length: 2000 }, (_, index) => index + 1);
  const hashes = (await client.result("chain_getBlockHash", numbers)) as string[];
  for (const hash of hashes) client.send("state_queryStorageAt", [SYSTEM_EVENTS, TIMESTAMP_NOW], hash);
  for (const hash of hashes) expect(await client.next()).toContain(hash);
});
