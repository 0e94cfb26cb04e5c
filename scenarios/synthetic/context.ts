import type { AddressBook } from "../../engine/index.js";

/** Where and when a synthetic stream is made. */
export interface SyntheticContext {
  /** Name of the stream in the scenario; its addresses start with it. */
  readonly name: string;
  readonly seed: number;
  readonly replicate: number;
  readonly netuid: number;
  readonly startMs: number;
  /** Included. */
  readonly endMs: number;
  readonly tempoBlocks: number;
  /** Takes the addresses of all miners and owners, in uid order, before any row is made. */
  readonly addresses: AddressBook;
  /**
   * Instants at which a recorded stream marks the end of an epoch, or shows balances or pay, ascending: the epochs end there
   * instead of every tempo.
   */
  readonly epochEndsMs?: Iterable<number> | undefined;
  /**
   * Whether those instants are marks, each of which ends an epoch. Of others, those less than a tempo after the last end are
   * passed over, because recordings hold snapshots and pay inside epochs too.
   */
  readonly endsAreMarked?: boolean | undefined;
}
