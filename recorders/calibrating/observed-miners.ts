import { FLOWS, InvariantError } from "../../engine/index.js";
import type { ObservedMiner } from "../../scenarios/index.js";
import type { SeenTables } from "./seen-tables.js";

const [EMISSION, MOVED_IN, MOVED_OUT, OUTFLOW] = (["emission", "moved_in", "moved_out", "outflow"] as const).map((flow) =>
  FLOWS.indexOf(flow),
);

/** The epochs of a subnet that paid miners, and who was paid. */
export interface ObservedEpochs {
  /** Ascending. */
  readonly epochEndsMs: Float64Array;
  readonly miners: readonly ObservedMiner[];
}

/** What is gathered of one miner. */
type Gathered = { -readonly [K in Exclude<keyof ObservedMiner, "salesMs">]: ObservedMiner[K] } & { salesMs: number[] };

/**
 * What the tables of a replay show of the miners of a subnet. Keys of a seat that was passed on are one miner, named as it was last.
 * @param fromMs epochs that end at it or before are not looked at; null: all are
 */
export function observedMiners(seen: SeenTables, netuid: number, fromMs: number | null): ObservedEpochs {
  const minerOf = lastKeys(seen, netuid);
  const epochEndsMs = paidEnds(seen, netuid, fromMs ?? -1);
  const miners = takePay(seen, epochEndsMs, minerOf, netuid);
  takeSales(seen, epochEndsMs, minerOf, miners);
  takeChanges(seen, epochEndsMs, minerOf, miners);
  return { epochEndsMs, miners: [...miners.values()] };
}

/** By position of the subnet: the last of the positions that its seat was passed on to; positions of other subnets are not there. */
function lastKeys({ positions, successions }: SeenTables, netuid: number): Map<number, number> {
  const last = new Map<number, number>();
  positions.forEach((position, at) => {
    if (position.netuid === netuid) last.set(at, at);
  });
  for (const { from, to } of successions) {
    const [old, taken] = [last.get(from), last.get(to)];
    if (old === undefined || taken === undefined || old === taken) continue;
    for (const [position, miner] of last) if (miner === old) last.set(position, taken);
  }
  return last;
}

/** Ends of the epochs that paid miners of a subnet. */
function paidEnds({ pay, positions, endsMs }: SeenTables, netuid: number, fromMs: number): Float64Array {
  const ends = endsMs.get(netuid);
  const paid = new Set<number>();
  const [epochs, payees] = [pay.epoch.values, pay.position.values];
  for (let row = 0; row < epochs.length; row++) {
    if (positions[payees[row]].netuid !== netuid) continue;
    const endMs = ends?.get(epochs[row]);
    if (endMs === undefined) throw new InvariantError(`epoch ${epochs[row]} of subnet ${netuid} has rewards and no end`);
    if (endMs > fromMs) paid.add(endMs);
  }
  return Float64Array.from(paid).sort();
}

function takePay(
  { pay, positions, endsMs }: SeenTables,
  epochEndsMs: Float64Array,
  minerOf: ReadonlyMap<number, number>,
  netuid: number,
): Map<number, Gathered> {
  const ends = endsMs.get(netuid) ?? new Map<number, number>();
  const miners = new Map<number, Gathered>();
  const [epochs, payees, amounts] = [pay.epoch.values, pay.position.values, pay.amountRao.values];
  for (let row = 0; row < epochs.length; row++) {
    const number = minerOf.get(payees[row]);
    if (number === undefined) continue;
    const endMs = ends.get(epochs[row]) ?? -1;
    const epoch = lastUpTo(epochEndsMs, endMs);
    // Before the time that is looked at.
    if (epoch < 0 || epochEndsMs[epoch] !== endMs) continue;
    let miner = miners.get(number);
    if (miner === undefined) {
      const { hotkey, coldkey, uid } = positions[number];
      const epochsLeft = epochEndsMs.length - epoch;
      miner = {
        hotkey,
        coldkey,
        uid,
        firstEpoch: epoch,
        lastEpoch: epoch,
        paidRao: new Float64Array(epochsLeft),
        soldRao: new Float64Array(epochsLeft),
        salesMs: [],
        heldAtStartRao: 0,
        broughtRao: 0,
        givenRao: 0,
        heldAtEndRao: 0,
      };
      miners.set(number, miner);
    }
    // Rows come in the order of epochs.
    miner.lastEpoch = epoch;
    miner.paidRao[epoch - miner.firstEpoch] += amounts[row];
  }
  return miners;
}

/** Sales from the first pay of a miner on; what else it lost is given. */
function takeSales(
  { exits }: SeenTables,
  epochEndsMs: Float64Array,
  minerOf: ReadonlyMap<number, number>,
  miners: ReadonlyMap<number, Gathered>,
): void {
  const [times, owners, amounts, sales] = [exits.timeMs.values, exits.position.values, exits.amountRao.values, exits.isSale.values];
  for (let row = 0; row < times.length; row++) {
    const miner = miners.get(minerOf.get(owners[row]) ?? -1);
    if (miner === undefined) continue;
    const epoch = lastUpTo(epochEndsMs, times[row]);
    if (epoch < miner.firstEpoch) continue;
    if (sales[row] === 0) {
      miner.givenRao += amounts[row];
      continue;
    }
    miner.soldRao[epoch - miner.firstEpoch] += amounts[row];
    if (miner.salesMs.at(-1) !== times[row]) miner.salesMs.push(times[row]);
  }
}

/** What a miner held before its first pay and at the end, and what came and went otherwise than by pay and exits. */
function takeChanges(
  { changes }: SeenTables,
  epochEndsMs: Float64Array,
  minerOf: ReadonlyMap<number, number>,
  miners: ReadonlyMap<number, Gathered>,
): void {
  const [times, owners, amounts] = [changes.timeMs.values, changes.position.values, changes.amountRao.values];
  const [others, flows] = [changes.other.values, changes.flow.values];
  for (let row = 0; row < times.length; row++) {
    const number = minerOf.get(owners[row]) ?? -1;
    const miner = miners.get(number);
    if (miner === undefined) continue;
    const amountRao = amounts[row];
    miner.heldAtEndRao += amountRao;
    if (times[row] < epochEndsMs[miner.firstEpoch]) {
      miner.heldAtStartRao += amountRao;
      continue;
    }
    const flow = flows[row];
    const isMove = flow === MOVED_IN || flow === MOVED_OUT;
    // Between keys of one miner nothing comes or goes; exits have what an outflow is for.
    if (flow === EMISSION || flow === OUTFLOW || (isMove && minerOf.get(others[row]) === number)) continue;
    if (amountRao > 0) miner.broughtRao += amountRao;
    else miner.givenRao -= amountRao;
  }
}

/** Index of the last of ascending instants that is not after one; -1: none. */
function lastUpTo(instantsMs: Float64Array, timeMs: number): number {
  let low = 0;
  let high = instantsMs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (instantsMs[middle] <= timeMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
