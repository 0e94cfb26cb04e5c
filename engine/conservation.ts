import { InvariantError } from "./errors.js";
import { AuditedLedger } from "./ledger/audited-ledger.js";
import { POSITION_STATE } from "./ledger/position-state.js";
import { ExactSum } from "./money.js";
import type { World } from "./world.js";

const { INFLOW, EMISSION, MOVED_IN, OUTFLOW, MOVED_OUT } = POSITION_STATE;

/**
 * The sums over all positions that must agree (mechanisms 3): remaining = inflow + emission - outflow, each as the run
 * counted it, and as the positions did.
 *
 * @throws InvariantError naming the sum and both values
 */
export function checkConservation(world: World): void {
  const { book, positions } = world;
  const remaining = new ExactSum();
  const flows = [INFLOW, EMISSION, OUTFLOW, MOVED_IN, MOVED_OUT].map((field) => {
    let sum = 0n;
    for (let position = 0; position < positions.count; position++) sum += book.simulated.cumulative(position, field);
    return sum;
  });
  for (let position = 0; position < positions.count; position++) remaining.add(book.totalOf(position));
  const [inflow, emission, outflow, movedIn, movedOut] = flows;
  const [runInflow, runEmission, runOutflow] = [world.inflowRao, book.emissionRao, world.outflowRao].map((sum) => sum.toBigInt());
  same("remaining and inflow + emission - outflow", remaining.toBigInt(), runInflow + runEmission - runOutflow);
  same("inflow of the positions and of the run", inflow, runInflow);
  same("emission of the positions and of the run", emission, runEmission);
  same("outflow of the positions and of the run", outflow, runOutflow);
  same("moved_in and moved_out", movedIn, movedOut);
}

/**
 * Compares every position of every ledger of the run with the auditor's, tranche by tranche.
 * @throws InvariantError naming the position, the event and both values
 */
export function checkLedgers(world: World): void {
  for (const ledger of new Set([world.book.simulated, world.book.recorded])) if (ledger instanceof AuditedLedger) ledger.checkAll();
}

function same(what: string, found: bigint, expected: bigint): void {
  if (found !== expected) throw new InvariantError(`audit: all positions: ${what} are ${found} and ${expected} rao`);
}
