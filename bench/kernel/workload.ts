import { DAY_MS, math, randomStreams } from "../../engine/index.js";

/** A subnet-year as plain columns, so that every engine under test reads the same events. */
export interface Workload {
  readonly miners: number;
  readonly epochs: number;
  readonly startMs: number;
  readonly epochMs: number;
  /** rao a (epoch, miner), epoch after epoch. */
  readonly emissionRao: Float64Array;
  /** Manual events in time order. */
  readonly eventMs: Float64Array;
  readonly eventMiner: Int32Array;
  /** Above 0 adds, below 0 removes. */
  readonly eventRao: Float64Array;
}

const EPOCH_MS = DAY_MS / 20;
const START_MS = 1_735_689_600_000;
/** Manual events an epoch and miner. */
const MANUAL_EVENTS = 24.66 / 256;

/** How many events a workload has: an emission for each miner and epoch, and the manual ones. */
export function eventCount({ miners, epochs, eventMs }: Workload): number {
  return miners * epochs + eventMs.length;
}

/**
 * A synthetic subnet, the same for the same size: by default 256 miners, 7,300 epochs of 72 minutes and about 180,000
 * manual events, 2.05 million events in all. Half of the manual events remove stake; nine in ten of these all there is,
 * so that nearly every tranche is emptied at last.
 */
export function subnetYear(miners = 256, epochs = 7_300): Workload {
  const random = randomStreams(1, 0)("bench/kernel");
  const emissionRao = new Float64Array(miners * epochs);
  const balance = new Float64Array(miners);
  const eventMs: number[] = [];
  const eventMiner: number[] = [];
  const eventRao: number[] = [];
  const share = Float64Array.from({ length: miners }, () => 0.2 + random());
  const manual = MANUAL_EVENTS * miners;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const endMs = START_MS + (epoch + 1) * EPOCH_MS;
    for (let miner = 0; miner < miners; miner++) {
      const amount = math.floor(share[miner] * (0.9 + 0.2 * random()) * 576_000_000);
      emissionRao[epoch * miners + miner] = amount;
      balance[miner] += amount;
    }
    // At times strictly inside the next epoch.
    const count = math.floor(manual) + (random() < manual - math.floor(manual) ? 1 : 0);
    const times = Array.from({ length: count }, () => endMs + 1 + math.floor(random() * (EPOCH_MS - 2))).sort((a, b) => a - b);
    for (const timeMs of times) {
      const miner = math.floor(random() * miners);
      const logUniform = math.exp(random() * math.ln(1e6));
      let amount = math.floor(1e6 * logUniform);
      if (random() < 0.5) {
        const wanted = random() < 0.9 ? balance[miner] : amount;
        amount = -math.min(balance[miner], wanted);
        if (amount === 0) continue;
      }
      balance[miner] += amount;
      eventMs.push(timeMs);
      eventMiner.push(miner);
      eventRao.push(amount);
    }
  }
  return {
    miners,
    epochs,
    startMs: START_MS,
    epochMs: EPOCH_MS,
    emissionRao,
    eventMs: Float64Array.from(eventMs),
    eventMiner: Int32Array.from(eventMiner),
    eventRao: Float64Array.from(eventRao),
  };
}
