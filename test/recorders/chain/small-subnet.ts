import { expect } from "vitest";
import { type Account, account, type BlockBuilder, type Pay, ss58, TestChain } from "../../chain/index.js";
import { readRecorded } from "./recorded.js";

export const ALPHA = 1_000_000_000n;
export const NETUID = 30;
export const NEIGHBOUR = 19;
export const VALIDATOR = account("small-validator");
/** What it may swap it for. */
export const NEW_VALIDATOR = account("small-validator-2");
export const VALIDATOR_OWNER = account("small-validator-owner");

/** A subnet with one validator, who is paid in each of its epochs, every 12 blocks; and an empty one beside it. */
export function smallSubnet(seedName: string, firstSpec = 346): TestChain {
  const chain = new TestChain({ genesisMs: Date.UTC(2026, 0, 1), firstSpec, tempo: 11, seedName });
  chain.block((b) => {
    for (const netuid of [NETUID, NEIGHBOUR]) {
      b.network(netuid, { owner: account("small-owner"), ownerHotkey: account("small-owner-hotkey") });
      b.price(netuid, { taoRao: 20_000n * ALPHA, alphaInRao: 1_000_003n * ALPHA });
    }
    b.extrinsic(VALIDATOR_OWNER, (x) => x.register(NETUID, VALIDATOR, VALIDATOR_OWNER));
    b.extrinsic(VALIDATOR_OWNER, (x) => x.stakeAdded(VALIDATOR_OWNER, VALIDATOR, NETUID, 100n * ALPHA));
  });
  return chain;
}

/** The validator's hotkey, which it may have swapped. */
function validatorOf(b: BlockBuilder): Account {
  return b.balance(NETUID, VALIDATOR, VALIDATOR_OWNER) > 0n ? VALIDATOR : NEW_VALIDATOR;
}

/** Adds blocks up to a number; epochs pay the validator and whoever else is named. */
export function live(
  chain: TestChain,
  to: number,
  happen: Readonly<Record<number, (b: BlockBuilder) => void>> = {},
  others: (block: number) => readonly Pay[] = () => [],
): TestChain {
  while (chain.best < to) {
    chain.block((b) => {
      if (b.epochDue(NETUID)) b.epoch(NETUID, [{ kind: "dividends", hk: validatorOf(b), alpha: 5n * ALPHA }, ...others(b.number)]);
      happen[b.number]?.(b);
    });
  }
  return chain;
}

/** The last balances of a recording are those of the chain, of every position that there is. */
export async function expectWhole(chain: TestChain, folder: string, block = chain.best): Promise<void> {
  const { balances } = await readRecorded(folder);
  const recorded = balances.filter((row) => row.block === block && row.netuid === NETUID && row.balance_rao > 0);
  const held = chain.positions(NETUID, block).filter(({ amountRao }) => amountRao > 0n);
  const key = (hotkey: string, coldkey: string, rao: number | bigint) => `${hotkey} ${coldkey} ${rao}`;
  expect(recorded.map(({ hotkey, coldkey, balance_rao }) => key(hotkey, coldkey, balance_rao)).sort()).toEqual(
    held.map(({ hotkey, coldkey, amountRao }) => key(ss58(hotkey as Account), ss58(coldkey as Account), amountRao)).sort(),
  );
}
