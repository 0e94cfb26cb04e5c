import type { Subnet } from "../books/subnet.js";
import type { Measurements } from "../vesting/measurements.js";
import type { EpochSheet } from "./epoch-sheet.js";

/**
 * Whose epochs close: gives what is of its own, who shares and by which weights before any rule, and its own tables. What all
 * have alike (measuring, numbers of epochs, the shared tables, figures) `EpochClose` does.
 */
export interface EpochSource {
  /** Is the pot shared by weights? Otherwise rows are paid what they say, and shares are only computed. */
  readonly shares: boolean;
  /** Does the rule of the run count for its miners? Otherwise they are measured, and no more. */
  readonly ruled: boolean;
  /** Does a redistribution by threshold cut small weights where no factor differs from 1? */
  readonly cutsUnmultiplied: boolean;
  /** Is the multiplier of `emission.recorded_rule` to be divided out of what its rows say? */
  readonly dividesOut: boolean;
  /** The highest score of who is ranked in the epoch that was gathered, 0 where nobody is; null: pay is not made of scores. */
  readonly highestScore: number | null;
  /** How it pays the rows of an epoch at its end; null: out of the payroll, what is not booked yet. */
  readonly pays: RowPayer | null;

  /** Fills the sheet at the end of an epoch: places and base weights of the miners, pot; rows are in the group of the subnet. */
  gather(subnet: Subnet, sheet: EpochSheet): void;
  /** The pot is shared: what of pay is still to change, before it is booked. */
  settle(sheet: EpochSheet): void;
  /** The epoch is booked and recorded: what else is to be booked or written. */
  closed(subnet: Subnet, sheet: EpochSheet, measured: Measurements): void;
}

/** Pays a row of a subnet's group; more than 0 rao. */
export type RowPayer = (row: number, endMs: number, paidRao: number, role: number) => void;
