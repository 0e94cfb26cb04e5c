import type { BlockBuilder } from "../build/block-builder.js";
import { type Cast, type Miner, nextWeeklySale } from "./cast.js";

const ALPHA = 1_000_000_000n;
/** Chances a block. */
const NOMINATION = 1 / 60;
const WITHDRAWAL = 1 / 150;
const MOVE = 1 / 400;
const OTHER_EXTRINSIC = 0.7;
const SALE_FEE_DIVISOR = 2000n;

/** The planned sales of a block: dumpers sell all, weekly sellers half. */
export function sell(b: BlockBuilder, miners: readonly Miner[]): void {
  for (const miner of miners) {
    if (miner.nextSale > b.number) continue;
    const { hotkey, coldkey, netuid, habit } = miner;
    miner.nextSale = habit === "weekly" ? nextWeeklySale(b.number) : Number.POSITIVE_INFINITY;
    const balance = b.balance(netuid, hotkey, coldkey);
    const amount = habit === "dumper" ? balance : balance / 2n;
    const fee = b.spec >= 401 ? amount / SALE_FEE_DIVISOR : 0n;
    if (amount > 0n) b.extrinsic(coldkey, (x) => x.stakeRemoved(coldkey, hotkey, netuid, amount - fee, fee));
  }
}

/** What nominators do, and what others do on other subnets. */
export function mingle(b: BlockBuilder, netuid: number, neighbour: number, cast: Cast, random: () => number): void {
  const { validators } = cast;
  while (random() < OTHER_EXTRINSIC) {
    const { coldkey } = pick(validators, random);
    b.extrinsic(coldkey, (x) => x.weightsSet(1, Math.floor(random() * 64)));
  }
  const validator = pick(validators, random);
  if (validator.nominators.length === 0) return;
  const coldkey = pick(validator.nominators, random);
  const { hotkey } = validator;
  const some = (): bigint => (b.balance(netuid, hotkey, coldkey) * BigInt(1 + Math.floor(random() * 40))) / 100n;
  if (random() < NOMINATION) {
    const alphaRao = BigInt(Math.floor(random() * 50e9)) + ALPHA;
    b.extrinsic(coldkey, (x) => x.stakeAdded(coldkey, hotkey, netuid, alphaRao));
  }
  if (random() < WITHDRAWAL) {
    const alphaRao = some();
    if (alphaRao > 0n) b.extrinsic(coldkey, (x) => x.stakeRemoved(coldkey, hotkey, netuid, alphaRao));
  }
  if (random() >= MOVE) return;
  const alphaRao = some();
  const other = pick(validators, random).hotkey;
  const heir = pick(validator.nominators, random);
  if (alphaRao < 10n) return;
  b.extrinsic(coldkey, (x) => {
    const choice = Math.floor(random() * 4);
    if (choice === 0) x.moved(coldkey, hotkey, netuid, other, netuid, alphaRao);
    else if (choice === 1) x.transferred(coldkey, heir, hotkey, netuid, netuid, alphaRao);
    else if (choice === 2) x.transferred(coldkey, heir, hotkey, netuid, neighbour, alphaRao, (alphaRao * 3n) / 2n);
    else x.swapped(coldkey, hotkey, netuid, neighbour, alphaRao, (alphaRao * 3n) / 2n);
  });
}

function pick<Item>(items: readonly Item[], random: () => number): Item {
  return items[Math.floor(random() * items.length)];
}
