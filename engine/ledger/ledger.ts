import { InvariantError, TenureError } from "../kernel/errors.js";
import { MAX_RAO } from "../kernel/money.js";
import { creditEach } from "./emission-credit.js";
import { MANUAL_SOURCE } from "./ledger-rules.js";
import { LedgerState } from "./ledger-state.js";
import { carryOver, mergePositions } from "./moves.js";
import { takeEverything, takeNewestFirst } from "./newest-first.js";
import { POSITION_STATE } from "./position-state.js";
import { ROUNDING_RAO } from "./rounding.js";
import { SLASH, takeFromSlot } from "./taking.js";
import { TRANCHE } from "./tranche-store.js";
import { planWithdrawal } from "./withdrawal-plan.js";

export { EMISSION_SOURCE, type LedgerListener, type LedgerRules, MANUAL_SOURCE } from "./ledger-rules.js";

const { STRIDE: STATE_STRIDE, TOTAL, BASIS_REMAINING, BASIS_RECEIVED } = POSITION_STATE;
const { INFLOW, EMISSION, OUTFLOW, MANUAL } = POSITION_STATE;
const { CELL_STRIDE, REMAINING, RECEIVED, ENTRY_MS, ID: TRANCHE_ID, ORIGIN_STRIDE } = TRANCHE;
const LARGEST_RAO = MAX_RAO;

/**
 * The tranche ledger (docs/explanation/tranches.md): every inflow and emission appends a tranche, every outflow takes from tranches in
 * the withdrawal order, moves carry tranches along with their age. Amounts are whole rao in doubles below 2^53.
 * Events must come in time order. All methods are O(tranches touched), a merge of two positions O(tranches of both).
 */
export class Ledger extends LedgerState {
  /**
   * Appends a tranche.
   * @param source MANUAL_SOURCE or EMISSION_SOURCE
   * @param tranche its id; ids grow with time
   * @throws TenureError TEN-LEDGER-001 when the position would hold more than 2^53 - 1 rao
   */
  credit(position: number, source: number, timeMs: number, amountRao: number, tranche: number): void {
    if (!(amountRao > 0 && amountRao <= LARGEST_RAO)) throw new InvariantError(`credit of ${amountRao} rao`);
    const { store, states } = this;
    const state = states.values;
    const base = position * STATE_STRIDE;
    const total = state[base + TOTAL] + amountRao;
    if (total > LARGEST_RAO) throw this.overfull(position, total);
    state[base + TOTAL] = total;
    const slot = store.append(position * 2 + source);
    const cell = slot * CELL_STRIDE;
    const cells = store.cells;
    cells[cell + REMAINING] = amountRao;
    cells[cell + RECEIVED] = amountRao;
    cells[cell + ENTRY_MS] = timeMs;
    cells[cell + TRANCHE_ID] = tranche;
    const origin = slot * ORIGIN_STRIDE;
    const origins = store.origins;
    origins[origin] = this.block;
    origins[origin + 1] = this.extrinsic;
    origins[origin + 2] = this.event;
    let flow: number = EMISSION;
    if (source === MANUAL_SOURCE) {
      state[base + MANUAL] += amountRao;
      flow = INFLOW;
    }
    states.count(base + flow, amountRao);
    if (!this.counts(source, timeMs)) return;
    states.age(base, timeMs);
    state[base + BASIS_REMAINING] += amountRao;
    states.count(base + BASIS_RECEIVED, amountRao);
    this.follower?.added(position, timeMs, tranche, amountRao);
  }

  /**
   * `credit` of one emission each to many positions at one instant, tranche ids counting up from `firstTranche`.
   * @throws TenureError TEN-LEDGER-001, as `credit`
   */
  creditEmission(positions: Int32Array, amountsRao: Float64Array, count: number, timeMs: number, firstTranche: number): void {
    creditEach(this, positions, amountsRao, count, timeMs, firstTranche);
  }

  /**
   * Takes from tranches in the withdrawal order; each touched tranche gets an exit.
   * @param reason code of `EXIT_REASONS`
   * @returns what was taken: `amountRao`, or what `on_invalid` says when there is less
   * @throws TenureError TEN-LEDGER-003 for more than there is, by more than rounding, under `on_invalid: stop`
   */
  debit(position: number, timeMs: number, amountRao: number, reason: number): number {
    const { states, rules } = this;
    const base = position * STATE_STRIDE;
    const held = states.values[base + TOTAL];
    const amount = amountRao > held ? this.refuse(position, timeMs, amountRao) : amountRao;
    if (amount === 0) return 0;
    this.exits.begin(timeMs, position, reason);
    if (!this.newestFirst) {
      states.age(base, timeMs);
      const plan = planWithdrawal(this.store, position, amount, rules.withdrawalOrder, rules.equalTimes);
      for (let i = 0; i < plan.count; i++) takeFromSlot(this, position, plan.list[i], plan.slot[i], timeMs, plan.take[i], reason);
      this.store.trim(position);
    } else if (amount === held && reason !== SLASH) {
      takeEverything(this, position, timeMs, amount);
    } else {
      states.age(base, timeMs);
      takeNewestFirst(this, position, timeMs, amount, reason);
    }
    states.values[base + TOTAL] = held - amount;
    states.count(base + OUTFLOW, amount);
    return amount;
  }

  /**
   * Takes an amount from one tranche, whatever the withdrawal order; nothing when the position does not hold it.
   * For withdrawals that follow a recorded ledger tranche by tranche.
   */
  debitTranche(position: number, tranche: number, timeMs: number, amountRao: number, reason: number): void {
    if (amountRao === 0) return;
    const { store, states } = this;
    const slot = store.find(position, tranche);
    if (slot === -1) return;
    const base = position * STATE_STRIDE;
    states.age(base, timeMs);
    this.exits.begin(timeMs, position, reason);
    takeFromSlot(this, position, store.foundList, slot, timeMs, amountRao, reason);
    store.trim(position);
    states.values[base + TOTAL] -= amountRao;
    states.count(base + OUTFLOW, amountRao);
  }

  /** What a tranche still holds, rao; 0 when the position does not hold it. */
  remainingOf(position: number, tranche: number): number {
    const slot = this.store.find(position, tranche);
    return slot === -1 ? 0 : this.store.cells[slot * CELL_STRIDE + REMAINING];
  }

  /**
   * Re-keys everything of a position onto another: all tranches and all that was ever received (docs/explanation/tranches.md, moves).
   * @returns what was moved, rao
   * @throws TenureError TEN-LEDGER-001
   */
  moveAll(from: number, to: number, timeMs: number): number {
    return from === to ? 0 : mergePositions(this, from, to, timeMs);
  }

  /**
   * Moves a part of a position to another, tranche by tranche in the withdrawal order. A tranche taken in part splits:
   * the moved part is a new tranche that carries floor(received * moved / remaining) and keeps the entry time.
   * Each touched tranche is put into `touches`.
   *
   * @param firstSplit id of the first split-off tranche; following ones count up
   * @returns how many ids were used
   * @throws TenureError TEN-LEDGER-001
   */
  movePart(from: number, to: number, timeMs: number, amountRao: number, firstSplit: number): number {
    const plan = planWithdrawal(this.store, from, amountRao, this.rules.withdrawalOrder, this.rules.equalTimes);
    return carryOver(this, plan, from, to, timeMs, amountRao, firstSplit);
  }

  /** Moves an amount of one tranche to another position; as `movePart`, for who follows a recorded ledger. */
  moveTranche(from: number, to: number, tranche: number, timeMs: number, amountRao: number, splitTranche: number): void {
    if (amountRao === 0) return;
    const slot = this.store.find(from, tranche);
    if (slot === -1) return;
    carryOver(this, { count: 1, list: [this.store.foundList], slot: [slot], take: [amountRao] }, from, to, timeMs, amountRao, splitTranche);
  }

  /** Lets a position that holds nothing forget what its retention basis ever received. */
  forget(position: number): void {
    const base = position * STATE_STRIDE;
    if (this.state[base + TOTAL] !== 0) throw new InvariantError("a position that holds stake cannot be started anew");
    this.states.clear(base + BASIS_RECEIVED);
    this.follower?.forgotten(position);
  }

  /**
   * What is asked for beyond what is held: records it, and answers what may be taken. A few rao more than all are rounding,
   * whatever the rule: who sells everything must not stay a holder for the last bit of a division.
   */
  refuse(position: number, timeMs: number, requestedRao: number): number {
    const held = this.totalOf(position);
    if (requestedRao - held <= ROUNDING_RAO) {
      this.listener.rounded(position, timeMs, requestedRao - held);
      return held;
    }
    if (this.rules.onInvalid === "stop") {
      const { name, place } = this.listener.describe(position);
      throw new TenureError({
        code: "TEN-LEDGER-003",
        what: `A withdrawal from position ${name} takes more than it holds.`,
        place: { ...place, timeMs },
        found: requestedRao,
        allowed: `at most ${held} rao`,
        hint: "Use ledger.on_invalid: clamp to go on with what there is, or complete the stream.",
      });
    }
    const taken = this.rules.onInvalid === "clamp" ? held : 0;
    this.listener.rejected(position, timeMs, requestedRao, held, taken);
    return taken;
  }
}
