import { InvariantError } from "../kernel/errors.js";
import { MAX_RAO } from "../kernel/money.js";
import { EMISSION_SOURCE } from "./ledger-rules.js";
import type { LedgerState } from "./ledger-state.js";
import { POSITION_STATE } from "./position-state.js";
import { TRANCHE } from "./tranche-store.js";

const { STRIDE: STATE_STRIDE, TOTAL, BASIS_REMAINING, BASIS_RECEIVED, EMISSION, AGED_MS, CARRY, MASK } = POSITION_STATE;
const { CELL_STRIDE, REMAINING, RECEIVED, ENTRY_MS, ID: TRANCHE_ID, ORIGIN_STRIDE, SLOT_MASK } = TRANCHE;
const LARGEST_RAO = MAX_RAO;
const EMITTED = EMISSION_SOURCE;

/** `LedgerState.creditEmission`. */
export function creditEach(
  ledger: LedgerState,
  positions: Int32Array,
  amountsRao: Float64Array,
  count: number,
  timeMs: number,
  firstTranche: number,
): void {
  const { states, follower, rules } = ledger;
  const counts = timeMs > rules.basisAfterMs;
  ledger.store.reserve(count);
  const done = creditAged(ledger, positions, amountsRao, 0, count, timeMs, firstTranche, counts);
  if (done < count) {
    states.ageEach(positions, done, count, timeMs);
    creditAged(ledger, positions, amountsRao, done, count, timeMs, firstTranche, counts);
  }
  if (!counts || follower === null) return;
  for (let i = 0; i < count; i++) follower.added(positions[i], timeMs, firstTranche + i, amountsRao[i]);
}

/**
 * The body of `LedgerState.credit`, flat: a call for each would box its amount, and emission is nine tenths of all events. It
 * takes positions from `first` on, as long as their sums of ages stand at `timeMs`, which they do where the epoch's
 * metrics were read just before.
 * @returns the index of the first position that must be brought to `timeMs` before; `end` when there is none
 */
function creditAged(
  ledger: LedgerState,
  positions: Int32Array,
  amountsRao: Float64Array,
  first: number,
  end: number,
  timeMs: number,
  firstTranche: number,
  counts: boolean,
): number {
  const { store, states, block, extrinsic, event } = ledger;
  const { cells, origins } = store;
  const state = states.values;
  // Taking 0 off makes an unboxed number of a parameter, once instead of at every use.
  const now = timeMs - 0;
  const tranche = firstTranche - 0;
  for (let i = first; i < end; i++) {
    const position = positions[i] & MASK;
    const base = position * STATE_STRIDE;
    if (counts && state[base + AGED_MS] !== now) return i;
    const amountRao = amountsRao[i];
    if (!(amountRao > 0 && amountRao <= LARGEST_RAO)) throw new InvariantError(`emission of ${amountRao} rao`);
    const total = state[base + TOTAL] + amountRao;
    if (total > LARGEST_RAO) throw ledger.overfull(position, total);
    state[base + TOTAL] = total;
    const emission = state[base + EMISSION] + amountRao;
    if (emission < CARRY) state[base + EMISSION] = emission;
    else states.count(base + EMISSION, amountRao);
    if (counts) {
      state[base + BASIS_REMAINING] += amountRao;
      const received = state[base + BASIS_RECEIVED] + amountRao;
      if (received < CARRY) state[base + BASIS_RECEIVED] = received;
      else states.count(base + BASIS_RECEIVED, amountRao);
    }
    const slot = store.appendReserved(position * 2 + EMITTED) & SLOT_MASK;
    const cell = slot * CELL_STRIDE;
    cells[cell + REMAINING] = amountRao;
    cells[cell + RECEIVED] = amountRao;
    cells[cell + ENTRY_MS] = now;
    cells[cell + TRANCHE_ID] = tranche + i;
    const origin = slot * ORIGIN_STRIDE;
    origins[origin] = block;
    origins[origin + 1] = extrinsic;
    origins[origin + 2] = event;
  }
  return end;
}
