import type { StreamKind } from "../../engine/index.js";

/** Kinds whose rows are the state after a block: one at the very start says what there is at the start. */
const STATES: readonly StreamKind[] = ["balances", "metagraph", "price", "weights"];
/**
 * Kinds that are history where they lie before the start: a composition rests on the whole window that is recorded, and what
 * was published is in force until the next (docs/explanation/index-fund.md).
 */
const HISTORY: readonly StreamKind[] = ["emission_rate", "index_weights"];

/** Is a kind read whole, wherever the run starts? */
export function isHistory(kind: StreamKind): boolean {
  return HISTORY.includes(kind);
}

/**
 * The first instant of which a run takes the rows of a recorded stream.
 * @param balancesAreRecorded by any stream of the scenario
 */
export function firstTakenMs(kind: StreamKind, startMs: number, balancesAreRecorded: boolean): number {
  if (isHistory(kind)) return 0;
  return countsFromStart(kind, balancesAreRecorded) ? startMs : startMs + 1;
}

/** Is a row at the very start of the run? Extrinsics come after the epoch that ends at their instant. */
function countsFromStart(kind: StreamKind, balancesAreRecorded: boolean): boolean {
  if (STATES.includes(kind) || kind === "registry") return true;
  // A balance at the start holds the stake events of its block already; of seats it says nothing.
  return kind === "stake" && !balancesAreRecorded;
}
