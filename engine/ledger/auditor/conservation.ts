import { InvariantError } from "../../kernel/errors.js";
import { type AuditedTranche, olderFirst, sumRemaining } from "./tranche.js";

/** A position as the auditor keeps it: every tranche it ever had (emptied ones too), older first, and its flows. */
export interface AuditedPosition {
  tranches: AuditedTranche[];
  /** Sums over the position's life, rao. */
  inflow: bigint;
  emission: bigint;
  movedIn: bigint;
  outflow: bigint;
  movedOut: bigint;
  /** What tranches received that the position forgot, when a snapshot started it anew. */
  forgotten: bigint;
}

/**
 * What is always true of a position (docs/explanation/exactness.md):
 * remaining = inflow + emission + moved_in - outflow - moved_out; manual + earned = total;
 * 0 <= remaining <= received; exits and splits of a tranche account for the rest.
 *
 * @throws InvariantError naming the position and the sums
 */
export function checkPosition(id: number, position: AuditedPosition): void {
  const { inflow, emission, movedIn, outflow, movedOut, tranches } = position;
  const remaining = sumRemaining(tranches);
  const balance = inflow + emission + movedIn - outflow - movedOut;
  if (remaining !== balance) {
    fail(
      id,
      `remaining ${remaining} but inflow ${inflow} + emission ${emission} + moved_in ${movedIn} - outflow ${outflow} - moved_out ${movedOut} = ${balance}`,
    );
  }
  const manual = sumRemaining(tranches.filter((tranche) => tranche.source === "manual"));
  const earned = sumRemaining(tranches.filter((tranche) => tranche.source === "emission"));
  if (manual + earned !== remaining) fail(id, `manual ${manual} + earned ${earned} but total ${remaining}`);
  for (let i = 0; i < tranches.length; i++) {
    if (i > 0 && olderFirst(tranches[i - 1], tranches[i]) >= 0) fail(id, `tranche ${tranches[i].id} is out of order`);
    checkTranche(id, tranches[i]);
  }
}

function checkTranche(position: number, tranche: AuditedTranche): void {
  const { id, received, remaining, bornReceived, bornRemaining, exited, slashed, splitReceived, splitRemaining } = tranche;
  if (remaining < 0n || remaining > received) fail(position, `tranche ${id} has remaining ${remaining} of received ${received}`);
  if (bornRemaining !== remaining + exited + splitRemaining) {
    fail(position, `tranche ${id} began with ${bornRemaining} but remaining ${remaining} + exits ${exited} + splits ${splitRemaining}`);
  }
  if (bornReceived !== received + slashed + splitReceived) {
    fail(
      position,
      `tranche ${id} began with received ${bornReceived} but received ${received} + slashed ${slashed} + splits ${splitReceived}`,
    );
  }
}

/**
 * What is always true of all positions together: what moves took out of one went into another, and every rao ever
 * credited is still in the `received` of some tranche, or was slashed or forgotten.
 */
export function checkTotals(positions: ReadonlyMap<number, AuditedPosition>): void {
  let credited = 0n;
  let received = 0n;
  let slashed = 0n;
  let forgotten = 0n;
  let movedIn = 0n;
  let movedOut = 0n;
  for (const position of positions.values()) {
    credited += position.inflow + position.emission;
    movedIn += position.movedIn;
    movedOut += position.movedOut;
    forgotten += position.forgotten;
    for (const tranche of position.tranches) {
      received += tranche.received;
      slashed += tranche.slashed;
    }
  }
  if (movedIn !== movedOut) throw new InvariantError(`all positions: moved_in ${movedIn} but moved_out ${movedOut}`);
  if (credited !== received + slashed + forgotten) {
    throw new InvariantError(`all positions: credited ${credited} but received ${received} + slashed ${slashed} + forgotten ${forgotten}`);
  }
}

function fail(position: number, what: string): never {
  throw new InvariantError(`position ${position}: ${what}`);
}
