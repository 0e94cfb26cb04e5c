import { describe, expect, test } from "vitest";
import { account, TestChain } from "../../chain/index.js";
import { contentsOf, refusalOf } from "../temporary-folder.js";
import { randomChain } from "./random-chain.js";
import { PATIENCE, readRecorded, useChains } from "./recorded.js";
import { TestClock } from "./test-clock.js";

const ALPHA = 1_000_000_000n;
const [OWNER, CK, HK] = ["owner", "coldkey", "hotkey"].map(account);
const { serve, newFolder, record } = useChains();

/** A chain with one subnet and one staker. */
function smallChain(spec = 346, seedName = "small"): TestChain {
  const chain = new TestChain({ genesisMs: 1_700_000_000_000, firstSpec: spec, tempo: 20, seedName });
  chain.block((b) => {
    b.network(30, { owner: OWNER, ownerHotkey: account("owner-hotkey") });
    b.price(30, { taoRao: 3n * ALPHA, alphaInRao: 12n * ALPHA });
    b.extrinsic(CK, (x) => x.register(30, HK, CK));
  });
  for (let count = 0; count < 30; count++) stakeMore(chain);
  return chain;
}

function stakeMore(chain: TestChain): void {
  chain.block((b) => {
    if (b.epochDue(30)) b.epoch(30, [{ kind: "incentive", hk: HK, alpha: ALPHA }]);
    b.extrinsic(CK, (x) => x.stakeAdded(CK, HK, 30, ALPHA));
  });
}

describe("an endpoint that cannot be used", () => {
  test("since nobody listens is named at once", async () => {
    const server = await serve(smallChain());
    await server.close();
    const clock = new TestClock();
    const refusal = await refusalOf(() => record({ endpoints: [server.url], netuids: [30], clock }));
    expect(refusal).toMatchObject({ code: "TEN-CHAIN-001", place: { path: server.url } });
    expect(clock.now()).toBe(0);
  });

  test.each([
    ["accepts connections but never completes one", { unavailable: true }],
    ["connects but never answers", { hangEvery: 1 }],
  ])("since it %s is named when the time is over", async (_, faults) => {
    const server = await serve(smallChain(), faults);
    const clock = new TestClock();
    const patience = { ...PATIENCE, connectTimeoutMs: 400 };
    let isOver = false;
    server.faults.onHang = () => {
      clock.pass(399);
      setImmediate(() => {
        expect(isOver).toBe(false);
        clock.pass(1);
      });
    };
    const refusal = await refusalOf(() => record({ endpoints: [server.url], netuids: [30], patience, clock })).finally(() => {
      isOver = true;
    });
    expect(refusal).toMatchObject({ code: "TEN-CHAIN-001", place: { path: server.url }, allowed: expect.stringContaining("0.4 s") });
    expect(clock.now()).toBe(400);
  });

  test.each(["nonsense", "ws://", "http://127.0.0.1:1", "ws://no-such-host.invalid:9944"])("like %s is named", async (url) => {
    expect(await refusalOf(() => record({ endpoints: [url], netuids: [30] }))).toMatchObject({
      code: "TEN-CHAIN-001",
      place: { path: url },
    });
  });

  test("like all of several are named together", async () => {
    const endpoints = ["ws://127.0.0.1:1", "ws://127.0.0.1:2"];
    const refusal = await refusalOf(() => record({ endpoints, netuids: [30] }));
    expect(refusal).toMatchObject({ code: "TEN-CHAIN-001", place: { path: endpoints.join(", ") } });
  });
});

describe("a range that there is not", () => {
  test.each<[string, object, string, string]>([
    ["from block 0", { from: { block: 0 } }, "TEN-CHAIN-022", "--from"],
    ["that ends before it begins", { from: { block: 20 }, to: { block: 19 } }, "TEN-CHAIN-022", "--to"],
    ["from beyond the head", { from: { block: 40 } }, "TEN-CHAIN-021", "--from"],
    ["to beyond the head", { to: { block: 32 } }, "TEN-CHAIN-021", "--to"],
    ["to a time to come", { to: { timeMs: Date.UTC(2030, 0, 1) } }, "TEN-CHAIN-021", "--to"],
    ["to before the chain", { to: { timeMs: 1_000 } }, "TEN-CHAIN-022", "--to"],
    ["of a subnet that there is not", { netuids: [30, 31] }, "TEN-CHAIN-023", "--netuid"],
  ])("%s is refused, and leaves nothing", async (_, options, code, path) => {
    const { url } = await serve(smallChain());
    const out = await newFolder();
    const refusal = await refusalOf(() => record({ endpoints: [url], netuids: [30], out, ...options }));
    expect(refusal).toMatchObject({ code, place: { path } });
    if (code === "TEN-CHAIN-023") expect(refusal.message).toMatch(/Found 31\. Allowed: 30\./);
    await expect(readRecorded(out)).rejects.toMatchObject({ code: "TEN-STREAM-001" });
  });

  test("ends at the finalised head, though there are later blocks", async () => {
    const chain = smallChain();
    chain.finalized = 25;
    const server = await serve(chain);
    const { manifest } = await record({ endpoints: [server.url], netuids: [30] });
    expect(manifest?.chain?.to_block).toBe(25);
    const refusal = await refusalOf(() => record({ endpoints: [server.url], netuids: [30], to: { block: 26 } }));
    expect(refusal.code).toBe("TEN-CHAIN-021");
  });

  test("may hold a subnet only at its beginning", async () => {
    const chain = randomChain({ seed: 1, blocks: 30, specs: [273] });
    chain.block((b) => b.extrinsic(account("sudo"), (x) => x.networkRemoved(19)));
    const { url } = await serve(chain);
    expect((await record({ endpoints: [url], netuids: [19] })).manifest?.chain?.to_block).toBe(31);
  });
});

describe("what Tenure cannot count", () => {
  test("a stake of 2^53 rao or more is refused where it is found, and where it comes to be", async () => {
    const chain = smallChain();
    for (let count = 0; count < 2; count++) chain.block((b) => b.extrinsic(CK, (x) => x.stakeAdded(CK, HK, 30, 2n ** 53n - 31n * ALPHA)));
    for (let count = 0; count < 5; count++) stakeMore(chain);
    const { url } = await serve(chain);
    const found = await refusalOf(() => record({ endpoints: [url], netuids: [30], from: { block: 36 } }));
    expect(found).toMatchObject({ code: "TEN-CHAIN-012", place: { block: 35 } });
    const out = await newFolder();
    const grown = await refusalOf(() => record({ endpoints: [url], netuids: [30], out, chunkBlocks: 10 }));
    expect(grown.code).toBe("TEN-CHAIN-012");
    expect((await readRecorded(out)).manifest.chain?.to_block).toBe(29);
  });
});

describe("a runtime that Tenure does not know", () => {
  test("in the middle stops the recording there; what is before stays, and is the same as recorded to there", async () => {
    const chain = smallChain(424);
    chain.block((b) => b.upgrade(999));
    for (let count = 0; count < 10; count++) stakeMore(chain);
    const { url } = await serve(chain);
    const out = await newFolder();
    const options = { endpoints: [url], netuids: [30], chunkBlocks: 10 };
    const refusal = await refusalOf(() => record({ ...options, out }));
    expect(refusal).toMatchObject({ code: "TEN-CHAIN-010", place: { block: 33 } });
    expect(refusal.message).toContain("StakeAdded");
    const kept = await contentsOf(out);
    expect((await readRecorded(out)).manifest.chain).toMatchObject({ to_block: 32, spec_versions: [424] });
    const before = await record({ ...options, to: { block: 32 } });
    expect(await contentsOf(before.folder)).toEqual(kept);
    expect(await refusalOf(() => record({ ...options, out }))).toMatchObject({ code: "TEN-CHAIN-010", place: { block: 33 } });
    expect(await contentsOf(out)).toEqual(kept);
  });

  test("from the beginning leaves nothing", async () => {
    const { url } = await serve(smallChain(999));
    const out = await newFolder();
    const refusal = await refusalOf(() => record({ endpoints: [url], netuids: [30], out }));
    expect(refusal).toMatchObject({ code: "TEN-CHAIN-010" });
    await expect(readRecorded(out)).rejects.toMatchObject({ code: "TEN-STREAM-001" });
  });
});
