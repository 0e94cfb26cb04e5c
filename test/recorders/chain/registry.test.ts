import { describe, expect, test } from "vitest";
import { type Account, account, type BlockBuilder, ss58, TestChain } from "../../chain/index.js";
import { type Recorded, useChains } from "./recorded.js";
import { registryDifferences } from "./rows-against-chain.js";

const NETUID = 30;
const names = ["a", "a-cold", "b", "b-cold", "c", "c-cold", "new", "new-cold", "other"];
const [A, A_CK, B, B_CK, C, C_CK, NEW, NEW_CK, OTHER] = names.map((name) => account(`registry-${name}`));
const nameOf = new Map(names.map((name) => [ss58(account(`registry-${name}`)), name]));
const { recordAll } = useChains();

/** Three miners on a subnet; then what happens in block 5, in a range that has no epoch and ends with block 12. */
async function recordBlock(happen: (b: BlockBuilder) => void, prepare: (b: BlockBuilder) => void = () => {}): Promise<Recorded> {
  const chain = new TestChain({ genesisMs: 1_700_000_000_000, firstSpec: 346, tempo: 1_000, seedName: "registry" });
  chain.block((b) => {
    b.network(NETUID, { owner: account("registry-owner"), ownerHotkey: account("registry-owner-hotkey") });
    for (const [hotkey, coldkey] of [
      [A, A_CK],
      [B, B_CK],
      [C, C_CK],
    ] as [Account, Account][]) {
      b.extrinsic(coldkey, (x) => x.register(NETUID, hotkey, coldkey));
    }
  });
  chain.block();
  chain.block(prepare);
  chain.block();
  chain.block(happen);
  while (chain.best < 12) chain.block();
  const recorded = await recordAll(chain, { netuids: [NETUID], from: { block: 2 } });
  expect(registryDifferences(chain, recorded)).toEqual([]);
  return recorded;
}

/** The rows behind the opening: `block action uid hotkey coldkey`. */
function told({ registry }: Recorded): string[] {
  return registry
    .filter(({ block }) => block > 1)
    .map((row) => `${row.block} ${row.action} ${row.uid} ${nameOf.get(row.hotkey)} ${nameOf.get(row.coldkey)}`);
}

const register = (b: BlockBuilder, uid?: number) => b.extrinsic(NEW_CK, (x) => x.register(NETUID, NEW, NEW_CK, uid));

describe("the registry", () => {
  test("begins with everybody who is there", async () => {
    const { registry } = await recordBlock(() => {});
    expect(registry.map((row) => `${row.block} ${row.action} ${row.uid} ${nameOf.get(row.hotkey)} ${nameOf.get(row.coldkey)}`)).toEqual([
      "1 registered 0 a a-cold",
      "1 registered 1 b b-cold",
      "1 registered 2 c c-cold",
    ]);
  });

  test("has who came, and who left for it", async () => {
    expect(told(await recordBlock((b) => register(b)))).toEqual(["5 registered 3 new new-cold"]);
    expect(told(await recordBlock((b) => register(b, 1)))).toEqual(["5 deregistered 1 b b-cold", "5 registered 1 new new-cold"]);
  });

  test("has keys that are swapped", async () => {
    const swaps = await recordBlock((b) => {
      b.extrinsic(A_CK, (x) => x.hotkeySwapped(A_CK, A, OTHER));
      b.extrinsic(B_CK, (x) => x.coldkeySwapped(B_CK, NEW_CK));
    });
    expect(told(swaps)).toEqual(["5 hotkey_swapped 0 other a-cold", "5 coldkey_swapped 1 b new-cold"]);
  });

  test.each<[string, (b: BlockBuilder) => void, readonly string[]]>([
    [
      "a key is swapped and then replaced",
      (b) => {
        b.extrinsic(A_CK, (x) => x.hotkeySwapped(A_CK, A, OTHER));
        register(b, 0);
      },
      ["5 hotkey_swapped 0 other a-cold", "5 deregistered 0 other a-cold", "5 registered 0 new new-cold"],
    ],
    [
      "a key is replaced and then swapped",
      (b) => {
        register(b, 0);
        b.extrinsic(A_CK, (x) => x.hotkeySwapped(A_CK, A, OTHER));
      },
      ["5 deregistered 0 a a-cold", "5 registered 0 new new-cold"],
    ],
    [
      "a coldkey is swapped and its hotkey replaced",
      (b) => {
        b.extrinsic(A_CK, (x) => x.coldkeySwapped(A_CK, OTHER));
        register(b, 0);
      },
      ["5 coldkey_swapped 0 a other", "5 deregistered 0 a other", "5 registered 0 new new-cold"],
    ],
    [
      "a uid is taken twice",
      (b) => {
        register(b, 2);
        b.extrinsic(OTHER, (x) => x.register(NETUID, OTHER, OTHER, 2));
      },
      ["5 deregistered 2 c c-cold", "5 registered 2 new new-cold", "5 deregistered 2 new new-cold", "5 registered 2 other other"],
    ],
    [
      "who is replaced comes back on another uid",
      (b) => {
        register(b, 0);
        b.extrinsic(A_CK, (x) => x.register(NETUID, A, A_CK, 1));
      },
      ["5 deregistered 0 a a-cold", "5 registered 0 new new-cold", "5 deregistered 1 b b-cold", "5 registered 1 a a-cold"],
    ],
    ["the subnet ends", (b) => b.extrinsic(OTHER, (x) => x.networkRemoved(NETUID)), ["5 network_removed -1 a a-cold"]],
  ])("has all that happens in one block in its order, where %s", async (_, happen, rows) => {
    expect(told(await recordBlock(happen))).toEqual(rows);
  });

  test("finds a uid that was trimmed without an event: when it is taken again, or at the end of the chunk", async () => {
    const taken = await recordBlock(
      (b) => register(b, 1),
      (b) => b.trimUid(NETUID, 1),
    );
    expect(told(taken)).toEqual(["5 deregistered 1 b b-cold", "5 registered 1 new new-cold"]);
    const left = await recordBlock(
      () => {},
      (b) => b.trimUid(NETUID, 1),
    );
    expect(told(left)).toEqual(["12 deregistered 1 b b-cold"]);
  });
});
