import { floor, min } from "../kernel/math.js";
import { DAY_MS } from "../kernel/time.js";
import type { Ledger } from "../ledger/ledger.js";
import { POSITION_STATE } from "../ledger/position-state.js";
import { TRANCHE } from "../ledger/tranche-store.js";
import { WEIGHTED_TIME, weightedHigh, weightedLow } from "../ledger/weighted-time.js";

const { STRIDE: STATE_STRIDE, BASIS_REMAINING, BASIS_RECEIVED, AGE_HIGH, AGE_LOW, AGED_MS, CARRY } = POSITION_STATE;
const { CELL_STRIDE, ENTRY_MS, REMAINING } = TRANCHE;
const { HIGH_UNIT, INVERSE_HIGH_UNIT, P26, INVERSE_P26, P20, INVERSE_P20, SHORT_MS } = WEIGHTED_TIME;
const MS_PER_DAY = DAY_MS;

export interface HoldingMetricsRules {
  readonly basisAllStake: boolean;
  readonly basisAfterMs: number;
  readonly scope: "lifetime" | "window";
  readonly windowDays: number;
  readonly rounding: "exact" | "whole_days";
}

/**
 * Holding metrics of a position at an instant (mechanisms 4), read into the fields of this object:
 * held_share = remaining / received and held_days = mean age of what remains, weighted by remaining amount.
 *
 * `exact` over a lifetime is O(1): the ledger keeps the sum of remaining * entry time exactly, so the sum of
 * remaining * age is rounded once, whatever the history. `whole_days` and `window` walk the live tranches.
 */
export class HoldingMetrics {
  receivedRao = 0;
  remainingRao = 0;
  /** 0..1; 0 where nothing was received. */
  heldShare = 0;
  /** Days, 0 where nothing remains. */
  heldDays = 0;
  /** Sum of remaining * age (ms, or whole days under `whole_days`) is ageHigh * 2^46 + ageLow, exactly. */
  ageHigh = 0;
  ageLow = 0;
  private readonly walks: boolean;
  private readonly windowMs: number;

  constructor(
    private readonly ledger: Ledger,
    private readonly rules: HoldingMetricsRules,
  ) {
    this.walks = rules.rounding === "whole_days" || rules.scope === "window";
    this.windowMs = rules.windowDays * DAY_MS;
  }

  read(position: number, nowMs: number): void {
    if (this.walks) {
      this.walk(position, nowMs);
      return;
    }
    const state = this.ledger.state;
    const base = position * STATE_STRIDE;
    if (state[base + AGED_MS] !== nowMs) this.ledger.age(base, nowMs);
    const remaining = state[base + BASIS_REMAINING];
    const received = state[base + BASIS_RECEIVED] + this.ledger.carries[base + BASIS_RECEIVED] * CARRY;
    this.receivedRao = received;
    this.remainingRao = remaining;
    if (remaining === 0) {
      this.heldShare = 0;
      this.heldDays = 0;
      this.ageHigh = 0;
      this.ageLow = 0;
      return;
    }
    this.heldShare = remaining / received;
    const high = state[base + AGE_HIGH];
    const low = state[base + AGE_LOW];
    this.ageHigh = high;
    this.ageLow = low;
    this.heldDays = (high * HIGH_UNIT + low) / remaining / MS_PER_DAY;
  }

  /**
   * `read` of many positions into arrays, by index. The body of `read` stands here once more, flat: it is half of the
   * kernel's work, and results that leave through fields cost a memory write each.
   */
  readAll(
    positions: Int32Array,
    count: number,
    nowMs: number,
    receivedRao: Float64Array,
    remainingRao: Float64Array,
    heldShare: Float64Array,
    heldDays: Float64Array,
  ): void {
    if (this.walks) {
      for (let i = 0; i < count; i++) {
        this.walk(positions[i], nowMs);
        receivedRao[i] = this.receivedRao;
        remainingRao[i] = this.remainingRao;
        heldShare[i] = this.heldShare;
        heldDays[i] = this.heldDays;
      }
      return;
    }
    const ledger = this.ledger;
    const { state, carries } = ledger;
    for (let i = 0; i < count; i++) {
      const base = positions[i] * STATE_STRIDE;
      const durationMs = nowMs - state[base + AGED_MS];
      const remaining = state[base + BASIS_REMAINING];
      let high = state[base + AGE_HIGH];
      let low = state[base + AGE_LOW];
      if (durationMs !== 0 && remaining !== 0) {
        if (durationMs < SHORT_MS) {
          const a1 = floor(remaining * INVERSE_P26);
          const y = a1 * durationMs;
          const y1 = floor(y * INVERSE_P20);
          high += y1;
          low += (remaining - a1 * P26) * durationMs + (y - y1 * P20) * P26;
        } else {
          high += weightedHigh(remaining, durationMs);
          low += weightedLow(remaining, durationMs);
        }
        const carry = floor(low * INVERSE_HIGH_UNIT);
        high += carry;
        low -= carry * HIGH_UNIT;
        state[base + AGE_HIGH] = high;
        state[base + AGE_LOW] = low;
      }
      state[base + AGED_MS] = nowMs;
      const received = state[base + BASIS_RECEIVED] + carries[base + BASIS_RECEIVED] * CARRY;
      receivedRao[i] = received;
      remainingRao[i] = remaining;
      heldShare[i] = remaining === 0 ? 0 : remaining / received;
      heldDays[i] = remaining === 0 ? 0 : (high * HIGH_UNIT + low) / remaining / MS_PER_DAY;
    }
  }

  private walk(position: number, nowMs: number): void {
    const { store, receipts } = this.ledger;
    const { basisAllStake, basisAfterMs, scope, rounding } = this.rules;
    const windowed = scope === "window";
    const after = windowed && nowMs - this.windowMs > basisAfterMs ? nowMs - this.windowMs : basisAfterMs;
    const wholeDays = rounding === "whole_days";
    let remaining = 0;
    let high = 0;
    let low = 0;
    for (let source = basisAllStake ? 0 : 1; source < 2; source++) {
      const list = position * 2 + source;
      for (let slot = store.tail[list]; slot !== -1; slot = store.older(list, slot)) {
        const cell = slot * CELL_STRIDE;
        const entry = store.cells[cell + ENTRY_MS];
        if (entry <= after) break;
        const amount = store.cells[cell + REMAINING];
        const age = wholeDays ? floor((nowMs - entry) / DAY_MS) : nowMs - entry;
        remaining += amount;
        high += weightedHigh(amount, age);
        low += weightedLow(amount, age);
        const carry = floor(low * INVERSE_HIGH_UNIT);
        high += carry;
        low -= carry * HIGH_UNIT;
      }
    }
    let received: number;
    if (windowed && receipts !== null) {
      received = Number(receipts.receivedAfter(position, after));
    } else {
      const base = position * STATE_STRIDE;
      received = this.ledger.state[base + BASIS_RECEIVED] + this.ledger.carries[base + BASIS_RECEIVED] * CARRY;
    }
    this.receivedRao = received;
    this.remainingRao = remaining;
    this.ageHigh = high;
    this.ageLow = low;
    this.heldShare = remaining === 0 ? 0 : remaining / received;
    if (remaining === 0) this.heldDays = 0;
    else if (wholeDays) this.heldDays = min(Number(exactAge(high, low) / BigInt(remaining)), this.rules.windowDays);
    else this.heldDays = (high * HIGH_UNIT + low) / remaining / MS_PER_DAY;
  }
}

/** The sum of remaining * age as an integer. */
export function exactAge(high: number, low: number): bigint {
  return BigInt(high) * BigInt(HIGH_UNIT) + BigInt(low);
}
