import type { WithdrawalOrder } from "../configuration.js";
import { InvariantError, TenureError } from "../errors.js";
import { floor } from "../kernel/math.js";
import { MAX_RAO, mulDivFloor } from "../money.js";
import { EXIT_REASONS } from "../tables/results.js";
import { ExitLog } from "./exit-log.js";
import { POSITION_STATE } from "./position-state.js";
import { Receipts } from "./receipts.js";
import { TRANCHE, TrancheStore } from "./tranche-store.js";
import { carryOf, shortHigh, shortLow, WEIGHTED_TIME, weightedHigh, weightedLow } from "./weighted-time.js";
import { planWithdrawal, type WithdrawalPlan } from "./withdrawal-plan.js";

const { STRIDE: STATE_STRIDE, TOTAL, BASIS_REMAINING, BASIS_RECEIVED, AGE_HIGH, AGE_LOW, AGED_MS } = POSITION_STATE;
const { INFLOW, EMISSION, MOVED_IN, OUTFLOW, MOVED_OUT, MANUAL, CARRY } = POSITION_STATE;
const { CELL_STRIDE, REMAINING, RECEIVED, ENTRY_MS, ID: TRANCHE_ID, ORIGIN_STRIDE } = TRANCHE;
const { HIGH_UNIT, INVERSE_HIGH_UNIT, P26, INVERSE_P26, P20, INVERSE_P20, SHORT_MS } = WEIGHTED_TIME;
const EXIT_STRIDE = ExitLog.STRIDE;
const LARGEST_RAO = MAX_RAO;

/** Sources of a tranche, as codes of `SOURCES`. */
export const MANUAL_SOURCE = 0;
export const EMISSION_SOURCE = 1;
const EMITTED = EMISSION_SOURCE;
/** Code of the exit reason that is not a sale: what is slashed counts as never received (mechanisms 2). */
const SLASH = EXIT_REASONS.indexOf("slash");

export interface LedgerRules {
  readonly withdrawalOrder: WithdrawalOrder;
  readonly equalTimes: "later_first" | "earlier_first";
  readonly onInvalid: "record" | "clamp" | "stop";
  /** Whether manual tranches count towards holding metrics, too. */
  readonly basisAllStake: boolean;
  /** Tranches that entered at or before it do not count; -1: all count. */
  readonly basisAfterMs: number;
  /** Keep what was received when, for metrics over a window. */
  readonly trackReceipts: boolean;
}

/** What the ledger tells its owner about besides exits. */
export interface LedgerListener {
  /** A withdrawal asked for more than there was. `taken` is 0 unless the rule is to clamp. */
  rejected(position: number, timeMs: number, requestedRao: number, heldRao: number, takenRao: number): void;
  /** A tranche is empty now. Only called when `reportsClosures`. */
  closed(position: number, source: number, timeMs: number, cell: number, origin: number): void;
  readonly reportsClosures: boolean;
  /** The place of the event being processed and the position's name, for errors. */
  describe(position: number): { readonly name: string; readonly place: object };
}

/**
 * The tranche ledger (mechanisms 3): every inflow and emission appends a tranche, every outflow takes from tranches in
 * the withdrawal order, moves carry tranches along with their age. Amounts are whole rao in doubles below 2^53.
 * Events must come in time order. All methods are O(tranches touched), a merge of two positions O(tranches of both).
 */
export class Ledger {
  readonly store: TrancheStore;
  readonly exits: ExitLog;
  /** What the last partial move took from which tranche, for a ledger that follows this one. */
  readonly touches = new ExitLog(64);
  readonly receipts: Receipts | null;
  /** `STATE_STRIDE` doubles a position; see `position-state.ts`. */
  state: Float64Array;
  /** Multiples of 2^52 carried out of the cumulative sums of `state`. */
  carries: Int32Array;
  /** Provenance of the event being processed; copied into the tranches it makes. */
  block = -1;
  extrinsic = -1;
  event = -1;
  private readonly fastNewestFirst: boolean;
  private readonly basisManual: boolean;
  private readonly basisAfterMs: number;
  private readonly reportsClosures: boolean;

  constructor(
    private readonly rules: LedgerRules,
    private readonly listener: LedgerListener,
    positions = 64,
    exitCapacity = 65_536,
  ) {
    this.store = new TrancheStore(positions * 2, positions * 2);
    this.exits = new ExitLog(exitCapacity);
    this.receipts = rules.trackReceipts ? new Receipts() : null;
    this.state = new Float64Array(positions * STATE_STRIDE);
    this.carries = new Int32Array(positions * STATE_STRIDE);
    this.fastNewestFirst = rules.withdrawalOrder === "filo" && rules.equalTimes === "later_first";
    this.basisManual = rules.basisAllStake;
    this.basisAfterMs = rules.basisAfterMs;
    this.reportsClosures = listener.reportsClosures;
  }

  /** Makes room for position numbers below `positions`. */
  ensurePositions(positions: number): void {
    if (positions * STATE_STRIDE > this.state.length) {
      const length = positions * STATE_STRIDE * 2;
      const state = new Float64Array(length);
      state.set(this.state);
      this.state = state;
      const carries = new Int32Array(length);
      carries.set(this.carries);
      this.carries = carries;
    }
    this.store.ensureLists(positions * 2);
  }

  /**
   * Appends a tranche.
   * @param tranche its id; ids grow with time
   * @throws TenureError TEN-LEDGER-001 when the position would hold more than 2^53 - 1 rao
   */
  credit(position: number, source: number, timeMs: number, amountRao: number, tranche: number): void {
    if (!(amountRao > 0 && amountRao <= LARGEST_RAO)) throw new InvariantError(`credit of ${amountRao} rao`);
    const state = this.state;
    const base = position * STATE_STRIDE;
    const total = state[base + TOTAL] + amountRao;
    if (total > LARGEST_RAO) throw this.overfull(position, total);
    state[base + TOTAL] = total;
    const store = this.store;
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
    this.count(base + flow, amountRao);
    if ((source === EMISSION_SOURCE || this.basisManual) && timeMs > this.basisAfterMs) {
      if (state[base + AGED_MS] !== timeMs) this.age(base, timeMs);
      state[base + BASIS_REMAINING] += amountRao;
      this.count(base + BASIS_RECEIVED, amountRao);
      if (this.receipts !== null) this.receipts.add(position, timeMs, tranche, amountRao);
    }
  }

  /**
   * `credit` of one emission each to many positions at one instant, tranche ids counting up from `firstTranche`.
   * The body of `credit` stands here once more, flat: a call would box every amount on its way in, and an epoch's
   * emission is half of all events.
   */
  creditEmission(positions: Int32Array, amountsRao: Float64Array, count: number, timeMs: number, firstTranche: number): void {
    const { store, state, block, extrinsic, event } = this;
    const counts = timeMs > this.basisAfterMs;
    for (let i = 0; i < count; i++) {
      const position = positions[i];
      const amountRao = amountsRao[i];
      if (!(amountRao > 0 && amountRao <= LARGEST_RAO)) throw new InvariantError("emission out of range");
      const base = position * STATE_STRIDE;
      const total = state[base + TOTAL] + amountRao;
      if (total > LARGEST_RAO) throw this.overfull(position, total);
      state[base + TOTAL] = total;
      const slot = store.append(position * 2 + EMITTED);
      const cell = slot * CELL_STRIDE;
      const cells = store.cells;
      cells[cell + REMAINING] = amountRao;
      cells[cell + RECEIVED] = amountRao;
      cells[cell + ENTRY_MS] = timeMs;
      cells[cell + TRANCHE_ID] = firstTranche + i;
      const origin = slot * ORIGIN_STRIDE;
      const origins = store.origins;
      origins[origin] = block;
      origins[origin + 1] = extrinsic;
      origins[origin + 2] = event;
      // `count`, flat where nothing can carry.
      const emission = state[base + EMISSION] + amountRao;
      if (emission < CARRY) state[base + EMISSION] = emission;
      else this.count(base + EMISSION, amountRao);
      if (!counts) continue;
      if (state[base + AGED_MS] !== timeMs) this.ageSlowly(base, timeMs);
      state[base + BASIS_REMAINING] += amountRao;
      const received = state[base + BASIS_RECEIVED] + amountRao;
      if (received < CARRY) state[base + BASIS_RECEIVED] = received;
      else this.count(base + BASIS_RECEIVED, amountRao);
      if (this.receipts !== null) this.receipts.add(position, timeMs, firstTranche + i, amountRao);
    }
  }

  /**
   * Takes from tranches in the withdrawal order; each touched tranche gets an exit.
   * @param reason code of `EXIT_REASONS`
   * @returns what was taken: `amountRao`, or what `on_invalid` says when there is less
   * @throws TenureError TEN-LEDGER-003 for more than there is under `on_invalid: stop`
   */
  debit(position: number, timeMs: number, amountRao: number, reason: number): number {
    const base = position * STATE_STRIDE;
    let amount = amountRao;
    if (amount > this.state[base + TOTAL]) amount = this.refuse(position, timeMs, amountRao);
    if (amount === 0) return 0;
    this.age(base, timeMs);
    this.exits.begin(timeMs, position, reason);
    if (this.fastNewestFirst) {
      this.takeNewestFirst(position, base, timeMs, amount, reason);
    } else {
      const plan = planWithdrawal(this.store, position, amount, this.rules.withdrawalOrder, this.rules.equalTimes);
      for (let i = 0; i < plan.count; i++) this.takeFromSlot(position, base, plan.list[i], plan.slot[i], timeMs, plan.take[i], reason);
      this.trim(position);
    }
    const state = this.state;
    state[base + TOTAL] -= amount;
    this.count(base + OUTFLOW, amount);
    return amount;
  }

  /**
   * Takes an amount from one tranche, whatever the withdrawal order; nothing when the position does not hold it.
   * For withdrawals that follow a recorded ledger tranche by tranche.
   */
  debitTranche(position: number, tranche: number, timeMs: number, amountRao: number, reason: number): void {
    if (amountRao === 0) return;
    const found = this.findTranche(position, tranche);
    if (found === -1) return;
    const base = position * STATE_STRIDE;
    this.age(base, timeMs);
    this.exits.begin(timeMs, position, reason);
    this.takeFromSlot(position, base, this.foundList, found, timeMs, amountRao, reason);
    this.trim(position);
    this.state[base + TOTAL] -= amountRao;
    this.count(base + OUTFLOW, amountRao);
  }

  /** What a tranche still holds, rao; 0 when the position does not hold it. */
  remainingOf(position: number, tranche: number): number {
    const slot = this.findTranche(position, tranche);
    return slot === -1 ? 0 : this.store.cells[slot * CELL_STRIDE + REMAINING];
  }

  /** Re-keys everything of a position onto another: all tranches and all that was ever received (mechanisms 3, moves). */
  moveAll(from: number, to: number, timeMs: number): number {
    if (from === to) return 0;
    const state = this.state;
    const a = from * STATE_STRIDE;
    const b = to * STATE_STRIDE;
    this.age(a, timeMs);
    this.age(b, timeMs);
    const amount = state[a + TOTAL];
    if (state[b + TOTAL] + amount > MAX_RAO) throw this.overfull(to, state[b + TOTAL] + amount);
    for (let source = 0; source < 2; source++) this.mergeList(from * 2 + source, to * 2 + source);
    for (const field of [TOTAL, BASIS_REMAINING, MANUAL, AGE_HIGH, AGE_LOW]) {
      state[b + field] += state[a + field];
      state[a + field] = 0;
    }
    this.normalise(b);
    this.carries[b + BASIS_RECEIVED] += this.carries[a + BASIS_RECEIVED];
    this.carries[a + BASIS_RECEIVED] = 0;
    this.count(b + BASIS_RECEIVED, state[a + BASIS_RECEIVED]);
    state[a + BASIS_RECEIVED] = 0;
    if (this.receipts !== null) this.receipts.moveAll(from, to);
    this.countMove(a, b, amount);
    return amount;
  }

  /**
   * Moves a part of a position to another, tranche by tranche in the withdrawal order. A tranche taken in part splits:
   * the moved part is a new tranche that carries floor(received * moved / remaining) and keeps the entry time.
   * Each touched tranche is put into `touches`.
   *
   * @param firstSplit id of the first split-off tranche; following ones count up
   * @returns how many ids were used
   */
  movePart(from: number, to: number, timeMs: number, amountRao: number, firstSplit: number): number {
    const plan = planWithdrawal(this.store, from, amountRao, this.rules.withdrawalOrder, this.rules.equalTimes);
    const target = this.state[to * STATE_STRIDE + TOTAL] + amountRao;
    if (target > MAX_RAO) throw this.overfull(to, target);
    return this.carryOver(plan, from, to, timeMs, amountRao, firstSplit);
  }

  /** Moves an amount of one tranche to another position; as `movePart`, for who follows a recorded ledger. */
  moveTranche(from: number, to: number, tranche: number, timeMs: number, amountRao: number, splitTranche: number): void {
    if (amountRao === 0) return;
    const slot = this.findTranche(from, tranche);
    if (slot === -1) return;
    const target = this.state[to * STATE_STRIDE + TOTAL] + amountRao;
    if (target > MAX_RAO) throw this.overfull(to, target);
    const plan: WithdrawalPlan = { count: 1, list: [this.foundList], slot: [slot], take: [amountRao] };
    this.carryOver(plan, from, to, timeMs, amountRao, splitTranche);
  }

  /** Lets a position that holds nothing forget what its retention basis ever received. */
  forget(position: number): void {
    const base = position * STATE_STRIDE;
    if (this.state[base + TOTAL] !== 0) throw new InvariantError("a position that holds stake cannot be started anew");
    this.state[base + BASIS_RECEIVED] = 0;
    this.carries[base + BASIS_RECEIVED] = 0;
    this.receipts?.forget(position);
  }

  /** Stake a position holds, rao. */
  totalOf(position: number): number {
    return this.state[position * STATE_STRIDE + TOTAL];
  }

  /** A cumulative field of a position, exactly. */
  cumulative(position: number, field: number): bigint {
    const index = position * STATE_STRIDE + field;
    return BigInt(this.carries[index]) * BigInt(CARRY) + BigInt(this.state[index]);
  }

  /** What is asked for beyond what is held: records it, and answers what may be taken. */
  refuse(position: number, timeMs: number, requestedRao: number): number {
    const held = this.state[position * STATE_STRIDE + TOTAL];
    if (this.rules.onInvalid === "stop") {
      const { name, place } = this.listener.describe(position);
      throw new TenureError({
        code: "TEN-LEDGER-003",
        what: `A withdrawal from position ${name} takes more than it holds.`,
        place: { ...place, timeMs },
        found: requestedRao,
        allowed: `at most ${held} rao`,
        hint: "Use ledger.on_invalid: record or clamp to go on, or complete the stream.",
      });
    }
    const taken = this.rules.onInvalid === "clamp" ? held : 0;
    this.listener.rejected(position, timeMs, requestedRao, held, taken);
    return taken;
  }

  private takeNewestFirst(position: number, base: number, timeMs: number, amount: number, reason: number): void {
    const store = this.store;
    const { cells, tail } = store;
    const state = this.state;
    const log = this.exits;
    let exits = log.exits;
    let exit = log.rows * EXIT_STRIDE;
    const manual = position * 2;
    const earned = manual + 1;
    const basisManual = this.basisManual;
    const basisAfterMs = this.basisAfterMs;
    const reportsClosures = this.reportsClosures;
    const isSlash = reason === SLASH;
    let left = amount;
    let basisTaken = 0;
    let manualTaken = 0;
    let high = state[base + AGE_HIGH];
    let low = state[base + AGE_LOW];
    while (left > 0) {
      const manualTail = tail[manual];
      const earnedTail = tail[earned];
      const isManual = earnedTail === -1 || (manualTail !== -1 && isNewer(cells, manualTail * CELL_STRIDE, earnedTail * CELL_STRIDE));
      const list = isManual ? manual : earned;
      const newest = isManual ? manualTail : earnedTail;
      const otherTail = isManual ? earnedTail : manualTail;
      const untilMs = otherTail === -1 ? -1 : cells[otherTail * CELL_STRIDE + ENTRY_MS];
      const untilTranche = otherTail === -1 ? -1 : cells[otherTail * CELL_STRIDE + TRANCHE_ID];
      const countsIn = !isManual || basisManual;
      const oldest = store.firstOfPage(list, newest);
      let slot = newest;
      let p11 = 0;
      let p01 = 0;
      let p10 = 0;
      let p00 = 0;
      // One page of one list, down to where the other list has the newer tranche.
      for (; slot >= oldest; slot--) {
        const cell = slot * CELL_STRIDE;
        const remaining = cells[cell + REMAINING];
        const entry = cells[cell + ENTRY_MS];
        const tranche = cells[cell + TRANCHE_ID];
        if (entry < untilMs || (entry === untilMs && tranche < untilTranche)) break;
        if (remaining === 0) continue;
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
        if (exit === exits.length) {
          log.grow();
          exits = log.exits;
        }
        exits[exit] = tranche;
        exits[exit + 1] = take;
        exits[exit + 2] = remaining;
        exit += EXIT_STRIDE;
        cells[cell + REMAINING] = remaining - take;
        if (isSlash) this.unreceive(position, base, list & 1, cell, take);
        if (take !== remaining) break;
        if (reportsClosures) this.listener.closed(position, list - manual, timeMs, cell, slot * ORIGIN_STRIDE);
        if (left === 0) {
          slot -= 1;
          break;
        }
      }
      store.cutTail(list, slot, oldest);
      const x1 = floor(p01 * INVERSE_P26);
      const y1 = floor(p10 * INVERSE_P20);
      high -= p11 + x1 + y1;
      low -= p00 + (p01 - x1 * P26) * P20 + (p10 - y1 * P20) * P26;
      const carry = floor(low * INVERSE_HIGH_UNIT);
      high += carry;
      low -= carry * HIGH_UNIT;
    }
    log.rows = exit / EXIT_STRIDE;
    state[base + MANUAL] -= manualTaken;
    state[base + BASIS_REMAINING] -= basisTaken;
    state[base + AGE_HIGH] = high;
    state[base + AGE_LOW] = low;
  }

  private takeFromSlot(position: number, base: number, list: number, slot: number, timeMs: number, take: number, reason: number): void {
    const cells = this.store.cells;
    const cell = slot * CELL_STRIDE;
    const remaining = cells[cell + REMAINING];
    const rest = remaining - take;
    if (rest < 0) throw new InvariantError(`${take} rao taken from tranche ${cells[cell + TRANCHE_ID]}, which holds ${remaining}`);
    const source = list & 1;
    if (source === MANUAL_SOURCE) this.state[base + MANUAL] -= take;
    const entry = cells[cell + ENTRY_MS];
    if (this.counts(source, entry)) {
      this.state[base + BASIS_REMAINING] -= take;
      this.weigh(base, -take, timeMs - entry);
    }
    this.exits.push(cells[cell + TRANCHE_ID], take, remaining);
    cells[cell + REMAINING] = rest;
    if (reason === SLASH) this.unreceive(position, base, source, cell, take);
    if (rest === 0 && this.reportsClosures) this.listener.closed(position, source, timeMs, cell, slot * ORIGIN_STRIDE);
  }

  /** Lets a tranche forget that it received `amountRao`. */
  private unreceive(position: number, base: number, source: number, cell: number, amountRao: number): void {
    const cells = this.store.cells;
    cells[cell + RECEIVED] -= amountRao;
    if (!this.counts(source, cells[cell + ENTRY_MS])) return;
    this.uncount(base + BASIS_RECEIVED, amountRao);
    if (this.receipts !== null) this.receipts.reduce(position, cells[cell + ENTRY_MS], cells[cell + TRANCHE_ID], amountRao);
  }

  private carryOver(plan: WithdrawalPlan, from: number, to: number, timeMs: number, amountRao: number, firstSplit: number): number {
    const store = this.store;
    const a = from * STATE_STRIDE;
    const b = to * STATE_STRIDE;
    let split = firstSplit;
    const carried: TrancheRecord[][] = [[], []];
    this.touches.clear();
    this.age(a, timeMs);
    this.age(b, timeMs);
    for (let i = 0; i < plan.count; i++) {
      const slot = plan.slot[i];
      const cell = slot * CELL_STRIDE;
      const cells = store.cells;
      const remaining = cells[cell + REMAINING];
      const moved = plan.take[i];
      if (moved === 0) continue;
      const whole = moved === remaining;
      const received = cells[cell + RECEIVED];
      const movedReceived = whole ? received : mulDivFloor(received, moved, remaining);
      const entry = cells[cell + ENTRY_MS];
      const tranche = cells[cell + TRANCHE_ID];
      const source = plan.list[i] & 1;
      this.touches.push(tranche, moved, remaining);
      cells[cell + REMAINING] = remaining - moved;
      cells[cell + RECEIVED] = received - movedReceived;
      const movedTranche = whole ? tranche : split++;
      carried[source].push({ remaining: moved, received: movedReceived, entry, tranche: movedTranche, origin: this.originOf(slot) });
      if (source === MANUAL_SOURCE) {
        this.state[a + MANUAL] -= moved;
        this.state[b + MANUAL] += moved;
      }
      if (this.counts(source, entry)) {
        this.state[a + BASIS_REMAINING] -= moved;
        this.state[b + BASIS_REMAINING] += moved;
        this.uncount(a + BASIS_RECEIVED, movedReceived);
        this.count(b + BASIS_RECEIVED, movedReceived);
        this.weigh(a, -moved, timeMs - entry);
        this.weigh(b, moved, timeMs - entry);
        if (this.receipts !== null) this.receipts.split(from, to, entry, tranche, movedTranche, movedReceived);
      }
    }
    this.trim(from);
    for (let source = 0; source < 2; source++) {
      if (carried[source].length > 0) this.mergeRecords(to * 2 + source, carried[source].sort(byEntry));
    }
    this.state[a + TOTAL] -= amountRao;
    this.state[b + TOTAL] += amountRao;
    this.countMove(a, b, amountRao);
    return split - firstSplit;
  }

  private countMove(a: number, b: number, amount: number): void {
    this.count(a + MOVED_OUT, amount);
    this.count(b + MOVED_IN, amount);
  }

  private mergeList(from: number, to: number): void {
    if (this.store.tail[from] === -1) return;
    if (this.store.tail[to] === -1) {
      this.store.moveList(from, to);
      return;
    }
    const records = this.recordsOf(from);
    this.store.clear(from);
    this.mergeRecords(to, records);
  }

  private mergeRecords(list: number, records: TrancheRecord[]): void {
    const tail = this.store.tail[list];
    const first = records[0];
    if (tail !== -1 && !isAfter(first, this.store.cells, tail * CELL_STRIDE)) {
      const all = this.recordsOf(list).concat(records).sort(byEntry);
      this.store.clear(list);
      for (const record of all) this.appendRecord(list, record);
      return;
    }
    for (const record of records) this.appendRecord(list, record);
  }

  private appendRecord(list: number, record: TrancheRecord): void {
    const slot = this.store.append(list);
    const cell = slot * CELL_STRIDE;
    const cells = this.store.cells;
    cells[cell + REMAINING] = record.remaining;
    cells[cell + RECEIVED] = record.received;
    cells[cell + ENTRY_MS] = record.entry;
    cells[cell + TRANCHE_ID] = record.tranche;
    this.store.origins.set(record.origin, slot * ORIGIN_STRIDE);
  }

  private recordsOf(list: number): TrancheRecord[] {
    const records: TrancheRecord[] = [];
    const cells = this.store.cells;
    for (let slot = this.store.head[list]; slot !== -1; slot = this.store.newer(list, slot)) {
      const cell = slot * CELL_STRIDE;
      if (cells[cell + REMAINING] === 0) continue;
      records.push({
        remaining: cells[cell + REMAINING],
        received: cells[cell + RECEIVED],
        entry: cells[cell + ENTRY_MS],
        tranche: cells[cell + TRANCHE_ID],
        origin: this.originOf(slot),
      });
    }
    return records;
  }

  private originOf(slot: number): readonly number[] {
    const origin = slot * ORIGIN_STRIDE;
    const origins = this.store.origins;
    return [origins[origin], origins[origin + 1], origins[origin + 2]];
  }

  /** Emptied tranches inside a list stay until an end reaches them; here the ends let go of theirs. */
  private trim(position: number): void {
    const store = this.store;
    for (let list = position * 2; list <= position * 2 + 1; list++) {
      while (store.tail[list] !== -1 && store.cells[store.tail[list] * CELL_STRIDE + REMAINING] === 0) store.popTail(list);
      while (store.head[list] !== -1 && store.cells[store.head[list] * CELL_STRIDE + REMAINING] === 0) store.popHead(list);
    }
  }

  private foundList = 0;

  /** The slot of a tranche (its list in `foundList`), searched from both ends at once; -1 when it is not held. */
  private findTranche(position: number, tranche: number): number {
    const store = this.store;
    const cells = store.cells;
    for (let list = position * 2 + 1; list >= position * 2; list--) {
      let newest = store.tail[list];
      let oldest = store.head[list];
      while (newest !== -1) {
        this.foundList = list;
        if (cells[newest * CELL_STRIDE + TRANCHE_ID] === tranche) return newest;
        if (cells[oldest * CELL_STRIDE + TRANCHE_ID] === tranche) return oldest;
        if (newest === oldest) break;
        newest = store.older(list, newest);
        if (newest === oldest) break;
        oldest = store.newer(list, oldest);
      }
    }
    return -1;
  }

  private counts(source: number, entryMs: number): boolean {
    return (source === EMISSION_SOURCE || this.basisManual) && entryMs > this.basisAfterMs;
  }

  /** Brings the sum of ages of a position to an instant: everything it holds got older by the same time. */
  age(base: number, timeMs: number): void {
    const state = this.state;
    const durationMs = timeMs - state[base + AGED_MS];
    if (durationMs === 0) return;
    state[base + AGED_MS] = timeMs;
    const amount = state[base + BASIS_REMAINING];
    if (amount === 0) return;
    let low = state[base + AGE_LOW];
    if (durationMs < SHORT_MS) {
      state[base + AGE_HIGH] += shortHigh(amount, durationMs);
      low += shortLow(amount, durationMs);
    } else {
      state[base + AGE_HIGH] += weightedHigh(amount, durationMs);
      low += weightedLow(amount, durationMs);
    }
    state[base + AGE_LOW] = low;
    if (low >= HIGH_UNIT) this.normalise(base);
  }

  /** `age`, kept out of line. */
  private ageSlowly(base: number, timeMs: number): void {
    this.age(base, timeMs);
  }

  private weigh(base: number, amount: number, ageMs: number): void {
    const state = this.state;
    state[base + AGE_HIGH] += weightedHigh(amount, ageMs);
    const low = state[base + AGE_LOW] + weightedLow(amount, ageMs);
    state[base + AGE_LOW] = low;
    if (low >= HIGH_UNIT || low < 0) this.normalise(base);
  }

  private normalise(base: number): void {
    const carry = carryOf(this.state[base + AGE_LOW]);
    this.state[base + AGE_HIGH] += carry;
    this.state[base + AGE_LOW] -= carry * HIGH_UNIT;
  }

  /**
   * Adds to a cumulative sum. Its low part stays below 2^52, so that adding an amount below 2^52 is exact; of a larger
   * one 2^52 is carried first.
   */
  private count(index: number, amountRao: number): void {
    let low = amountRao;
    if (low >= CARRY) {
      low -= CARRY;
      this.carries[index] += 1;
    }
    low += this.state[index];
    if (low >= CARRY) {
      low -= CARRY;
      this.carries[index] += 1;
    }
    this.state[index] = low;
  }

  private uncount(index: number, amountRao: number): void {
    let low = this.state[index] - amountRao;
    while (low < 0) {
      low += CARRY;
      this.carries[index] -= 1;
    }
    this.state[index] = low;
  }

  private overfull(position: number, total: number): TenureError {
    const { name, place } = this.listener.describe(position);
    return new TenureError({
      code: "TEN-LEDGER-001",
      what: `Position ${name} would hold more than a position can.`,
      place,
      found: total,
      allowed: `at most ${MAX_RAO} rao (2^53 - 1, about 9.007 million tokens)`,
      hint: "Split the position over several hotkeys or coldkeys, or check the amounts: they are rao, not tokens.",
    });
  }
}

interface TrancheRecord {
  readonly remaining: number;
  readonly received: number;
  readonly entry: number;
  readonly tranche: number;
  readonly origin: readonly number[];
}

function byEntry(a: TrancheRecord, b: TrancheRecord): number {
  return a.entry - b.entry || a.tranche - b.tranche;
}

function isAfter(record: TrancheRecord, cells: Float64Array, cell: number): boolean {
  const entry = cells[cell + ENTRY_MS];
  return record.entry > entry || (record.entry === entry && record.tranche > cells[cell + TRANCHE_ID]);
}

/** Is the tranche at `a` newer than the one at `b`: by entry time, then id? */
export function isNewer(cells: Float64Array, a: number, b: number): boolean {
  const entryA = cells[a + ENTRY_MS];
  const entryB = cells[b + ENTRY_MS];
  return entryA > entryB || (entryA === entryB && cells[a + TRANCHE_ID] > cells[b + TRANCHE_ID]);
}
