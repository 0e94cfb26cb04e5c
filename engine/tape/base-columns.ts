import type { EpochTape } from "./epoch-tape.js";

/** What of a tape is the same for every rule that only multiplies: shares before it, and who took part. */
export interface BaseColumns {
  /** By row the base share, 0..1; of an epoch in which nobody has a weight 0. */
  readonly share: Float64Array;
  /** By row the miner's number among those of all subnets. */
  readonly miner: Int32Array;
  /** How many of these numbers there are, and by number the index of its subnet. */
  readonly miners: number;
  readonly subnetOf: Int32Array;
  /** Netuids, ascending, and by epoch the index of its own. */
  readonly netuids: readonly number[];
  readonly subnet: Int32Array;
  /** By epoch: base share of who is outside, of all miners, the same times held share, and how many have any. */
  readonly outsideShare: Float64Array;
  readonly minersShare: Float64Array;
  readonly heldShare: Float64Array;
  readonly sharers: Int32Array;
}

export function baseColumns(tape: EpochTape): BaseColumns {
  const { epochs, firstRow } = tape;
  const rows = firstRow[epochs];
  const netuids = [...new Set(tape.netuid)].sort((a, b) => a - b);
  const subnet = Int32Array.from(tape.netuid, (netuid) => netuids.indexOf(netuid));
  const offsets = offsetsOf(tape, subnet, netuids.length);
  const miners = offsets[netuids.length];
  const columns = {
    share: new Float64Array(rows),
    miner: new Int32Array(rows),
    miners,
    subnetOf: new Int32Array(miners),
    netuids,
    subnet,
    outsideShare: new Float64Array(epochs),
    minersShare: new Float64Array(epochs),
    heldShare: new Float64Array(epochs),
    sharers: new Int32Array(epochs),
  };
  for (let s = 0; s < netuids.length; s++) columns.subnetOf.fill(s, offsets[s], offsets[s + 1]);
  for (let epoch = 0; epoch < epochs; epoch++) fillEpoch(tape, epoch, offsets[subnet[epoch]], columns);
  return columns;
}

/** By subnet the first number of its miners, and behind the last one how many there are in all. */
function offsetsOf({ epochs, members }: EpochTape, subnet: Int32Array, subnets: number): Int32Array {
  const offsets = new Int32Array(subnets + 1);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const next = subnet[epoch] + 1;
    if (members[epoch] > offsets[next]) offsets[next] = members[epoch];
  }
  for (let s = 1; s <= subnets; s++) offsets[s] += offsets[s - 1];
  return offsets;
}

function fillEpoch(
  tape: EpochTape,
  epoch: number,
  offset: number,
  { share, miner, outsideShare, minersShare, heldShare, sharers }: BaseColumns,
): void {
  const { base, member } = tape;
  const baseSum = tape.baseSum[epoch];
  const end = tape.firstRow[epoch + 1];
  let all = 0;
  let held = 0;
  let count = tape.outside[epoch] > 0 ? 1 : 0;
  for (let row = tape.firstRow[epoch]; row < end; row++) {
    const one = baseSum > 0 ? base[row] / baseSum : 0;
    share[row] = one;
    miner[row] = offset + member[row];
    all += one;
    held += one * tape.heldShare[row];
    if (base[row] > 0) count += 1;
  }
  outsideShare[epoch] = baseSum > 0 ? tape.outside[epoch] / baseSum : 0;
  minersShare[epoch] = all;
  heldShare[epoch] = held;
  sharers[epoch] = count;
}
