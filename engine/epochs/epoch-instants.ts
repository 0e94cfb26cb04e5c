import type { Subnet } from "../books/subnet.js";

/** Emission that waits for the end of an epoch, or to be booked inside one. */
export interface WaitingEmission {
  /** Is told of an instant that pays, at the first of its rows. */
  onInstant: ((timeMs: number) => void) | null;
  /** Hands over the subnets with rows of the instant, in order of netuid. */
  handOver(): readonly Subnet[];
}

/** Recorded ends of epochs. */
export interface EpochMarks {
  /** Is told of a mark; the block is -1 where it is not known. */
  onMark: ((subnet: Subnet, timeMs: number, block: number) => void) | null;
}
