import type { AddressBook } from "../../../engine/index.js";
import type { OpenRun } from "../../results/open-run.js";
import { TableCursor } from "./table-cursor.js";

/** A position of the run: whose it is, and what it came to. */
export interface RunPosition {
  readonly netuid: number;
  /** Ids of the address book. */
  readonly hotkey: number;
  readonly coldkey: number;
  /** Code of `ROLES`, as in the table `positions`. */
  readonly role: number;
  readonly stakeRao: bigint;
  readonly paidRao: bigint;
}

/** One name for all that one swap of keys on one subnet takes along, of positions that differ in one key. */
export function swapOf(from: RunPosition, to: RunPosition): string {
  return from.coldkey === to.coldkey
    ? `${from.netuid} hotkey ${from.hotkey} ${to.hotkey}`
    : `${from.netuid} coldkey ${from.coldkey} ${to.coldkey}`;
}

/** The positions of a run by number; their addresses are met in that order. */
export async function readPositions(run: OpenRun, book: AddressBook): Promise<RunPosition[]> {
  const positions: RunPosition[] = [];
  const rows = new TableCursor(run, "positions");
  for (; await rows.refill(); rows.advance()) {
    positions[rows.number("position")] = {
      netuid: rows.number("netuid"),
      hotkey: book.intern(rows.text("hotkey")),
      coldkey: book.intern(rows.text("coldkey")),
      role: rows.number("role"),
      stakeRao: BigInt(rows.number("stake_rao")),
      paidRao: BigInt(rows.text("paid_rao")),
    };
  }
  return positions;
}
