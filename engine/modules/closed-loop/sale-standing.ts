import type { World } from "../../books/world.js";
import { unitsOf } from "../../kernel/decimal.js";
import { floor, max, min } from "../../kernel/math.js";
import { DAY_MS } from "../../kernel/time.js";
import type { Ledger } from "../../ledger/ledger.js";
import { TRANCHE } from "../../ledger/tranche-store.js";
import { planWithdrawal } from "../../ledger/withdrawal-plan.js";
import { WithdrawalWalk } from "../../ledger/withdrawal-walk.js";
import { HoldingMetrics } from "../../vesting/holding-metrics.js";

const { CELL_STRIDE, ENTRY_MS, REMAINING } = TRANCHE;

/**
 * What of a position's retention basis would be left if part of its stake were sold at an instant. The tranches are gone through once,
 * as far as anybody asks, and remembered as running sums: whoever looks for the best amount asks of one position again and again.
 */
export class SaleStanding {
  /** What was read; -1: nothing. */
  position = -1;
  nowMs = 0;
  aheadMs = 0;
  /** What the rule compares with a minimum, after the sale. */
  stakeRao = 0;
  receivedRao = 0;
  /** After the sale that was asked for last: what remains of the basis, and its sum of remaining * age, in ms or whole days. */
  leftRao = 0;
  ages = 0;
  readonly isWhole: boolean;
  readonly #metrics: HoldingMetrics;
  readonly #ledger: Ledger;
  readonly #walk: WithdrawalWalk;
  readonly #windowMs: number;
  /** When ages are taken: whole days those of when the rule looks, others now. */
  #agedMs = 0;
  /** Since when a tranche must have come to count, Unix ms. */
  #after = 0;
  /** Tranches gone through, in the order of a withdrawal. */
  #count = 0;
  /** Of each: what it and all before it hold; whether it counts, its age; and what is left, and its ages, once it is taken whole. */
  #takenRao = new Float64Array(64);
  #counts = new Uint8Array(64);
  #age = new Float64Array(64);
  #left = new Float64Array(64);
  #ages = new Float64Array(64);
  #startRao = 0;
  #startAges = 0;
  /** Stake of the position, and of all that are measured with it. */
  #ownRao = 0;
  #allRao = 0;
  #seats = 1;

  constructor(private readonly world: World) {
    const { vesting } = world.configuration;
    this.#ledger = world.book.simulated;
    this.#walk = new WithdrawalWalk(this.#ledger.store);
    this.isWhole = vesting.rounding === "whole_days";
    this.#windowMs = unitsOf(vesting.retentionWindowDays, DAY_MS);
    this.#metrics = new HoldingMetrics(this.#ledger, {
      basisAllStake: vesting.retentionBasis === "all_stake",
      basisAfterMs: vesting.startMs ?? -1,
      scope: vesting.retentionScope,
      windowDays: vesting.retentionWindowDays,
      rounding: vesting.rounding,
    });
  }

  /**
   * Reads a position as it stands at an instant, before any sale.
   * @param beside other positions that are measured with it, as of one owner
   * @param seats of all of them, which the stake is divided by
   * @param aheadMs how much later the rule looks: what leaves the window until then does not count, and ages in whole days are of then
   */
  read(position: number, nowMs: number, beside: readonly number[], seats: number, aheadMs: number): void {
    const { world } = this;
    const { vesting, ledger } = world.configuration;
    this.position = position;
    this.nowMs = nowMs;
    this.aheadMs = aheadMs;
    this.#agedMs = this.isWhole ? nowMs + aheadMs : nowMs;
    this.#after = max(
      vesting.startMs ?? -1,
      vesting.retentionScope === "window" ? nowMs + aheadMs - this.#windowMs : Number.NEGATIVE_INFINITY,
    );
    this.#seats = seats;
    this.#ownRao = world.book.totalOf(position);
    this.#allRao = this.#ownRao;
    this.receivedRao = 0;
    this.#startRao = 0;
    this.#startAges = 0;
    this.#addBasis(position);
    for (const other of beside) {
      this.#allRao += world.book.totalOf(other);
      this.#addBasis(other);
    }
    this.#count = 0;
    if (ledger.withdrawalOrder !== "pro_rata") this.#walk.begin(position, ledger.withdrawalOrder, ledger.equalTimes);
  }

  /** Tells what is left after a sale of so much, rao. */
  sell(amountRao: number): void {
    const soldRao = min(amountRao, this.#ownRao);
    this.stakeRao = floor((this.#allRao - soldRao) / this.#seats);
    this.leftRao = this.#startRao;
    this.ages = this.#startAges;
    if (soldRao === this.#allRao) {
      this.leftRao = 0;
      this.ages = 0;
    } else if (soldRao > 0) {
      if (this.world.configuration.ledger.withdrawalOrder === "pro_rata") this.#sellInProportion(soldRao);
      else this.#sellInOrder(soldRao);
    }
  }

  #addBasis(position: number): void {
    const metrics = this.#metrics;
    metrics.read(position, this.nowMs);
    this.receivedRao += metrics.receivedRao;
    this.#startRao += metrics.remainingRao;
    this.#startAges += this.isWhole ? Number(metrics.agesOf(position, this.#agedMs)) : metrics.heldDays * DAY_MS * metrics.remainingRao;
    const { window } = this.#ledger;
    if (window === null || this.aheadMs === 0) return;
    const { receivedRao, remainingRao, ages } = window.leaving(position, this.#after, this.#agedMs);
    this.receivedRao -= Number(receivedRao);
    this.#startRao -= remainingRao;
    this.#startAges -= Number(ages);
  }

  #sellInOrder(amountRao: number): void {
    while ((this.#count === 0 || this.#takenRao[this.#count - 1] < amountRao) && this.#walk.next()) this.#goThrough();
    const last = this.#firstCovering(amountRao);
    if (last > 0) {
      this.leftRao = this.#left[last - 1];
      this.ages = this.#ages[last - 1];
    }
    if (this.#counts[last] === 0) return;
    const takeRao = amountRao - (last > 0 ? this.#takenRao[last - 1] : 0);
    this.leftRao -= takeRao;
    this.ages -= takeRao * this.#age[last];
  }

  #goThrough(): void {
    const i = this.#count;
    if (i === this.#takenRao.length) this.#grow();
    const { cells } = this.#ledger.store;
    const { list, slot } = this.#walk;
    const remaining = cells[slot * CELL_STRIDE + REMAINING];
    const age = this.#ageOf(slot);
    const counts = this.#doesCount(list, slot);
    const takenRao = i > 0 ? this.#takenRao[i - 1] : 0;
    const left = i > 0 ? this.#left[i - 1] : this.#startRao;
    const ages = i > 0 ? this.#ages[i - 1] : this.#startAges;
    this.#takenRao[i] = takenRao + remaining;
    this.#counts[i] = counts ? 1 : 0;
    this.#age[i] = age;
    this.#left[i] = counts ? left - remaining : left;
    this.#ages[i] = counts ? ages - remaining * age : ages;
    this.#count += 1;
  }

  /** The first tranche with which the amount is complete. */
  #firstCovering(amountRao: number): number {
    let low = 0;
    let high = this.#count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#takenRao[middle] >= amountRao) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #sellInProportion(amountRao: number): void {
    const plan = planWithdrawal(this.#ledger.store, this.position, amountRao, "pro_rata", this.world.configuration.ledger.equalTimes);
    for (let i = 0; i < plan.count; i++) {
      if (!this.#doesCount(plan.list[i], plan.slot[i])) continue;
      this.leftRao -= plan.take[i];
      this.ages -= plan.take[i] * this.#ageOf(plan.slot[i]);
    }
  }

  /** Of a tranche, in ms or whole days. */
  #ageOf(slot: number): number {
    const ageMs = this.#agedMs - this.#ledger.store.cells[slot * CELL_STRIDE + ENTRY_MS];
    return this.isWhole ? floor(ageMs / DAY_MS) : ageMs;
  }

  #doesCount(list: number, slot: number): boolean {
    const isEarned = list % 2 === 1;
    if (!(isEarned || this.world.configuration.vesting.retentionBasis === "all_stake")) return false;
    return this.#ledger.store.cells[slot * CELL_STRIDE + ENTRY_MS] > this.#after;
  }

  #grow(): void {
    const longer = (array: Float64Array) => {
      const grown = new Float64Array(array.length * 2);
      grown.set(array);
      return grown;
    };
    this.#takenRao = longer(this.#takenRao);
    this.#age = longer(this.#age);
    this.#left = longer(this.#left);
    this.#ages = longer(this.#ages);
    const counts = new Uint8Array(this.#counts.length * 2);
    counts.set(this.#counts);
    this.#counts = counts;
  }
}
