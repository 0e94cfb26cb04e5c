import { describe, expect, test } from "vitest";
import { account, type BlockBuilder, ss58, TestChain } from "../../chain/index.js";
import { balanceDifferences, stakeDifferences } from "./against-truth.js";
import { useChains } from "./recorded.js";

const ALPHA = 1_000_000_000n;
const names = ["validator", "validator-cold", "other", "other-cold", "nominator"];
const [VALIDATOR, VALIDATOR_CK, OTHER, OTHER_CK, NOMINATOR] = names.map((name) => account(`moves-${name}`));
const nameOf = new Map(names.map((name) => [ss58(account(`moves-${name}`)), name]));
const { recordAll } = useChains();

/** A runtime whose moves have a summary and nothing else: two subnets, and what happens in block 10. */
async function recordMove(happen: (b: BlockBuilder) => void, netuids = [30, 19]): Promise<string[]> {
  const chain = new TestChain({ genesisMs: 1_700_000_000_000, firstSpec: 240, tempo: 1_000, seedName: "moves" });
  chain.block((b) => {
    for (const netuid of [30, 19]) {
      b.network(netuid, { owner: account("moves-owner"), ownerHotkey: account("moves-owner-hotkey") });
      for (const [hotkey, coldkey] of [
        [VALIDATOR, VALIDATOR_CK],
        [OTHER, OTHER_CK],
      ]) {
        b.extrinsic(coldkey, (x) => x.register(netuid, hotkey, coldkey));
        b.extrinsic(coldkey, (x) => x.stakeAdded(coldkey, hotkey, netuid, 100n * ALPHA));
      }
    }
    b.extrinsic(NOMINATOR, (x) => x.stakeAdded(NOMINATOR, VALIDATOR, 30, 50n * ALPHA));
  });
  while (chain.best < 9) chain.block();
  chain.block(happen);
  while (chain.best < 20) chain.block();
  const recorded = await recordAll(chain, { netuids, from: { block: 2 } });
  expect([...stakeDifferences(chain, recorded), ...balanceDifferences(chain, recorded)]).toEqual([]);
  return recorded.stake.map((row) => {
    const to = `${row.to_netuid === -1 ? row.netuid : row.to_netuid}/${nameOf.get(row.to_hotkey ?? row.hotkey)}`;
    const moved = row.action === "moved" ? `>${to} ${row.to_amount_rao === 0 ? row.amount_rao : row.to_amount_rao}` : "";
    return `${row.block} ${row.action} ${row.netuid}/${nameOf.get(row.hotkey)} ${row.amount_rao}${moved} ${row.cause}`;
  });
}

const move = (b: BlockBuilder, netuidTo = 30, out = 7n * ALPHA, into = out) =>
  b.extrinsic(NOMINATOR, (x) => x.moved(NOMINATOR, VALIDATOR, 30, OTHER, netuidTo, out, into));
const A = Number(ALPHA);

describe("a move without amounts", () => {
  test("is what both sides changed by, where nothing else happened to them", async () => {
    expect(await recordMove((b) => move(b))).toEqual([`10 moved 30/validator ${7 * A}>30/other ${7 * A} event`]);
    expect(await recordMove((b) => move(b, 19, 7n * ALPHA, 11n * ALPHA))).toEqual([
      `10 moved 30/validator ${7 * A}>19/other ${11 * A} event`,
    ]);
    expect(await recordMove((b) => move(b, 30, 50n * ALPHA))).toEqual([`10 moved 30/validator ${50 * A}>30/other ${50 * A} event`]);
  });

  test("of which one side is not recorded is an addition or a removal", async () => {
    const out = (b: BlockBuilder) => move(b, 19, 7n * ALPHA, 11n * ALPHA);
    expect(await recordMove(out, [30])).toEqual([`10 removed 30/validator ${7 * A} event`]);
    expect(await recordMove(out, [19])).toEqual([`10 added 19/other ${11 * A} event`]);
  });

  test("beside others is measured with them, and each side has its cause", async () => {
    const twice = await recordMove((b) => {
      move(b, 30, 3n * ALPHA);
      move(b, 30, 4n * ALPHA);
    });
    expect(twice).toEqual([`10 added 30/other ${7 * A} stake_moved`, `10 unexplained 30/validator ${7 * A} stake_moved`]);
  });

  test("beside changes that are named leaves these as they are", async () => {
    const rows = await recordMove((b) => {
      move(b);
      b.extrinsic(NOMINATOR, (x) => x.stakeAdded(NOMINATOR, VALIDATOR, 30, 2n * ALPHA));
    });
    expect(rows).toEqual([`10 moved 30/validator ${7 * A}>30/other ${7 * A} event`, `10 added 30/validator ${2 * A} event`]);
  });

  test("in the block of an epoch is not taken for pay, nor pay for it", async () => {
    const rows = await recordMove((b) => {
      b.epoch(30, [
        { kind: "dividends", hk: VALIDATOR, alpha: 15n * ALPHA },
        { kind: "dividends", hk: OTHER, alpha: 100n * ALPHA },
      ]);
      move(b);
    });
    // 50 of 150 are the nominator's, so it was paid 5 as well.
    expect(rows).toEqual([`10 added 30/other ${7 * A} stake_moved`, `10 unexplained 30/validator ${2 * A} stake_moved`]);
  });
});
