import { InvariantError } from "../kernel/errors.js";
import { EXIT_REASONS } from "../tables/results.js";
import { MANUAL_SOURCE } from "./ledger-rules.js";
import type { LedgerState } from "./ledger-state.js";
import { POSITION_STATE } from "./position-state.js";
import { TRANCHE } from "./tranche-store.js";

const { STRIDE: STATE_STRIDE, BASIS_REMAINING, BASIS_RECEIVED, MANUAL } = POSITION_STATE;
const { CELL_STRIDE, REMAINING, RECEIVED, ENTRY_MS, ID: TRANCHE_ID, ORIGIN_STRIDE } = TRANCHE;

/** Code of the exit reason that is not a sale: what is slashed counts as never received (docs/explanation/flows.md). */
export const SLASH = EXIT_REASONS.indexOf("slash");

/** Takes from one tranche of a position whose sum of ages stands at `timeMs`, whatever the withdrawal order. */
export function takeFromSlot(
  ledger: LedgerState,
  position: number,
  list: number,
  slot: number,
  timeMs: number,
  takeRao: number,
  reason: number,
): void {
  const { states, listener } = ledger;
  const { cells } = ledger.store;
  const base = position * STATE_STRIDE;
  const cell = slot * CELL_STRIDE;
  const remaining = cells[cell + REMAINING];
  const rest = remaining - takeRao;
  if (rest < 0) throw new InvariantError(`${takeRao} rao taken from tranche ${cells[cell + TRANCHE_ID]}, which holds ${remaining}`);
  const source = list & 1;
  if (source === MANUAL_SOURCE) states.values[base + MANUAL] -= takeRao;
  const entry = cells[cell + ENTRY_MS];
  if (ledger.counts(source, entry)) {
    states.values[base + BASIS_REMAINING] -= takeRao;
    states.weigh(base, -takeRao, timeMs - entry);
    ledger.follower?.taken(position, entry, cells[cell + TRANCHE_ID], takeRao);
  }
  ledger.exits.push(cells[cell + TRANCHE_ID], takeRao, remaining);
  cells[cell + REMAINING] = rest;
  if (reason === SLASH) reduceReceived(ledger, position, source, cell, takeRao);
  if (rest === 0 && listener.reportsClosures) listener.closed(position, source, timeMs, cell, slot * ORIGIN_STRIDE);
}

/** Lets a tranche forget that it received `amountRao`. */
export function reduceReceived(ledger: LedgerState, position: number, source: number, cell: number, amountRao: number): void {
  const { cells } = ledger.store;
  cells[cell + RECEIVED] -= amountRao;
  if (!ledger.counts(source, cells[cell + ENTRY_MS])) return;
  ledger.states.uncount(position * STATE_STRIDE + BASIS_RECEIVED, amountRao);
  ledger.follower?.unreceived(position, cells[cell + ENTRY_MS], cells[cell + TRANCHE_ID], amountRao);
}
