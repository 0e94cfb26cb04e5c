import type { Subnet } from "../books/subnet.js";
import type { HoldingRuleConfiguration } from "../configuration/rule-configuration.js";
import type { VestingConfiguration } from "../configuration/vesting-configuration.js";
import { Fraction } from "../kernel/decimal.js";
import { min } from "../kernel/math.js";
import { DAY_MS } from "../kernel/time.js";
import type { Ledger } from "../ledger/ledger.js";
import { POSITION_STATE } from "../ledger/position-state.js";
import type { Positions } from "../registry/positions.js";
import { type BoundMultiplierRule, bindMultiplierRule, type HeldExactly } from "../rules/multipliers/index.js";
import { locatedFault, RuleFault } from "../rules/rule-fault.js";
import { decideFactors, isAsked, reachesLimit } from "./asked-rule.js";
import type { HeldMultipliers } from "./held-multipliers.js";
import { HoldingMetrics } from "./holding-metrics.js";
import type { MeasurementAudit } from "./measurement-audit.js";
import { Measurements } from "./measurements.js";
import { minimumStakeRaoOf } from "./minimum-stake.js";

const { STRIDE: STATE_STRIDE, TOTAL } = POSITION_STATE;

/** Reads metrics and multipliers of all positions of a subnet from a ledger, under one rule (docs/explanation/holding.md). */
export class Multipliers implements HeldMultipliers {
  readonly measured = new Measurements();
  private readonly metrics: HoldingMetrics;
  private readonly rule: BoundMultiplierRule;
  private readonly exactly: PositionHeld;
  /** Positions of the subnet that was measured last. */
  private measuredPositions: Int32Array = new Int32Array(0);
  /** What the pool of a seated position holds (`coldkey_even`); null: the rule was not asked. By index. */
  private readonly pooled = new Map<number, HeldExactly | null>();

  constructor(
    private readonly vesting: HoldingRuleConfiguration,
    private readonly ledger: Ledger,
    private readonly positions: Positions,
    /** `false`: every multiplier is 1 (`vesting.mode: off`). */
    private readonly multiplies: boolean,
    /** `zero`: who is below the minimum stake has no weight at all. */
    private readonly belowMinimum: VestingConfiguration["belowMinimum"],
    private readonly audit: MeasurementAudit | null = null,
  ) {
    this.metrics = new HoldingMetrics(ledger, {
      basisAllStake: vesting.retentionBasis === "all_stake",
      basisAfterMs: vesting.startMs ?? -1,
      scope: vesting.retentionScope,
      windowDays: vesting.retentionWindowDays,
      rounding: vesting.rounding,
    });
    this.exactly = new PositionHeld(this.metrics);
    this.rule = multiplies ? bindMultiplierRule(vesting.rule, vesting) : () => 1;
  }

  /** @throws TenureError of a plug-in that fails, with the miner, the subnet and the epoch */
  measure(subnet: Subnet, nowMs: number): Measurements {
    try {
      return this.measureAll(subnet, nowMs);
    } catch (error) {
      if (!(error instanceof RuleFault)) throw error;
      const hotkey = this.positions.hotkeyOf(this.exactly.position);
      throw locatedFault(error, { hotkey, netuid: subnet.configuration.netuid, epoch: subnet.epoch, timeMs: nowMs });
    }
  }

  private measureAll(subnet: Subnet, nowMs: number): Measurements {
    const measured = this.measured;
    const count = subnet.positionCount;
    measured.reserve(count);
    measured.count = count;
    const { metrics, rule, exactly } = this;
    const { stakeRao, receivedRao, remainingRao, heldShare, heldDays, multiplier, eligible, asked } = measured;
    const state = this.ledger.state;
    const minimum = minimumStakeRaoOf(this.vesting, subnet.priceTaoPerAlpha);
    exactly.nowMs = nowMs;
    this.measuredPositions = subnet.positions;
    this.pooled.clear();
    metrics.readAll(subnet.positions, count, nowMs, receivedRao, remainingRao, heldShare, heldDays);
    for (let i = 0; i < count; i++) {
      const stake = state[subnet.positions[i] * STATE_STRIDE + TOTAL];
      stakeRao[i] = stake;
      const asks = isAsked(eligible, asked, i, stake >= minimum, receivedRao[i] > 0);
      exactly.position = subnet.positions[i];
      multiplier[i] = asks ? rule(heldShare[i], heldDays[i], exactly) : 1;
    }
    this.audit?.eachPosition(subnet, measured, nowMs);
    if (this.vesting.keyScope === "coldkey_even") {
      this.pool(subnet, nowMs, minimum);
      this.audit?.eachPool(subnet, measured, nowMs);
    }
    decideFactors(measured, this.belowMinimum);
    return measured;
  }

  reaches(index: number, limit: Fraction): boolean {
    return reachesLimit(this, this.multiplies ? this.vesting : null, index, limit);
  }

  heldExactly(index: number): HeldExactly | null {
    const { exactly, measured } = this;
    const pooled = this.pooled.get(index);
    if (pooled !== undefined) return pooled;
    exactly.position = this.measuredPositions[index];
    return measured.asked[index] === 1 ? exactly : null;
  }

  /** Stake of a position, rao. */
  stakeOf(position: number): number {
    return this.ledger.totalOf(position);
  }

  /** What the tranches of the retention basis received, exactly, rao. */
  receivedBy(position: number, nowMs: number): bigint {
    return this.metrics.receivedExactly(position, nowMs);
  }

  /**
   * key_scope `coldkey_even`: the positions of a coldkey on the subnet are pooled; each of its registered hotkeys gets
   * the pool's share and days and an even part of its stake (rounded down).
   */
  private pool(subnet: Subnet, nowMs: number, minimum: number): void {
    const { measured, metrics } = this;
    const pools = new Map<number, Pool>();
    for (let i = 0; i < measured.count; i++) {
      const position = subnet.positions[i];
      const coldkey = this.positions.coldkey[position];
      const pool = pools.get(coldkey) ?? { stake: 0n, received: 0n, remaining: 0n, age: 0n, seated: [] };
      pools.set(coldkey, pool);
      pool.stake += BigInt(measured.stakeRao[i]);
      pool.received += metrics.receivedExactly(position, nowMs);
      pool.remaining += BigInt(measured.remainingRao[i]);
      pool.age += metrics.agesOf(position, nowMs);
      const seat = subnet.registry.seatOf(this.positions.hotkey[position]);
      if (seat !== undefined && seat.coldkey === coldkey) pool.seated.push(i);
    }
    for (const pool of pools.values()) {
      const share = pool.received === 0n ? 0 : Number(pool.remaining) / Number(pool.received);
      const days = this.pooledDays(pool);
      const held = this.pooledExactly(pool, days);
      for (const i of pool.seated) {
        const stake = Number(pool.stake / BigInt(pool.seated.length));
        measured.heldShare[i] = share;
        measured.heldDays[i] = days;
        measured.stakeRao[i] = stake;
        const asks = isAsked(measured.eligible, measured.asked, i, stake >= minimum, pool.received > 0n);
        this.exactly.position = subnet.positions[i];
        measured.multiplier[i] = asks ? this.rule(share, days, held) : 1;
        this.pooled.set(i, asks ? held : null);
      }
    }
  }

  private pooledExactly({ remaining, received, age }: Pool, days: number): HeldExactly {
    return {
      share: () => Fraction.whole(remaining).over(Fraction.whole(received)),
      days: () =>
        this.vesting.rounding === "whole_days"
          ? Fraction.decimal(days)
          : Fraction.whole(age).over(Fraction.whole(remaining * BigInt(DAY_MS))),
    };
  }

  private pooledDays(pool: Pool): number {
    if (pool.remaining === 0n) return 0;
    if (this.vesting.rounding === "whole_days") return min(Number(pool.age / pool.remaining), this.vesting.retentionWindowDays);
    return Number(pool.age) / Number(pool.remaining) / DAY_MS;
  }
}

/** What a position holds, exactly; moved from one to the next. */
class PositionHeld implements HeldExactly {
  position = 0;
  nowMs = 0;

  constructor(private readonly metrics: HoldingMetrics) {}

  share(): Fraction {
    return this.metrics.shareExactly(this.position, this.nowMs);
  }

  days(): Fraction {
    return this.metrics.daysExactly(this.position, this.nowMs);
  }
}

interface Pool {
  stake: bigint;
  received: bigint;
  remaining: bigint;
  age: bigint;
  readonly seated: number[];
}
