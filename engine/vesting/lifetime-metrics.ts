import { floor as exactFloor } from "../kernel/math.js";
import { DAY_MS } from "../kernel/time.js";
import { POSITION_STATE } from "../ledger/position-state.js";
import { WEIGHTED_TIME, weightedHigh, weightedLow } from "../ledger/weighted-time.js";

const { STRIDE: STATE_STRIDE, BASIS_REMAINING, BASIS_RECEIVED, AGE_HIGH, AGE_LOW, AGED_MS, MASK } = POSITION_STATE;
const { HIGH_UNIT, INVERSE_HIGH_UNIT, P26, INVERSE_P26, P20, INVERSE_P20, SHORT_MS } = WEIGHTED_TIME;
const MS_PER_DAY = DAY_MS;
const floor = exactFloor;

/**
 * Exact lifetime metrics of many positions at an instant (docs/explanation/holding.md), by index; `receivedRao` and `heldShare` are
 * those of a position whose received sum never carried. A quarter of the kernel's work, so two positions are read at a
 * time: the compiler checks and loads each array once an iteration, and the calls are inlined.
 */
export function readLifetimes(
  state: Float64Array,
  positions: Int32Array,
  count: number,
  nowMs: number,
  receivedRao: Float64Array,
  remainingRao: Float64Array,
  heldShare: Float64Array,
  heldDays: Float64Array,
): void {
  // Taking 0 off makes an unboxed number of a parameter, once instead of at every use.
  const now = nowMs - 0;
  let i = 0;
  for (; i < count - 1; i += 2) {
    readLifetime(state, positions, i, now, receivedRao, remainingRao, heldShare, heldDays);
    readLifetime(state, positions, i + 1, now, receivedRao, remainingRao, heldShare, heldDays);
  }
  if (i < count) readLifetime(state, positions, i, now, receivedRao, remainingRao, heldShare, heldDays);
}

/** Brings the position's sum of ages to the instant (as `PositionStates.age`) and measures. */
function readLifetime(
  state: Float64Array,
  positions: Int32Array,
  i: number,
  now: number,
  receivedRao: Float64Array,
  remainingRao: Float64Array,
  heldShare: Float64Array,
  heldDays: Float64Array,
): void {
  const base = (positions[i] & MASK) * STATE_STRIDE;
  const durationMs = now - state[base + AGED_MS];
  const remaining = state[base + BASIS_REMAINING];
  let high = state[base + AGE_HIGH];
  let low = state[base + AGE_LOW];
  if (durationMs !== 0 && remaining !== 0) {
    if (durationMs < SHORT_MS) {
      const a1 = floor(remaining * INVERSE_P26);
      const y = a1 * durationMs;
      const y1 = floor(y * INVERSE_P20);
      high += y1;
      low += (remaining - a1 * P26) * durationMs + (y - y1 * P20) * P26;
    } else {
      high += weightedHigh(remaining, durationMs);
      low += weightedLow(remaining, durationMs);
    }
    const carry = floor(low * INVERSE_HIGH_UNIT);
    high += carry;
    low -= carry * HIGH_UNIT;
    state[base + AGE_HIGH] = high;
    state[base + AGE_LOW] = low;
  }
  state[base + AGED_MS] = now;
  const received = state[base + BASIS_RECEIVED];
  receivedRao[i] = received;
  remainingRao[i] = remaining;
  heldShare[i] = remaining === 0 ? 0 : remaining / received;
  heldDays[i] = remaining === 0 ? 0 : (high * HIGH_UNIT + low) / remaining / MS_PER_DAY;
}
