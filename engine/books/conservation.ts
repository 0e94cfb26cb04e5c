import { InvariantError } from "../kernel/errors.js";
import { AuditedLedger } from "../ledger/audited-ledger.js";
import type { Ledger } from "../ledger/ledger.js";
import { POSITION_STATE } from "../ledger/position-state.js";
import type { World } from "./world.js";

const { INFLOW, EMISSION, MOVED_IN, OUTFLOW, MOVED_OUT } = POSITION_STATE;

/**
 * Everything that anybody owns: positions, accounts, and positions that have an account.
 * @throws InvariantError naming the sum, or whose it is, and both values
 */
export function checkConservation(world: World): void {
  checkPositions(world);
  checkAccounts(world);
}

/**
 * The sums over all positions that must agree (docs/explanation/exactness.md): remaining = inflow + emission - outflow + from_outside,
 * each as the run counted it, and as the positions did; and the same of the recorded positions, as they did.
 *
 * @throws InvariantError naming the sum and both values
 */
function checkPositions(world: World): void {
  const { book, flowTotals } = world;
  const { remaining, inflow, emission, outflow, movedIn, movedOut } = sumsOf(book.simulated, world.positions.count);
  const { inflowRao, outflowRao, fromOutsideRao } = flowTotals;
  const [runInflow, runEmission, runOutflow, fromOutside] = [inflowRao, book.emissionRao, outflowRao, fromOutsideRao].map((sum) =>
    sum.toBigInt(),
  );
  same("remaining and inflow + emission - outflow + from_outside", remaining, runInflow + runEmission - runOutflow + fromOutside);
  same("inflow of the positions and inflow + from_outside of the run", inflow, runInflow + fromOutside);
  same("emission of the positions and of the run", emission, runEmission);
  same("outflow of the positions and of the run", outflow, runOutflow);
  same("moved_in and moved_out", movedIn, movedOut);
  if (!book.twins) return;
  const recorded = sumsOf(book.recorded, world.positions.count);
  same("recorded remaining and inflow + emission - outflow", recorded.remaining, recorded.inflow + recorded.emission - recorded.outflow);
  same("recorded moved_in and moved_out", recorded.movedIn, recorded.movedOut);
}

/**
 * The accounts by themselves, and that each position which has one holds what is in it, instalments that are not yet due included.
 * @throws InvariantError naming the account or position and both values
 */
export function checkAccounts({ accounts, holdings, book, positions, schedules }: World): void {
  accounts.audit();
  const { mirrored } = holdings;
  if (mirrored.held.length === 0) return;
  const promised = new Map<number, number>();
  for (const { position, amountRao, paidRao } of schedules?.all ?? []) {
    if (paidRao < amountRao) promised.set(position, (promised.get(position) ?? 0) + amountRao - paidRao);
  }
  for (const position of mirrored.held) {
    const owedRao = book.totalOf(position) + (promised.get(position) ?? 0);
    const countedRao = mirrored.balanceRao(position);
    if (owedRao !== countedRao) {
      throw new InvariantError(`audit: position ${positions.nameOf(position)} is owed ${owedRao} rao and its account holds ${countedRao}`);
    }
  }
}

function sumsOf(ledger: Ledger, positions: number) {
  const [inflow, emission, outflow, movedIn, movedOut] = [INFLOW, EMISSION, OUTFLOW, MOVED_IN, MOVED_OUT].map((field) => {
    let sum = 0n;
    for (let position = 0; position < positions; position++) sum += ledger.cumulative(position, field);
    return sum;
  });
  let remaining = 0n;
  for (let position = 0; position < positions; position++) remaining += BigInt(ledger.totalOf(position));
  return { remaining, inflow, emission, outflow, movedIn, movedOut };
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
