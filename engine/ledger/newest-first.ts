import { InvariantError } from "../kernel/errors.js";
import { floor as exactFloor } from "../kernel/math.js";
import { ExitLog } from "./exit-log.js";
import type { LedgerState } from "./ledger-state.js";

import { POSITION_STATE } from "./position-state.js";
import { reduceReceived, SLASH } from "./taking.js";
import { TRANCHE } from "./tranche-store.js";
import { WEIGHTED_TIME } from "./weighted-time.js";

const { STRIDE: STATE_STRIDE, BASIS_REMAINING, AGE_HIGH, AGE_LOW, AGED_MS, MANUAL } = POSITION_STATE;
const { CELL_STRIDE, REMAINING, ENTRY_MS, ID: TRANCHE_ID, ORIGIN_STRIDE, PAGE_TRANCHES, SLOT_MASK } = TRANCHE;
const { HIGH_UNIT, INVERSE_HIGH_UNIT, P26, INVERSE_P26, P20, INVERSE_P20 } = WEIGHTED_TIME;
const EXIT_STRIDE = ExitLog.STRIDE;
const floor = exactFloor;
const slashed = SLASH;

/**
 * Takes all that a position holds, newest tranche first. Nothing is left to have an age, so none is summed. The commonest
 * withdrawal there is, and that of most tranches.
 */
export function takeEverything(ledger: LedgerState, position: number, timeMs: number, amountRao: number): void {
  const { store, exits: log } = ledger;
  const { cells, tail } = store;
  const { reportsClosures } = ledger.listener;
  const manual = position * 2;
  const earned = manual + 1;
  // Taking 0 off makes an unboxed number of a parameter; else `left` would be boxed anew for every tranche.
  let left = amountRao - 0;
  for (;;) {
    const manualTail = tail[manual];
    const earnedTail = tail[earned];
    if (manualTail === -1 && earnedTail === -1) break;
    // One page of one list, down to where the other list has the newer tranche.
    const isManual = earnedTail === -1 || (manualTail !== -1 && isNewer(cells, manualTail, earnedTail));
    const list = isManual ? manual : earned;
    const newest = isManual ? manualTail : earnedTail;
    const other = isManual ? earnedTail : manualTail;
    const oldest = store.firstOfPage(list, newest);
    const last = other === -1 || isNewer(cells, oldest, other) ? oldest : lastNewer(cells, newest, other);
    const exits = log.room(PAGE_TRANCHES);
    let exit = log.rows * EXIT_STRIDE;
    for (let slot = newest; slot >= last; slot--) {
      const cell = (slot & SLOT_MASK) * CELL_STRIDE;
      const remaining = cells[cell + REMAINING];
      if (remaining === 0) continue;
      left -= remaining;
      exits[exit] = cells[cell + TRANCHE_ID];
      exits[exit + 1] = remaining;
      exits[exit + 2] = remaining;
      exit += EXIT_STRIDE;
    }
    log.rows = exit / EXIT_STRIDE;
    if (reportsClosures) reportClosed(ledger, list, newest, last, timeMs);
    store.cutTail(list, last - 1, oldest);
  }
  if (left !== 0) throw new InvariantError(`the tranches of position ${position} and its total differ by ${left} rao`);
  const state = ledger.states.values;
  const base = position * STATE_STRIDE;
  state[base + MANUAL] = 0;
  state[base + BASIS_REMAINING] = 0;
  state[base + AGE_HIGH] = 0;
  state[base + AGE_LOW] = 0;
  state[base + AGED_MS] = timeMs;
}

function reportClosed({ store, listener }: LedgerState, list: number, newest: number, last: number, timeMs: number): void {
  for (let slot = newest; slot >= last; slot--) {
    const cell = slot * CELL_STRIDE;
    if (store.cells[cell + REMAINING] === 0) continue;
    store.cells[cell + REMAINING] = 0;
    listener.closed(list >> 1, list & 1, timeMs, cell, slot * ORIGIN_STRIDE);
  }
}

/** Takes an amount that a position holds, newest tranche first. Its sum of ages stands at `timeMs`. */
export function takeNewestFirst(ledger: LedgerState, position: number, timeMs: number, amountRao: number, reason: number): void {
  const { store, exits: log, rules, listener } = ledger;
  const { cells, tail } = store;
  const { basisAllStake, basisAfterMs } = rules;
  const { reportsClosures } = listener;
  const state = ledger.states.values;
  const base = position * STATE_STRIDE;
  const manual = position * 2;
  const earned = manual + 1;
  const isSlash = reason === slashed;
  let left = amountRao - 0;
  let basisTaken = 0;
  let manualTaken = 0;
  let high = state[base + AGE_HIGH];
  let low = state[base + AGE_LOW];
  while (left > 0) {
    const manualTail = tail[manual];
    const earnedTail = tail[earned];
    // One page of one list, down to where the other list has the newer tranche.
    const isManual = earnedTail === -1 || (manualTail !== -1 && isNewer(cells, manualTail, earnedTail));
    const list = isManual ? manual : earned;
    const newest = isManual ? manualTail : earnedTail;
    const other = isManual ? earnedTail : manualTail;
    const countsIn = !isManual || basisAllStake;
    const oldest = store.firstOfPage(list, newest);
    const last = other === -1 || isNewer(cells, oldest, other) ? oldest : lastNewer(cells, newest, other);
    const exits = log.room(PAGE_TRANCHES);
    let exit = log.rows * EXIT_STRIDE;
    let slot = newest;
    let p11 = 0;
    let p01 = 0;
    let p10 = 0;
    let p00 = 0;
    for (; slot >= last; slot--) {
      const cell = (slot & SLOT_MASK) * CELL_STRIDE;
      const remaining = cells[cell + REMAINING];
      if (remaining === 0) continue;
      const entry = cells[cell + ENTRY_MS];
      const take = left < remaining ? left : remaining;
      left -= take;
      if (isManual) manualTaken += take;
      if (countsIn && entry > basisAfterMs) {
        basisTaken += take;
        // The partial products of weighted-time.ts; each is below 2^49, so those of a page sum exactly.
        const age = timeMs - entry;
        const a1 = floor(take * INVERSE_P26);
        const a0 = take - a1 * P26;
        const t1 = floor(age * INVERSE_P20);
        const t0 = age - t1 * P20;
        p11 += a1 * t1;
        p01 += a0 * t1;
        p10 += a1 * t0;
        p00 += a0 * t0;
      }
      exits[exit] = cells[cell + TRANCHE_ID];
      exits[exit + 1] = take;
      exits[exit + 2] = remaining;
      exit += EXIT_STRIDE;
      cells[cell + REMAINING] = remaining - take;
      if (isSlash) reduceReceived(ledger, position, list & 1, cell, take);
      if (take !== remaining) break;
      if (reportsClosures) listener.closed(position, list & 1, timeMs, cell, slot * ORIGIN_STRIDE);
      if (left === 0) {
        slot -= 1;
        break;
      }
    }
    log.rows = exit / EXIT_STRIDE;
    store.cutTail(list, slot, oldest);
    const x1 = floor(p01 * INVERSE_P26);
    const y1 = floor(p10 * INVERSE_P20);
    high -= p11 + x1 + y1;
    low -= p00 + (p01 - x1 * P26) * P20 + (p10 - y1 * P20) * P26;
    const carry = floor(low * INVERSE_HIGH_UNIT);
    high += carry;
    low -= carry * HIGH_UNIT;
  }
  state[base + MANUAL] -= manualTaken;
  state[base + BASIS_REMAINING] -= basisTaken;
  state[base + AGE_HIGH] = high;
  state[base + AGE_LOW] = low;
}

/** The last slot of a page, from `newest` down, whose tranche is newer than the one in slot `other` of the other list. */
function lastNewer(cells: Float64Array, newest: number, other: number): number {
  let slot = newest;
  while (isNewer(cells, slot - 1, other)) slot--;
  return slot;
}

/** Is the tranche in slot `a` newer than the one in `b`: by entry time, then id? */
function isNewer(cells: Float64Array, a: number, b: number): boolean {
  const cellA = (a & SLOT_MASK) * CELL_STRIDE;
  const cellB = (b & SLOT_MASK) * CELL_STRIDE;
  const entryA = cells[cellA + ENTRY_MS];
  const entryB = cells[cellB + ENTRY_MS];
  return entryA > entryB || (entryA === entryB && cells[cellA + TRANCHE_ID] > cells[cellB + TRANCHE_ID]);
}
