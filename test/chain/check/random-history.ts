import { randomStreams } from "../../../engine/index.js";
import { account } from "../account.js";
import type { BlockBuilder } from "../build/block-builder.js";
import { TestChain } from "../test-chain.js";

/** A chain without blocks. */
export function newChain(firstSpec: number, tempo = 20): TestChain {
  return new TestChain({ genesisMs: 1_700_000_000_000, firstSpec, tempo, seedName: "test" });
}

export const [CK, HK, HK2, CK2, OWNER] = ["coldkey", "hotkey", "hotkey-2", "coldkey-2", "owner"].map(account);

/** Adds the subnets 30 and 19 and registers both hotkeys on the first. */
export function found(b: BlockBuilder): void {
  for (const netuid of [30, 19]) b.network(netuid, { owner: OWNER, ownerHotkey: account("owner-hotkey") });
  b.extrinsic(CK, (x) => x.register(30, HK, CK));
  b.extrinsic(CK2, (x) => x.register(30, HK2, CK2));
}

/** 150 blocks of stake coming, going and moving on those subnets, with epochs and silent changes. */
export function randomHistory(spec: number, seed: number): TestChain {
  const random = randomStreams(seed, 0)(`history-${spec}`);
  const integer = (end: number): number => Math.floor(random() * end);
  const chain = newChain(spec);
  chain.block(found);
  for (let count = 0; count < 150; count++) {
    chain.block((b) => {
      if (b.epochDue(30)) {
        b.epoch(30, [
          { kind: "dividends", hk: HK, alpha: BigInt(integer(1e9)) },
          { kind: "incentive", hk: HK2, alpha: BigInt(integer(1e9)) },
        ]);
      }
      for (let calls = integer(3); calls > 0; calls--) {
        const [coldkey, hotkey, netuid] = [[CK, CK2][integer(2)], [HK, HK2][integer(2)], [30, 19][integer(2)]];
        const balance = b.balance(netuid, hotkey, coldkey);
        const part = integer(3) === 0 ? balance : (balance * BigInt(integer(1000))) / 1000n;
        const choice = integer(4);
        b.extrinsic(coldkey, (x) => {
          if (choice < 2 || part === 0n) x.stakeAdded(coldkey, hotkey, netuid, BigInt(1 + integer(1e10)));
          else if (choice === 2) x.stakeRemoved(coldkey, hotkey, netuid, part);
          else x.moved(coldkey, hotkey, netuid, HK2, 19, part, part / 2n);
        });
      }
      if (integer(20) === 0) b.silent(CK, HK, 30, BigInt(1 + integer(1e6)));
    });
  }
  return chain;
}
