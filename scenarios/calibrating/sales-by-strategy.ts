import {
  bindMiner,
  InvariantError,
  type MinerOrders,
  type MinerStrategyConfiguration,
  type MinerView,
  minerKeys,
} from "../../engine/index.js";
import type { ObservedMiner } from "./observed-subnet.js";

/** What of a miner says when it decides and what it has: its pay, and what it held before it. */
export type PaidMiner = Pick<ObservedMiner, "firstEpoch" | "paidRao" | "heldAtStartRao">;

/**
 * What a miner would have sold of the pay that it was recorded to get, had it followed a strategy: the strategy itself decides, at the
 * end of each epoch and when it asks to, and every sale is carried out at a price of 1. One of a strategy that looks at prices, rules
 * or others means nothing here.
 * @param epochEndsMs of the subnet
 * @param epochMs how long the epoch after the last is taken to be
 * @returns rao sold from the end of each epoch on to the next, from `firstEpoch`
 */
export function salesByStrategy(
  strategy: MinerStrategyConfiguration,
  { firstEpoch, paidRao, heldAtStartRao }: PaidMiner,
  epochEndsMs: Float64Array,
  epochMs: number,
): Float64Array {
  const soldRao = new Float64Array(paidRao.length);
  const agent = bindMiner(strategy, { random: noLuck, keys: minerKeys(strategy) });
  const seen = new OneKey(heldAtStartRao, epochEndsMs[0] - epochMs);
  let slot = 0;
  let wakes: number[] = [];
  const desk: MinerOrders = {
    ...NO_DESK,
    sell(_key, alphaRao) {
      if (alphaRao > seen.stakeRao) throw new InvariantError("a strategy sold more than there was");
      seen.sell(alphaRao);
      soldRao[slot] += alphaRao;
    },
    wakeAt: (timeMs) => void wakes.push(timeMs),
  };
  const decideAt = (timeMs: number, epochPaidRao: number, isClose: boolean, nextCloseMs: number): void => {
    if (isClose) seen.close(timeMs, epochPaidRao, nextCloseMs);
    else seen.wake(timeMs);
    agent.decide(seen, desk);
  };
  /** What it asked for until the next epoch ends. */
  const decideUntil = (endMs: number, nextMs: number): void => {
    for (let nowMs = endMs; ; ) {
      const due = wakes.filter((timeMs) => timeMs > nowMs && timeMs < nextMs).sort((a, b) => a - b);
      if (due.length === 0) break;
      [nowMs] = due;
      wakes = wakes.filter((timeMs) => timeMs !== nowMs);
      decideAt(nowMs, 0, false, nextMs);
    }
    wakes = [];
  };
  // Who comes later decides for the first time when the epoch before its first pay ends.
  if (firstEpoch > 0) {
    const [comesMs, firstMs] = [epochEndsMs[firstEpoch - 1], epochEndsMs[firstEpoch]];
    decideAt(comesMs, 0, true, firstMs);
    decideUntil(comesMs, firstMs);
  }
  for (; slot < paidRao.length; slot++) {
    const endMs = epochEndsMs[firstEpoch + slot];
    const nextMs = slot + 1 < paidRao.length ? epochEndsMs[firstEpoch + slot + 1] : endMs + epochMs;
    decideAt(endMs, paidRao[slot], true, nextMs);
    // What it asked for after the last end is not recorded any more.
    if (slot + 1 < paidRao.length) decideUntil(endMs, nextMs);
  }
  return soldRao;
}

function noLuck(): never {
  throw new InvariantError("a strategy that draws was asked what it would have sold");
}

function noDesk(): never {
  throw new InvariantError("a strategy that does not only sell was asked what it would have sold");
}

const NO_DESK: MinerOrders = {
  sell: noDesk,
  buy: noDesk,
  move: noDesk,
  register: noDesk,
  registerAgain: noDesk,
  assign: noDesk,
  takeOver: noDesk,
  wakeAt: noDesk,
};

/** What a miner with one key sees in a market that takes all at a price of 1, under no rule. */
class OneKey implements MinerView {
  timeMs = 0;
  epoch = 0;
  isClose = true;
  lastCloseMs: number;
  nextCloseMs = 0;
  readonly priceTaoPerAlpha = 1;
  readonly poolTaoRao = 0;
  readonly poolAlphaRao = 0;
  readonly poolFee = 0;
  taoRao = 0;
  readonly registrationCostRao = 0;
  readonly topMultiplier = 1;
  readonly keys = [
    {
      key: 0,
      uid: 0,
      registeredMs: 0,
      workShare: 1,
      stakeRao: 0,
      paidRao: 0,
      receivedRao: 0,
      remainingRao: 0,
      heldShare: 1,
      heldDays: 0,
      multiplier: 1,
    },
  ];

  constructor(
    heldRao: number,
    readonly startMs: number,
  ) {
    this.lastCloseMs = startMs;
    this.keys[0].stakeRao = heldRao;
  }

  get stakeRao(): number {
    return this.keys[0].stakeRao;
  }

  close(timeMs: number, paidRao: number, nextCloseMs: number): void {
    this.timeMs = timeMs;
    this.isClose = true;
    this.epoch += 1;
    this.lastCloseMs = timeMs;
    this.nextCloseMs = nextCloseMs;
    this.keys[0].paidRao = paidRao;
    this.keys[0].stakeRao += paidRao;
  }

  wake(timeMs: number): void {
    this.timeMs = timeMs;
    this.isClose = false;
  }

  sell(alphaRao: number): void {
    this.keys[0].stakeRao -= alphaRao;
    this.taoRao += alphaRao;
  }

  proceedsRao(alphaRao: number): number {
    return alphaRao;
  }

  purchaseRao(taoRao: number): number {
    return taoRao;
  }

  multiplierAfterSale(): number {
    return 1;
  }

  others(): readonly [] {
    return [];
  }
}
