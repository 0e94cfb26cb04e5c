import type { TestChain } from "../test-chain.js";

const ROUNDING_RAO = 8n;

/**
 * The changes of positions that the truth does not explain: at the end of each block a position is what it was plus what
 * is booked, but for a few rao of rounding.
 */
export function unexplainedChanges(chain: TestChain, subnets: readonly number[]): string[] {
  const changes = new Map<number, Map<string, bigint>>();
  const book = (block: number, netuid: number, hotkey: string, coldkey: string, amountRao: bigint): void => {
    const ofBlock = changes.get(block) ?? new Map<string, bigint>();
    const key = `${netuid}/${hotkey}/${coldkey}`;
    ofBlock.set(key, (ofBlock.get(key) ?? 0n) + amountRao);
    changes.set(block, ofBlock);
  };
  for (const each of chain.truth.emission) book(each.block, each.netuid, each.hotkey, each.coldkey, each.amountRao);
  for (const each of chain.truth.silent) book(each.block, each.netuid, each.hotkey, each.coldkey, each.amountRao);
  for (const flow of chain.truth.flows) {
    book(flow.block, flow.netuid, flow.hotkey, flow.coldkey, flow.action === "add" ? flow.amountRao : -flow.amountRao);
    const { toNetuid, toHotkey, toColdkey, toAmountRao } = flow;
    if (toNetuid !== undefined) book(flow.block, toNetuid, toHotkey as string, toColdkey as string, toAmountRao as bigint);
  }
  const balancesAt = (block: number): Map<string, bigint> => {
    const held = subnets.flatMap((netuid) => chain.positions(netuid, block).map((each) => ({ netuid, ...each })));
    return new Map(held.map((each) => [`${each.netuid}/${each.hotkey}/${each.coldkey}`, each.amountRao]));
  };
  let previous = balancesAt(0);
  const wrong: string[] = [];
  for (let block = 1; block <= chain.best; block++) {
    const booked = changes.get(block);
    if (booked === undefined && block < chain.best) continue;
    const balances = balancesAt(block);
    for (const key of new Set([...balances.keys(), ...previous.keys(), ...(booked?.keys() ?? [])])) {
      const difference = (balances.get(key) ?? 0n) - (previous.get(key) ?? 0n) - (booked?.get(key) ?? 0n);
      if (difference > ROUNDING_RAO || difference < -ROUNDING_RAO) wrong.push(`${block} ${key} ${difference}`);
    }
    previous = balances;
  }
  return wrong;
}
