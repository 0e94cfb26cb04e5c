import { MAX_RAO, mulDivFloor } from "../kernel/money.js";
import { MANUAL_SOURCE } from "./ledger-rules.js";
import type { LedgerState } from "./ledger-state.js";
import { POSITION_STATE } from "./position-state.js";
import { mergeRecords, originOf, recordsOf, type TrancheRecord } from "./tranche-records.js";
import { TRANCHE } from "./tranche-store.js";
import type { WithdrawalPlan } from "./withdrawal-plan.js";

const { STRIDE: STATE_STRIDE, TOTAL, BASIS_REMAINING, BASIS_RECEIVED, AGE_HIGH, AGE_LOW } = POSITION_STATE;
const { MOVED_IN, MOVED_OUT, MANUAL } = POSITION_STATE;
const { CELL_STRIDE, REMAINING, RECEIVED, ENTRY_MS, ID: TRANCHE_ID } = TRANCHE;
/** What the target of a merge simply adds to its own. */
const ADDED = [TOTAL, BASIS_REMAINING, MANUAL, AGE_HIGH, AGE_LOW];

/** Hands all tranches of a position, and all that it ever received, over to another; the amount, rao. */
export function mergePositions(ledger: LedgerState, from: number, to: number, timeMs: number): number {
  const { states } = ledger;
  const state = states.values;
  const a = from * STATE_STRIDE;
  const b = to * STATE_STRIDE;
  const amount = state[a + TOTAL];
  requireRoom(ledger, to, amount);
  states.age(a, timeMs);
  states.age(b, timeMs);
  for (let source = 0; source < 2; source++) mergeLists(ledger, from * 2 + source, to * 2 + source);
  for (const field of ADDED) {
    state[b + field] += state[a + field];
    state[a + field] = 0;
  }
  states.normalise(b);
  states.handOver(a + BASIS_RECEIVED, b + BASIS_RECEIVED);
  ledger.follower?.movedAll(from, to);
  states.count(a + MOVED_OUT, amount);
  states.count(b + MOVED_IN, amount);
  if (ledger.listener.reportsClosures) ledger.listener.movedAll(from, to, timeMs);
  return amount;
}

/**
 * Carries the parts of tranches that a plan names over to another position, and notes them in `ledger.touches`.
 * A part is a new tranche, numbered from `firstSplit`; a whole one keeps its id.
 * @returns how many ids were used
 */
export function carryOver(
  ledger: LedgerState,
  plan: WithdrawalPlan,
  from: number,
  to: number,
  timeMs: number,
  amountRao: number,
  firstSplit: number,
): number {
  const { store, states, follower, touches } = ledger;
  requireRoom(ledger, to, amountRao);
  const state = states.values;
  const cells = store.cells;
  const a = from * STATE_STRIDE;
  const b = to * STATE_STRIDE;
  let split = firstSplit;
  const carried: TrancheRecord[][] = [[], []];
  touches.clear();
  states.age(a, timeMs);
  states.age(b, timeMs);
  for (let i = 0; i < plan.count; i++) {
    const moved = plan.take[i];
    if (moved === 0) continue;
    const slot = plan.slot[i];
    const cell = slot * CELL_STRIDE;
    const remaining = cells[cell + REMAINING];
    const received = cells[cell + RECEIVED];
    const entry = cells[cell + ENTRY_MS];
    const tranche = cells[cell + TRANCHE_ID];
    const source = plan.list[i] & 1;
    const whole = moved === remaining;
    const movedReceived = whole ? received : mulDivFloor(received, moved, remaining);
    const movedTranche = whole ? tranche : split++;
    touches.push(tranche, moved, remaining);
    cells[cell + REMAINING] = remaining - moved;
    cells[cell + RECEIVED] = received - movedReceived;
    carried[source].push({ remaining: moved, received: movedReceived, entry, tranche: movedTranche, origin: originOf(store, slot) });
    if (source === MANUAL_SOURCE) {
      state[a + MANUAL] -= moved;
      state[b + MANUAL] += moved;
    }
    if (!ledger.counts(source, entry)) continue;
    state[a + BASIS_REMAINING] -= moved;
    state[b + BASIS_REMAINING] += moved;
    states.uncount(a + BASIS_RECEIVED, movedReceived);
    states.count(b + BASIS_RECEIVED, movedReceived);
    states.weigh(a, -moved, timeMs - entry);
    states.weigh(b, moved, timeMs - entry);
    follower?.split(from, to, entry, tranche, movedTranche, moved, movedReceived);
  }
  store.trim(from);
  for (let source = 0; source < 2; source++) mergeRecords(store, to * 2 + source, carried[source]);
  state[a + TOTAL] -= amountRao;
  state[b + TOTAL] += amountRao;
  states.count(a + MOVED_OUT, amountRao);
  states.count(b + MOVED_IN, amountRao);
  return split - firstSplit;
}

function requireRoom(ledger: LedgerState, position: number, amountRao: number): void {
  const total = ledger.totalOf(position) + amountRao;
  if (total > MAX_RAO) throw ledger.overfull(position, total);
}

function mergeLists({ store }: LedgerState, from: number, to: number): void {
  if (store.tail[from] === -1) return;
  if (store.tail[to] === -1) {
    store.moveList(from, to);
    return;
  }
  const records = recordsOf(store, from);
  store.clear(from);
  mergeRecords(store, to, records);
}
