import { account } from "../account.js";
import type { BlockBuilder } from "../build/block-builder.js";
import type { Cast } from "./cast.js";

const ALPHA = 1_000_000_000n;

/** Something that a history has once, at a part of its length. */
export interface RareEvent {
  /** When, from 0 (the first block) to 1 (the last). */
  readonly at: number;
  readonly happen: (b: BlockBuilder) => void;
}

/** Upgrades, changes of keys and what else a subnet sees now and then; `neighbour` is the small subnet next to it. */
export function rareEvents(netuid: number, neighbour: number, cast: Cast): RareEvent[] {
  const { miners, validators } = cast;
  const claimRoot = (b: BlockBuilder, index: number): void => {
    const { hotkey, nominators, coldkey } = validators[index % validators.length];
    const claimer = nominators[0] ?? coldkey;
    b.extrinsic(claimer, (x) => x.rootClaimed(claimer, [{ hk: hotkey, netuid, alpha: 3n * ALPHA + BigInt(index) }]));
  };
  return [
    { at: 0.25, happen: (b) => claimRoot(b, 0) },
    { at: 0.3, happen: (b) => replaceLastMiner(b, netuid, cast) },
    { at: 0.4, happen: (b) => b.upgrade(393) },
    { at: 0.45, happen: (b) => swapHotkey(b, cast) },
    { at: 0.5, happen: (b) => claimRoot(b, 1) },
    { at: 0.55, happen: (b) => swapColdkey(b, cast) },
    {
      at: 0.6,
      happen: (b) => {
        const { hotkey, coldkey } = validators[0];
        b.extrinsic(coldkey, (x) => x.burn(coldkey, hotkey, netuid, b.balance(netuid, hotkey, coldkey) / 50n));
      },
    },
    {
      at: 0.65,
      happen: (b) => {
        const { hotkey, coldkey } = miners[0];
        b.silent(coldkey, hotkey, netuid, 7n * ALPHA);
      },
    },
    { at: 0.72, happen: (b) => b.upgrade(424) },
    { at: 0.8, happen: (b) => claimRoot(b, 2) },
    {
      at: 0.85,
      happen: (b) => {
        const { hotkey, coldkey } = validators[0];
        const alphaRao = b.balance(netuid, hotkey, coldkey) / 20n;
        b.extrinsic(coldkey, (x) => x.moved(coldkey, hotkey, netuid, cast.neighbours[0].hotkey, neighbour, alphaRao, alphaRao / 2n));
      },
    },
  ];
}

/** A newcomer, who holds, takes the last miner's uid. */
function replaceLastMiner(b: BlockBuilder, netuid: number, { miners }: Cast): void {
  const index = miners.length - 1;
  const newcomer = { hotkey: account("newcomer"), coldkey: account("newcomer-coldkey") };
  b.extrinsic(newcomer.coldkey, (x) => x.register(netuid, newcomer.hotkey, newcomer.coldkey, index));
  miners[index] = { ...newcomer, netuid, habit: "holder", weight: miners[index].weight, nextSale: Number.POSITIVE_INFINITY };
}

function swapHotkey(b: BlockBuilder, { miners }: Cast): void {
  const miner = miners[1 % miners.length];
  const hotkey = account("swapped-hotkey");
  b.extrinsic(miner.coldkey, (x) => x.hotkeySwapped(miner.coldkey, miner.hotkey, hotkey));
  miner.hotkey = hotkey;
}

function swapColdkey(b: BlockBuilder, { miners }: Cast): void {
  const miner = miners[0];
  const coldkey = account("swapped-coldkey");
  b.extrinsic(miner.coldkey, (x) => x.coldkeySwapped(miner.coldkey, coldkey));
  miner.coldkey = coldkey;
}
