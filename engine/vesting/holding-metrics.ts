import { Fraction, unitsOf } from "../kernel/decimal.js";
import { max, min } from "../kernel/math.js";
import { DAY_MS } from "../kernel/time.js";
import type { Ledger } from "../ledger/ledger.js";
import { POSITION_STATE } from "../ledger/position-state.js";
import { WEIGHTED_TIME } from "../ledger/weighted-time.js";
import { readLifetimes } from "./lifetime-metrics.js";

const { STRIDE: STATE_STRIDE, BASIS_REMAINING, BASIS_RECEIVED, AGE_HIGH, AGE_LOW, CARRY } = POSITION_STATE;
const { HIGH_UNIT } = WEIGHTED_TIME;

export interface HoldingMetricsRules {
  readonly basisAllStake: boolean;
  readonly basisAfterMs: number;
  readonly scope: "lifetime" | "window";
  readonly windowDays: number;
  readonly rounding: "exact" | "whole_days";
}

/**
 * Holding metrics of a position at an instant (docs/explanation/holding.md), read into the fields of this object:
 * held_share = remaining / received and held_days = mean age of what remains, weighted by remaining amount.
 *
 * Sums of remaining * age are kept exactly by the ledger, or by who follows it, so each answer is rounded once whatever
 * the history. A reading is O(1), over a window amortised; under `whole_days` O(log n). Instants never go back.
 */
export class HoldingMetrics {
  receivedRao = 0;
  remainingRao = 0;
  /** 0..1; 0 where nothing was received. */
  heldShare = 0;
  /** Days, 0 where nothing remains. */
  heldDays = 0;
  private readonly windowMs: number;
  /** A reading of one position as `readLifetimes` takes them, in the order of the fields above. */
  private readonly one = Int32Array.of(0);
  private readonly reading = [0, 1, 2, 3].map(() => new Float64Array(1));

  constructor(
    private readonly ledger: Ledger,
    private readonly rules: HoldingMetricsRules,
  ) {
    this.windowMs = unitsOf(rules.windowDays, DAY_MS);
  }

  read(position: number, nowMs: number): void {
    const { states, follower } = this.ledger;
    if (follower === null && !states.carried) this.readLifetime(position, nowMs);
    else this.readExactly(position, nowMs);
  }

  /** `read` of many positions into arrays, by index. */
  readAll(
    positions: Int32Array,
    count: number,
    nowMs: number,
    receivedRao: Float64Array,
    remainingRao: Float64Array,
    heldShare: Float64Array,
    heldDays: Float64Array,
  ): void {
    const { states, follower } = this.ledger;
    if (follower !== null) {
      for (let i = 0; i < count; i++) {
        this.read(positions[i], nowMs);
        receivedRao[i] = this.receivedRao;
        remainingRao[i] = this.remainingRao;
        heldShare[i] = this.heldShare;
        heldDays[i] = this.heldDays;
      }
      return;
    }
    readLifetimes(states.values, positions, count, nowMs, receivedRao, remainingRao, heldShare, heldDays);
    if (!states.carried) return;
    for (let i = 0; i < count; i++) {
      const carries = states.carries[positions[i] * STATE_STRIDE + BASIS_RECEIVED];
      if (carries === 0) continue;
      receivedRao[i] += carries * CARRY;
      heldShare[i] = remainingRao[i] / receivedRao[i];
    }
  }

  /** What the tranches of the retention basis received, exactly; a sum over many events may pass 2^53. */
  receivedExactly(position: number, nowMs: number): bigint {
    const { window } = this.ledger;
    if (window === null) return this.ledger.cumulative(position, BASIS_RECEIVED);
    window.advance(position, max(nowMs - this.windowMs, this.rules.basisAfterMs));
    return window.received(position);
  }

  /** Sum of remaining * age over the tranches that were read, exactly: rao * ms, or rao * days under `whole_days`. */
  agesOf(position: number, nowMs: number): bigint {
    const { window, dayAges, states } = this.ledger;
    if (window !== null) return window.ages(position, nowMs);
    if (dayAges !== null) return dayAges.sum(position, nowMs);
    const base = position * STATE_STRIDE;
    states.age(base, nowMs);
    return BigInt(states.values[base + AGE_HIGH]) * BigInt(HIGH_UNIT) + BigInt(states.values[base + AGE_LOW]);
  }

  /** remaining / received, exactly; something was received. */
  shareExactly(position: number, nowMs: number): Fraction {
    const received = this.receivedExactly(position, nowMs);
    return Fraction.whole(this.remainingOf(position)).over(Fraction.whole(received));
  }

  /** Mean age in days, exactly, rounded as the rules say; something remains. */
  daysExactly(position: number, nowMs: number): Fraction {
    const ages = this.agesOf(position, nowMs);
    const remaining = BigInt(this.remainingOf(position));
    if (this.rules.rounding === "whole_days") return Fraction.decimal(min(Number(ages / remaining), this.rules.windowDays));
    return Fraction.whole(ages).over(Fraction.whole(remaining * BigInt(DAY_MS)));
  }

  private readLifetime(position: number, nowMs: number): void {
    const [received, remaining, share, days] = this.reading;
    this.one[0] = position;
    readLifetimes(this.ledger.states.values, this.one, 1, nowMs, received, remaining, share, days);
    this.receivedRao = received[0];
    this.remainingRao = remaining[0];
    this.heldShare = share[0];
    this.heldDays = days[0];
  }

  private readExactly(position: number, nowMs: number): void {
    const received = Number(this.receivedExactly(position, nowMs));
    const remaining = this.remainingOf(position);
    this.receivedRao = received;
    this.remainingRao = remaining;
    this.heldShare = remaining === 0 ? 0 : remaining / received;
    if (remaining === 0) this.heldDays = 0;
    else if (this.rules.rounding === "exact") this.heldDays = Number(this.agesOf(position, nowMs)) / remaining / DAY_MS;
    else this.heldDays = min(Number(this.agesOf(position, nowMs) / BigInt(remaining)), this.rules.windowDays);
  }

  private remainingOf(position: number): number {
    const { window, states } = this.ledger;
    return window === null ? states.values[position * STATE_STRIDE + BASIS_REMAINING] : window.remaining(position);
  }
}
