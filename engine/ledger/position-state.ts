/**
 * The running state of a position: sixteen doubles side by side (two cache lines), so that an event touches one place.
 * Cumulative sums may pass 2^53 over a lifetime: whole multiples of CARRY are carried into `carries` at the same index.
 *
 * One object, to be taken apart into constants of the module that uses it: V8 folds a module's own constants into the
 * code it makes, but reads an imported one from memory each time, which costs the kernel half its speed.
 */
export const POSITION_STATE = {
  STRIDE: 16,
  /** Stake held now, rao. */
  TOTAL: 0,
  /** Held now by tranches of the retention basis, rao. */
  BASIS_REMAINING: 1,
  /** Ever received by tranches of the retention basis (cumulative), rao. */
  BASIS_RECEIVED: 2,
  /** Sum of remaining * age (ms) over the basis, as of AGED_MS, is AGE_HIGH * 2^46 + AGE_LOW, exactly. */
  AGE_HIGH: 3,
  AGE_LOW: 4,
  /** Cumulative flows, rao: remaining = inflow + emission + moved_in - outflow - moved_out. */
  INFLOW: 5,
  EMISSION: 6,
  MOVED_IN: 7,
  OUTFLOW: 8,
  MOVED_OUT: 9,
  /** Held now by manual tranches, rao; the rest of TOTAL was earned. */
  MANUAL: 10,
  /** Instant that the sum of ages stands at, ms. */
  AGED_MS: 11,
  /** What a carry is worth: 2^52. */
  CARRY: 4_503_599_627_370_496,
} as const;
