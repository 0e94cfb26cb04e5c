/**
 * The total order (docs/explanation/total-order.md), written once: (time, phase, extrinsic, event, source, sequence). Inside one instant:
 *
 * 1. prices, and what needs all prices of the instant: NAV, staleness, rebalancing
 * 2. epochs that end there, whatever ended them - an emission or the clock. The emission of the instant is taken together
 *    and belongs to the epoch that ends with it; metrics, multipliers and weights are read *before* anything of the instant
 *    is booked, because the chain pays before a block's extrinsics and nobody's pay may depend on what came after it. Then
 *    instalments of schedules that are due
 * 3. extrinsics: stake and registry rows of all streams together, by extrinsic, then event; after them the snapshots
 *    (`balances`, `metagraph`), which are the state after the block
 * 4. validators: base weights, submissions for the epoch that ended, consensus, slashing. So a weight stamped exactly at the
 *    end of an epoch counts from the next one
 * 5. agents decide and trade
 * 6. recording
 *
 * So an epoch is [start, end): what happens to stake at its last instant is of the next one. Source is the stream's number in
 * the scenario, sequence its row. What the engine schedules (`agenda.ts`) comes after the stream rows of its time and phase,
 * by rank.
 */
export const PHASE_PRICES = 1;
export const PHASE_EPOCHS = 2;
export const PHASE_EXTRINSICS = 3;
export const PHASE_VALIDATORS = 4;
export const PHASE_AGENTS = 5;
export const PHASE_RECORDING = 6;

/** Of what is scheduled for one time and phase, the lower rank is first. */
export const RANK = {
  /** Recorded pay that is booked inside an epoch. */
  BOOKING: 0,
  /** Epochs of recorded subnets, by netuid. */
  EPOCHS: 1,
  /** An index subnet; its epoch is the last that ends. */
  INDEX: 2,
  INSTALMENTS: 3,
  /** Removals that were kept back for an addition of their extrinsic. */
  PAIRS: 4,
  /** Miners who decide for themselves, by netuid. */
  MINERS: 5,
} as const;

/** Where something stands in the order. */
export interface OrderKey {
  /** Infinity: nowhere, it is over. */
  readonly timeMs: number;
  readonly phase: number;
  /** -1: before the first of the block; snapshots and scheduled work are after the last. */
  readonly extrinsic: number;
  readonly event: number;
  /** Number of the stream, or rank of scheduled work. */
  readonly source: number;
}

/** Extrinsic of snapshots: later than any extrinsic. */
export const AFTER_EXTRINSICS = 2_147_483_647;
/** Extrinsic of scheduled work: later than any row. */
export const AFTER_ROWS = Number.POSITIVE_INFINITY;

/** Does `a` come before `b`? */
export function comesBefore(a: OrderKey, b: OrderKey): boolean {
  if (a.timeMs !== b.timeMs) return a.timeMs < b.timeMs;
  if (a.phase !== b.phase) return a.phase < b.phase;
  if (a.extrinsic !== b.extrinsic) return a.extrinsic < b.extrinsic;
  if (a.event !== b.event) return a.event < b.event;
  return a.source < b.source;
}

/** The one merge: which of several sources is next; undefined: all are over. */
export function earliest<K extends OrderKey>(sources: readonly K[]): K | undefined {
  let first: K | undefined;
  for (let i = 0; i < sources.length; i++) {
    const source = sources[i];
    if (source.timeMs !== Number.POSITIVE_INFINITY && (first === undefined || comesBefore(source, first))) first = source;
  }
  return first;
}
