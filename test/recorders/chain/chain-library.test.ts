import { xxhashAsHex } from "@polkadot/util-crypto";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ChainClient } from "../../../recorders/chain/rpc/chain-client.js";
import { ChainLibrary } from "../../../recorders/chain/runtime/chain-library.js";
import { requireKnownKeys } from "../../../recorders/chain/runtime/known-maps.js";
import { Runtime } from "../../../recorders/chain/runtime/runtime.js";
import { Runtimes } from "../../../recorders/chain/runtime/runtimes.js";
import { type ChainServer, everyShapeHistory, type Faults, startChainServer, type TestChain } from "../../chain/index.js";
import { refusalOf } from "../temporary-folder.js";
import { REAL_SPECS, realMetadata } from "./real-metadata.js";
import { PATIENCE, useChains } from "./recorded.js";

const { serve, record } = useChains();
const chain: TestChain = everyShapeHistory();

/** Whatever is written to the console during a test. */
let written: unknown[][];
beforeEach(() => {
  written = [];
  for (const method of ["debug", "error", "info", "log", "warn"] as const) {
    vi.spyOn(console, method).mockImplementation((...values) => void written.push(values));
  }
});
afterEach(() => {
  vi.restoreAllMocks();
  expect(written).toEqual([]);
});

async function libraryOf(server: ChainServer, patience = {}): Promise<{ client: ChainClient; library: ChainLibrary }> {
  const signal = new AbortController().signal;
  const client = new ChainClient({ endpoints: [server.url], concurrency: 8, patience: { ...PATIENCE, ...patience }, signal });
  await client.connect();
  return { client, library: new ChainLibrary(client) };
}

describe("the chain library", () => {
  test("knows the runtime of every block: the one that its parent's state holds, each asked for once", async () => {
    const server = await serve(chain);
    const { client, library } = await libraryOf(server);
    const met: number[] = [];
    for (let block = 0; block <= chain.best; block += 7) {
      const { specVersion } = await library.runtimeOf(chain.hash(block) as string);
      expect(specVersion).toBe(chain.spec(Math.max(0, block - 1)));
      if (met.at(-1) !== specVersion) met.push(specVersion);
    }
    expect(met).toEqual([210, 240, 260, 273, 346, 393, 424]);
    // The head's runtime comes with each opening; the library is opened anew after every fourth runtime.
    expect(server.requests.state_getMetadata).toBeLessThanOrEqual(met.length + 3);
    await library.close();
    client.close();
  });

  test("has the metadata of the runtime, and decodes by it", async () => {
    const { client, library } = await libraryOf(await serve(chain));
    const { metadata, registry } = await library.runtimeOf(chain.hash(10) as string);
    expect(metadata.asLatest.pallets.map(({ name }) => name.toString())).toContain("SubtensorModule");
    const events = chain.storage(xxhashAsHex("System", 128) + xxhashAsHex("Events", 128).slice(2), 10) as string;
    expect(registry.createType("Vec<EventRecord>", events).toHex()).toBe(events);
    client.close();
  });

  test("is asked nothing for the runtimes that are known", async () => {
    const server = await serve(chain);
    const { client, library } = await libraryOf(server);
    const runtimes = new Runtimes(library);
    const [first, second] = [10, 11].map((block) => runtimes.of(chain.spec(block), block, chain.hash(block) as string));
    expect(await first).toBe(await second);
    const { requests } = client;
    await runtimes.of(chain.spec(10), 12, chain.hash(12) as string);
    expect(client.requests).toBe(requests);
    client.close();
  });

  test("asks a few requests to begin with", async () => {
    const { client, library } = await libraryOf(await serve(chain));
    const before = client.requests;
    expect(await library.chainName()).toBe("Bittensor");
    expect(client.requests - before).toBeLessThanOrEqual(9);
    client.close();
  });
});

/** A node that knows nothing but one runtime of the real chain. */
function nodeOf(spec: number, withMetadataApi: boolean): ChainClient {
  const hash = (byte: string) => `0x${byte.repeat(32)}`;
  const answers: Readonly<Record<string, unknown>> = {
    chain_getBlockHash: hash("01"),
    chain_getHeader: { parentHash: hash("02"), number: "0x7", stateRoot: hash("03"), extrinsicsRoot: hash("04"), digest: { logs: [] } },
    state_getRuntimeVersion: {
      specName: "node-subtensor",
      implName: "node-subtensor",
      authoringVersion: 1,
      specVersion: spec,
      implVersion: 1,
      apis: withMetadataApi ? [["0x37e397fc7c91f5e4", 2]] : [["0x37e397fc7c91f5e4", 1]],
      transactionVersion: 1,
      stateVersion: 1,
    },
    state_getMetadata: realMetadata(spec),
    system_chain: "Bittensor",
    system_properties: { ss58Format: 42, tokenDecimals: 9, tokenSymbol: "TAO" },
    rpc_methods: { methods: ["author_submitExtrinsic", "delegateInfo_getDelegates", "state_getMetadata"] },
  };
  const call = (method: string) =>
    method in answers ? Promise.resolve(answers[method]) : Promise.reject(new Error(`asked for ${method}`));
  return { call, endpoint: "ws://real" } as unknown as ChainClient;
}

describe.skipIf(realMetadata(REAL_SPECS[0]) === undefined)("the chain library on metadata of the real chain", () => {
  test.each(REAL_SPECS.flatMap((spec) => [[spec, true] as const, [spec, false] as const]))(
    "of spec %i knows the runtime (metadata by version: %s)",
    async (spec, withMetadataApi) => {
      const library = new ChainLibrary(nodeOf(spec, withMetadataApi));
      const found = await library.runtimeOf(`0x${"05".repeat(32)}`);
      expect(found.specVersion).toBe(spec);
      expect(() => requireKnownKeys(new Runtime(spec, found.metadata, 1))).not.toThrow();
    },
  );
});

test.each(["0x", "0x00", "0x6d6574610d", "nonsense", 7, null])(
  "metadata that is %j is refused, and the library does not see it",
  async (metadata) => {
    const node = nodeOf(REAL_SPECS[0], true);
    const call = (method: string) => (method === "state_getMetadata" ? Promise.resolve(metadata) : node.call(method, []));
    const library = new ChainLibrary({ call, endpoint: "ws://odd" } as unknown as ChainClient);
    const refusal = await refusalOf(() => library.chainName());
    expect(["TEN-CHAIN-006", "TEN-CHAIN-011"]).toContain(refusal.code);
  },
);

describe("a failure behind the library is told by the recorder, once, and the library writes nothing of it:", () => {
  test.each([
    ["system_chain", "TEN-CHAIN-003"],
    ["rpc_methods", "TEN-CHAIN-003"],
    ["state_getMetadata", "TEN-CHAIN-003"],
    ["state_getRuntimeVersion", "TEN-CHAIN-003"],
    ["chain_getHeader", "TEN-CHAIN-003"],
  ])("%s is refused", async (failMethod, code) => {
    const server = await serve(chain, { failMethod });
    const refusal = await refusalOf(() => record({ endpoints: [server.url] }));
    expect(refusal).toMatchObject({ code, place: { path: server.url } });
    expect(refusal.message).toContain(failMethod);
  });

  test.each<[string, Faults]>([
    ["answers are cut off", { truncateEvery: 7 }],
    ["connections break", { dropEvery: 7 }],
    ["requests are refused", { refuseEvery: 3 }],
    ["requests are never answered", { hangEvery: 7 }],
  ])("%s, and asked for again", async (_, faults) => {
    const server = await serve(chain);
    const { client, library } = await libraryOf(server, { requestTimeoutMs: 90 });
    Object.assign(server.faults, faults);
    expect((await library.runtimeOf(chain.hash(100) as string)).specVersion).toBe(chain.spec(99));
    client.close();
  });

  test("the node is gone; and the library works again when it is back", async () => {
    const server = await startChainServer(chain);
    const { client, library } = await libraryOf(server, { attempts: 2 });
    expect(await library.chainName()).toBe("Bittensor");
    server.faults.refuseConnections = true;
    server.disconnect();
    expect((await refusalOf(() => library.runtimeOf(chain.hash(200) as string))).code).toBe("TEN-CHAIN-002");
    server.faults.refuseConnections = false;
    expect((await library.runtimeOf(chain.hash(200) as string)).specVersion).toBe(chain.spec(199));
    client.close();
    await server.close();
  });

  test("a block that the node does not know", async () => {
    const { client, library } = await libraryOf(await serve(chain), { attempts: 2 });
    const refusal = await refusalOf(() => library.runtimeOf(`0x${"12".repeat(32)}`));
    expect(refusal.code).toBe("TEN-CHAIN-006");
    client.close();
  });
});
