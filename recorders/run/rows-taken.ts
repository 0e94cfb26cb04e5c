import type { StreamKind } from "../../engine/index.js";

/** Kinds whose rows are the state after a block: one at the very start says what there is at the start. */
const STATES: readonly StreamKind[] = [
  "balances",
  "metagraph",
  "price",
  "weights",
  "validator_weights",
  "collateral",
  "scores",
  "tao_price",
];
/**
 * Kinds that are history where they lie before the start: a composition rests on the whole window that is recorded, and what
 * was published is in force until the next (docs/explanation/index-fund.md).
 */
const HISTORY: readonly StreamKind[] = ["emission_rate", "index_weights"];

/** Is a kind read whole, wherever the run starts? */
export function isHistory(kind: StreamKind): boolean {
  return HISTORY.includes(kind);
}

/** The first instant of which a run takes the rows of a recorded stream. */
export function firstTakenMs(kind: StreamKind, startMs: number): number {
  if (isHistory(kind)) return 0;
  // Pay, and what else ends an epoch, is at the very start of the epoch before. What comes after pay at an instant is of the run.
  return STATES.includes(kind) || kind === "registry" || kind === "stake" ? startMs : startMs + 1;
}
