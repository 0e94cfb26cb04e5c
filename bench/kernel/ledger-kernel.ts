import { HoldingMetrics, Ledger, MULTIPLIER_RULE_REGISTRY, type MultiplierRuleConfiguration } from "../../engine/index.js";
import type { KernelFigures } from "./kernel-figures.js";
import type { Workload } from "./workload.js";

const RULE: MultiplierRuleConfiguration = {
  rule: "geometric",
  retentionTarget: 0.9,
  retentionWindowDays: 30,
  maxMultiplier: 1.5,
  amountTiers: [],
  timeTiers: [],
};

/** Epochs of output kept: what an epoch measures overwrites what the epoch 64 before did. */
const RING_EPOCHS = 64;
/** Exits kept before they count as handed over, as the engine does with its batches. */
const EXITS_KEPT = 32_768;

/** The engine's own ledger and metrics over the workload: manual events, then each epoch metrics of all, then emission. */
export function runLedgerKernel(workload: Workload): KernelFigures {
  const { miners, epochs, startMs, epochMs, emissionRao } = workload;
  const ledger = new Ledger(
    {
      withdrawalOrder: "filo",
      equalTimes: "later_first",
      onInvalid: "stop",
      basisAllStake: false,
      basisAfterMs: -1,
      windowed: false,
      wholeDays: false,
    },
    {
      movedAll: () => undefined,
      reportsClosures: false,
      rejected: () => undefined,
      rounded: () => undefined,
      closed: () => undefined,
      describe: (position) => ({ name: String(position), place: {} }),
    },
    miners,
  );
  const metrics = new HoldingMetrics(ledger, {
    basisAllStake: false,
    basisAfterMs: -1,
    scope: "lifetime",
    windowDays: 30,
    rounding: "exact",
  });
  const multiplierOf = MULTIPLIER_RULE_REGISTRY.geometric.bind(RULE);
  const received = new Float64Array(miners);
  const remaining = new Float64Array(miners);
  const share = new Float64Array(miners);
  const daysRing = Array.from({ length: RING_EPOCHS }, () => new Float64Array(miners));
  const multiplierRing = Array.from({ length: RING_EPOCHS }, () => new Float64Array(miners));
  const everyone = Int32Array.from({ length: miners }, (_, miner) => miner);
  const sums = new Float64Array(2);
  let next = 0;
  let tranche = 0;
  let exits = 0;
  let heldDaysSum = 0;
  let multiplierSum = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const endMs = startMs + (epoch + 1) * epochMs;
    const first = next;
    next = bookManual(workload, ledger, next, endMs, tranche);
    tranche += next - first;
    if (ledger.exits.rows > EXITS_KEPT) {
      exits += ledger.exits.rows;
      ledger.exits.clear();
    }
    const days = daysRing[epoch % RING_EPOCHS];
    metrics.readAll(everyone, miners, endMs, received, remaining, share, days);
    multiply(multiplierOf, received, share, days, multiplierRing[epoch % RING_EPOCHS], sums);
    heldDaysSum += sums[0];
    multiplierSum += sums[1];
    const row = epoch * miners;
    ledger.creditEmission(everyone, emissionRao.subarray(row, row + miners), miners, endMs, tranche);
    tranche += miners;
  }
  bookManual(workload, ledger, next, Number.POSITIVE_INFINITY, tranche);
  exits += ledger.exits.rows;
  let remainingRao = 0;
  for (let miner = 0; miner < miners; miner++) remainingRao += ledger.totalOf(miner);
  return { exits, remainingRao, heldDaysSum, multiplierSum };
}

/** Books the manual events before `endMs`, from `first` on; tranche ids count events. Returns the event after them. */
function bookManual(workload: Workload, ledger: Ledger, first: number, endMs: number, firstTranche: number): number {
  const { eventMs, eventMiner, eventRao } = workload;
  let next = first;
  for (; next < eventMs.length && eventMs[next] < endMs; next++) {
    const amount = eventRao[next];
    if (amount > 0) ledger.credit(eventMiner[next], 0, eventMs[next], amount, firstTranche + next - first);
    else ledger.debit(eventMiner[next], eventMs[next], -amount, 0);
  }
  return next;
}

/** The multiplier of every miner; the sums of days and multipliers go into `sums`. */
function multiply(
  multiplierOf: (heldShare: number, heldDays: number) => number,
  received: Float64Array,
  share: Float64Array,
  days: Float64Array,
  multipliers: Float64Array,
  sums: Float64Array,
): void {
  let daysSum = 0;
  let multiplierSum = 0;
  for (let miner = 0; miner < multipliers.length; miner++) {
    const held = days[miner];
    const multiplier = received[miner] > 0 ? multiplierOf(share[miner], held) : 1;
    multipliers[miner] = multiplier;
    daysSum += held;
    multiplierSum += multiplier;
  }
  sums[0] = daysSum;
  sums[1] = multiplierSum;
}
