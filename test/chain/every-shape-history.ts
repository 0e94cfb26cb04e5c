import type { Account } from "./account.js";
import type { BlockBuilder } from "./build/block-builder.js";
import type { Pay } from "./build/run-epoch.js";
import { EARLY_SHAPES } from "./history/early-shapes.js";
import { LATE_SHAPES } from "./history/late-shapes.js";
import { ALPHA, NEIGHBOUR_NETUID, NETUID, OWNER_HOTKEY, VALIDATOR } from "./history/shape-cast.js";
import { storageKey } from "./state/storage-key.js";
import { TestChain } from "./test-chain.js";

const BLOCKS = 400;
const TEMPO = 20;
const AUTO_STAKE_SPEC = 346;

/**
 * A short chain through the specs 210, 240, 260, 273, 346, 393 and 424 on which everything that a chain can do here is
 * done at least once, with an epoch every 21 blocks. All of its blocks are finalised.
 */
export function everyShapeHistory(): TestChain {
  const chain = new TestChain({ genesisMs: Date.UTC(2025, 1, 13), firstSpec: 210, tempo: TEMPO, seedName: "every-shape" });
  while (chain.best < BLOCKS) {
    chain.block((b) => {
      for (const netuid of [NETUID, NEIGHBOUR_NETUID]) {
        if (b.number > 1 && b.epochDue(netuid)) b.epoch(netuid, paysOf(chain, b, netuid));
      }
      (EARLY_SHAPES[b.number] ?? LATE_SHAPES[b.number])?.(b);
    });
  }
  return chain;
}

/** The owner's cut, an incentive for every miner (one of them stakes it elsewhere), dividends of the validator. */
function paysOf(chain: TestChain, b: BlockBuilder, netuid: number): Pay[] {
  const pays: Pay[] = [{ kind: "owner", hk: OWNER_HOTKEY, alpha: 3n * ALPHA }];
  const hotkeys = registered(chain, netuid);
  for (const [index, hk] of hotkeys.entries()) {
    const alpha = ALPHA + BigInt(b.number * 1001 + index * 7);
    if (hk === VALIDATOR) pays.push({ kind: "dividends", hk, alpha: 7n * alpha });
    else if (index === 3 && b.spec >= AUTO_STAKE_SPEC) pays.push({ kind: "autoStake", hk, destination: VALIDATOR, alpha });
    else pays.push({ kind: "incentive", hk, alpha });
  }
  return pays;
}

function registered(chain: TestChain, netuid: number): Account[] {
  const prefix = storageKey.keys(netuid, 0).slice(0, -4);
  const keys = chain.archive.keys(prefix, 256, undefined, chain.best);
  return keys.map((key) => chain.storage(key, chain.best) as Account);
}
