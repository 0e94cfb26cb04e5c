import type { BlockBuilder } from "../build/block-builder.js";
import type { Pay } from "../build/run-epoch.js";
import type { Cast, Miner } from "./cast.js";

const RAO = 1_000_000_000;
/** Alpha that a subnet gives out a block, and who gets which part of it. */
const ALPHA_A_BLOCK = 1;
const OWNER_PART = 0.18;
const MINER_PART = 0.41;
const VALIDATOR_PART = 0.41;
const DUMPER_DELAY_BLOCKS = 60;

/** Runs the epoch of a local subnet: the owner's cut, incentive by weight and luck, dividends by stake. */
export function payEpoch(b: BlockBuilder, netuid: number, blocks: number, cast: Cast, random: () => number): void {
  const emission = ALPHA_A_BLOCK * blocks;
  const pays: Pay[] = [{ kind: "owner", hk: cast.ownerHotkey, alpha: rao(emission * OWNER_PART) }];
  pays.push(...incentives(cast.miners, emission * MINER_PART, random));
  const stakes = cast.validators.map((validator) => {
    const coldkeys = [validator.coldkey, ...validator.nominators];
    return coldkeys.reduce((sum, coldkey) => sum + Number(b.balance(netuid, validator.hotkey, coldkey)), 0);
  });
  const stakeSum = stakes.reduce((sum, stake) => sum + stake, 0);
  for (const [index, { hotkey }] of cast.validators.entries()) {
    const alpha = stakeSum === 0 ? 0n : rao((emission * VALIDATOR_PART * stakes[index]) / stakeSum);
    pays.push({ kind: "dividends", hk: hotkey, alpha });
  }
  b.epoch(netuid, pays);
  planDumps(b.number, cast.miners, random);
}

/** Runs the epoch of the small neighbour, whose two miners get all of it. */
export function payNeighbourEpoch(b: BlockBuilder, netuid: number, blocks: number, cast: Cast, random: () => number): void {
  b.epoch(netuid, incentives(cast.neighbours, ALPHA_A_BLOCK * blocks * MINER_PART, random));
  planDumps(b.number, cast.neighbours, random);
}

function incentives(miners: readonly Miner[], emission: number, random: () => number): Pay[] {
  const weights = miners.map((miner) => miner.weight * (0.8 + 0.4 * random()));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return miners.map((miner, index) => ({ kind: "incentive", hk: miner.hotkey, alpha: rao((emission * weights[index]) / sum) }));
}

function planDumps(block: number, miners: readonly Miner[], random: () => number): void {
  for (const miner of miners) {
    if (miner.habit === "dumper") miner.nextSale = block + Math.floor(random() * DUMPER_DELAY_BLOCKS);
  }
}

function rao(alpha: number): bigint {
  return BigInt(Math.round(alpha * RAO));
}
