import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { checkRecording } from "../../../recorders/index.js";
import { account, type BlockBuilder, everyShapeHistory, type Pay, ss58, type TestChain } from "../../chain/index.js";
import { randomChain } from "./random-chain.js";
import { readRecorded, useChains } from "./recorded.js";
import { ALPHA, live, NETUID, smallSubnet, VALIDATOR } from "./small-subnet.js";

const { serve, record } = useChains();
const OWNER_HOTKEY = account("small-owner-hotkey");
const [LEAVER, STAYER] = [account("epoch-leaver"), account("epoch-stayer")];
/** Blocks of epochs of the small subnet. */
const EPOCHS = [5, 17, 29, 41, 53];

async function recordChain(chain: TestChain, netuids = [NETUID]) {
  const { url } = await serve(chain);
  return (await record({ endpoints: [url], netuids })).folder;
}

/** Two nominators of the validator; in some block one leaves, and with its shares goes more than the event says. */
function spillingSubnet(at: number, spillRao: bigint): TestChain {
  const stake = (b: BlockBuilder) => {
    for (const coldkey of [LEAVER, STAYER]) b.extrinsic(coldkey, (x) => x.stakeAdded(coldkey, VALIDATOR, NETUID, 70n * ALPHA));
  };
  const leave = (b: BlockBuilder) => {
    const held = b.balance(NETUID, VALIDATOR, LEAVER);
    b.extrinsic(LEAVER, (x) => x.stakeRemovedWithAllShares(LEAVER, VALIDATOR, NETUID, held - spillRao));
  };
  return live(smallSubnet("epoch-sums"), 60, { 3: stake, [at]: leave }, () => [
    { kind: "owner", hk: OWNER_HOTKEY, alpha: 3n * ALPHA + 7n },
  ]);
}

describe("what an epoch is recorded to have paid", () => {
  test.each([
    ["every shape of events", everyShapeHistory, [30, 19]],
    ["a random chain", () => randomChain({ seed: 9, blocks: 90, specs: [240, 346, 424] }), [19, 30]],
    ["a subnet whose owner gets a cut", () => spillingSubnet(20, 0n), [NETUID]],
  ] as const)("is what the chain says, but for rounding: %s", async (_, chain, netuids) => {
    const { epoch_check: check, ok } = await checkRecording(await recordChain(chain(), [...netuids]));
    expect([ok, check.over_bound]).toEqual([true, 0]);
    expect(check.epochs).toBeGreaterThan(4);
    expect(check.worst_excess?.rao ?? 0).toBeLessThan(1_000);
  });

  test("holds the owner's cut, from what was set aside until the block before", async () => {
    const { manifest } = await readRecorded(await recordChain(spillingSubnet(20, 0n)));
    const sums = (manifest.chain?.chunks ?? []).flatMap(({ epoch_sums }) => epoch_sums ?? []);
    expect(sums.map(({ block }) => block)).toEqual(EPOCHS);
    for (const [index, { owner_cut_rao, emission_rao, recorded_rao }] of sums.entries()) {
      // Before the first epoch nothing says since when it was set aside.
      if (index === 0) expect(owner_cut_rao).toBeNull();
      else expect(Math.abs(Number(owner_cut_rao) - Number(3n * ALPHA + 7n))).toBeLessThanOrEqual(2);
      expect(BigInt(emission_rao)).toBe(5n * ALPHA);
      expect(Math.abs(Number(recorded_rao) - Number(5n * ALPHA) - (index === 0 ? 0 : Number(owner_cut_rao)))).toBeLessThan(20);
    }
  });

  test.each([
    ["in an epoch's block", 29, true],
    ["in any other block", 30, false],
  ])("and holds alpha that something else moved %s is found out only there", async (_, at, isFound) => {
    const chain = spillingSubnet(at, 42_740_000_000n);
    const folder = await recordChain(chain);
    const { ok, faults, balances_wrong, epoch_check: check } = await checkRecording(folder);
    expect([ok, balances_wrong]).toEqual([!isFound, 0]);
    if (!isFound) return;
    expect(faults).toEqual([expect.stringMatching(/^In 1 epoch more is recorded as emission .* in block 29 of subnet 30 at worst/)]);
    expect(check).toMatchObject({ over_bound: 1, worst_excess: { block: 29, netuid: NETUID } });
    // What fell to the two others, less what the leaver itself was paid, who lost more; but for the rounding of shares.
    const leaverPay = chain.truth.emission.find(({ block, coldkey }) => block === 29 && coldkey === LEAVER)?.amountRao ?? 0n;
    expect(leaverPay).toBeGreaterThan(ALPHA);
    expect(Math.abs((check.worst_excess?.rao ?? 0) - Number(42_740_000_000n - leaverPay))).toBeLessThan(20);
    const { manifest, emission } = await readRecorded(folder);
    expect(manifest.figures.worst_epoch_excess_rao).toBe(check.worst_excess?.rao);
    expect(emission.some(({ coldkey, block }) => coldkey === ss58(STAYER) && block === 29)).toBe(true);
    // A bound that is stated decides.
    expect((await checkRecording(folder, { epochBoundRao: 43_000_000_000 })).ok).toBe(true);
    expect((await checkRecording(folder, { epochBoundRao: 40_000_000_000 })).ok).toBe(false);
  });

  test("leaves out incentive of the owner's hotkeys that the chain burns, so that it hides nothing", async () => {
    const burned = 30n * ALPHA;
    const pays = (): Pay[] => [
      { kind: "owner", hk: OWNER_HOTKEY, alpha: 3n * ALPHA },
      { kind: "burned", hk: OWNER_HOTKEY, alpha: burned },
    ];
    const register = (b: BlockBuilder) =>
      b.extrinsic(account("small-owner"), (x) => x.register(NETUID, OWNER_HOTKEY, account("small-owner")));
    const chain = live(smallSubnet("epoch-burn"), 60, { 2: register }, pays);
    const folder = await recordChain(chain);
    const { ok, epoch_check: check } = await checkRecording(folder);
    expect(ok).toBe(true);
    expect(check.worst_missing?.rao ?? 0).toBeLessThan(20);
    const { manifest } = await readRecorded(folder);
    const [, ...sums] = (manifest.chain?.chunks ?? []).flatMap(({ epoch_sums }) => epoch_sums ?? []);
    for (const { unpaid_rao } of sums) expect(Math.abs(Number(unpaid_rao) - Number(burned))).toBeLessThan(20);
  });

  test("is not compared where an older recording does not hold what the chain says", async () => {
    const folder = await recordChain(spillingSubnet(29, 42_740_000_000n));
    const path = `${folder}/manifest.json`;
    const manifest = JSON.parse(await readFile(path, "utf8"));
    for (const chunk of manifest.chain.chunks) delete chunk.epoch_sums;
    delete manifest.seal;
    await writeFile(path, JSON.stringify(manifest));
    expect(await checkRecording(folder)).toMatchObject({ ok: true, epoch_check: { epochs: 0, worst_excess: null, worst_missing: null } });
  });
});
