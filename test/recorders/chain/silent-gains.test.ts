import { describe, expect, test } from "vitest";
import { checkRecording } from "../../../recorders/index.js";
import { account, type BlockBuilder, ss58, type TestChain } from "../../chain/index.js";
import { readRecorded, useChains } from "./recorded.js";
import { ALPHA, expectWhole, live, NETUID, NEW_VALIDATOR, smallSubnet, VALIDATOR, VALIDATOR_OWNER } from "./small-subnet.js";

const { serve, record } = useChains();
const [CLAIMER, NEW_COLDKEY] = [account("claimer"), account("claimer-2")];
const claim = (b: BlockBuilder) => b.autoClaim(CLAIMER, [{ hk: VALIDATOR, netuid: NETUID, alpha: 7n * ALPHA }]);
const swapColdkey = (b: BlockBuilder) => b.extrinsic(CLAIMER, (x) => x.coldkeySwapped(CLAIMER, NEW_COLDKEY));
const swapHotkey = (b: BlockBuilder) => b.extrinsic(VALIDATOR_OWNER, (x) => x.hotkeySwapped(VALIDATOR_OWNER, VALIDATOR, NEW_VALIDATOR));

async function recorded(chain: TestChain, chunkBlocks = 40) {
  const { url } = await serve(chain);
  const { folder } = await record({ endpoints: [url], netuids: [NETUID], chunkBlocks });
  await expectWhole(chain, folder);
  expect(await checkRecording(folder)).toMatchObject({ ok: true, faults: [] });
  return readRecorded(folder);
}
const claimed = (rows: Awaited<ReturnType<typeof recorded>>["stake"]) =>
  rows
    .filter(({ cause }) => cause === "root_claimed")
    .map(({ block, action, amount_rao, coldkey }) => [block, action, amount_rao, coldkey]);

/** What the chain's own rounding made of the claim. */
const claimedRao = (chain: TestChain) => Number(chain.truth.silent.find(({ cause }) => cause === "RootClaimed")?.amountRao);

// Epochs end in blocks 17, 29, 41, 53: (block + 30 + 1) % 12 = 0.
describe("what the chain claims for a coldkey by itself", () => {
  test("is written at the block before the next epoch, with its cause", async () => {
    const chain = live(smallSubnet("claim"), 60, { 20: claim });
    const { stake, emission } = await recorded(chain);
    expect(claimed(stake)).toEqual([[28, "added", claimedRao(chain), ss58(CLAIMER)]]);
    expect(emission.filter(({ coldkey }) => coldkey === ss58(CLAIMER)).map(({ block }) => block)).toEqual([29, 41, 53]);
  });

  test("is written before a sale that shows that it was there", async () => {
    const sell = (b: BlockBuilder) =>
      b.extrinsic(CLAIMER, (x) => x.stakeRemoved(CLAIMER, VALIDATOR, NETUID, b.balance(NETUID, VALIDATOR, CLAIMER)));
    const chain = live(smallSubnet("claim-sold"), 60, { 20: claim, 24: sell });
    const { stake } = await recorded(chain);
    expect(claimed(stake)).toEqual([[23, "added", claimedRao(chain), ss58(CLAIMER)]]);
  });

  test("is written at the end of a chunk", async () => {
    const chain = live(smallSubnet("claim-chunk"), 60, { 20: claim });
    const { stake } = await recorded(chain, 25);
    expect(claimed(stake)).toEqual([[24, "added", claimedRao(chain), ss58(CLAIMER)]]);
  });

  test("in the block of an epoch is not taken for pay", async () => {
    const chain = live(smallSubnet("claim-epoch"), 60, { 29: claim });
    const { stake, emission } = await recorded(chain);
    expect(claimed(stake)).toEqual([[29, "added", claimedRao(chain), ss58(CLAIMER)]]);
    expect(emission.filter(({ coldkey }) => coldkey === ss58(CLAIMER)).map(({ block }) => block)).toEqual([41, 53]);
  });

  test.each([
    ["the block after", { 20: claim, 21: swapColdkey }],
    ["the same block", { 20: (b: BlockBuilder) => [claim(b), swapColdkey(b)] }],
    ["the block of the epoch", { 20: claim, 29: swapColdkey }],
  ])("follows the coldkey that is swapped in %s", async (_, happen) => {
    const chain = live(smallSubnet("claim-coldkey"), 60, happen as never);
    const { stake } = await recorded(chain);
    expect(claimed(stake).map(([, , amount]) => amount)).toEqual([claimedRao(chain)]);
  });

  test("in the block of an epoch, with the swap, is what the swap is said to have changed", async () => {
    const chain = live(smallSubnet("claim-and-swap"), 60, { 29: (b) => [claim(b), swapColdkey(b)] });
    const { stake } = await recorded(chain);
    expect(
      stake.filter(({ cause }) => cause === "coldkey_swapped").map(({ block, amount_rao, coldkey }) => [block, amount_rao, coldkey]),
    ).toEqual([[29, claimedRao(chain), ss58(NEW_COLDKEY)]]);
  });

  test.each([
    ["the block after", { 20: claim, 21: swapHotkey }],
    ["the block of the epoch", { 20: claim, 29: swapHotkey }],
  ])("follows the hotkey that is swapped in %s", async (_, happen) => {
    const { stake } = await recorded(live(smallSubnet("claim-hotkey"), 40, happen as never));
    expect(claimed(stake)).toHaveLength(1);
  });
});

describe("a parent earns where it is not registered", () => {
  const [PARENT, PARENT_OWNER] = [account("parent"), account("parent-owner")];
  const adopt = (b: BlockBuilder) => b.extrinsic(PARENT_OWNER, (x) => x.setChildren(PARENT, NETUID, [[1n << 62n, VALIDATOR]]));
  const parentEarns = (chain: TestChain) =>
    live(chain, 100, { 37: adopt }, (block) => (block > 42 ? [{ kind: "dividends", hk: PARENT, alpha: 2n * ALPHA }] : []));

  function family(seed: string): TestChain {
    const chain = smallSubnet(seed);
    chain.block((b) => b.extrinsic(PARENT_OWNER, (x) => x.register(19, PARENT, PARENT_OWNER)));
    return chain;
  }

  test.each([40, 1_000])("also after the end of a chunk, in chunks of %i blocks", async (chunkBlocks) => {
    const { emission } = await recorded(parentEarns(family("parent")), chunkBlocks);
    const paid = emission.filter(({ coldkey }) => coldkey === ss58(PARENT_OWNER));
    expect(paid.map(({ block, role, uid, amount_rao }) => [block, role, uid, amount_rao])).toEqual(
      [53, 65, 77, 89].map((block) => [block, "validator", -1, 2_000_000_000]),
    );
  });

  test("also where it had its child before the recording began", async () => {
    const chain = parentEarns(family("parent-before"));
    const { url } = await serve(chain);
    const { folder } = await record({ endpoints: [url], netuids: [NETUID], from: { block: 45 } });
    await expectWhole(chain, folder);
  });
});

test("stake that arrives on another subnet as nothing is a removal", async () => {
  const chain = live(smallSubnet("nothing-arrives"), 40, {
    20: (b) => b.extrinsic(VALIDATOR_OWNER, (x) => x.swapped(VALIDATOR_OWNER, VALIDATOR, NETUID, 19, 1_000n, 0n)),
  });
  const { url } = await serve(chain);
  const { folder } = await record({ endpoints: [url] });
  const { stake } = await readRecorded(folder);
  expect(stake.filter(({ block }) => block === 20).map(({ action, amount_rao, to_netuid }) => [action, amount_rao, to_netuid])).toEqual([
    ["removed", 1_000, -1],
  ]);
  expect(await checkRecording(folder)).toMatchObject({ ok: true });
});
