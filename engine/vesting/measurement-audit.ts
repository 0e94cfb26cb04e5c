import type { Subnet } from "../books/subnet.js";
import type { HoldingRuleConfiguration } from "../configuration/rule-configuration.js";
import type { AuditedLedger } from "../ledger/audited-ledger.js";
import type { AuditedHolding } from "../ledger/auditor/holding.js";
import type { Positions } from "../registry/positions.js";
import type { Measurements } from "./measurements.js";

/** Compares what an epoch measures with what the auditor reads from its list of tranches, bit for bit (`audit: true`). */
export class MeasurementAudit {
  constructor(
    private readonly vesting: HoldingRuleConfiguration,
    private readonly ledger: AuditedLedger,
    private readonly positions: Positions,
  ) {}

  /**
   * Every position's own metrics.
   * @throws InvariantError naming the position, the event and both values
   */
  eachPosition(subnet: Subnet, measured: Measurements, nowMs: number): void {
    const { ledger } = this;
    for (let i = 0; i < measured.count; i++) {
      const position = subnet.positions[i];
      const holding = ledger.auditor.holding(position, nowMs, this.vesting);
      ledger.same(position, `stake at ${nowMs} ms`, measured.stakeRao[i], Number(ledger.auditor.totals(position).total));
      ledger.same(position, `received_rao at ${nowMs} ms`, measured.receivedRao[i], Number(holding.received));
      ledger.same(position, `remaining_rao at ${nowMs} ms`, measured.remainingRao[i], Number(holding.remaining));
      this.sameMetrics(position, i, measured, holding, nowMs);
    }
  }

  /**
   * The metrics that a coldkey's registered hotkeys share under `key_scope: coldkey_even`.
   * @throws InvariantError naming the position, the event and both values
   */
  eachPool(subnet: Subnet, measured: Measurements, nowMs: number): void {
    const { ledger, positions } = this;
    const pools = new Map<number, number[]>();
    for (const position of subnet.positions.subarray(0, measured.count)) {
      const coldkey = positions.coldkey[position];
      pools.set(coldkey, [...(pools.get(coldkey) ?? []), position]);
    }
    for (let i = 0; i < measured.count; i++) {
      const position = subnet.positions[i];
      const coldkey = positions.coldkey[position];
      if (subnet.registry.seatOf(positions.hotkey[position])?.coldkey !== coldkey) continue;
      const pool = pools.get(coldkey) ?? [];
      const seats = BigInt(pool.filter((one) => subnet.registry.seatOf(positions.hotkey[one])?.coldkey === coldkey).length);
      const stake = pool.reduce((sum, one) => sum + ledger.auditor.totals(one).total, 0n);
      ledger.same(position, `even part of the pooled stake at ${nowMs} ms`, measured.stakeRao[i], Number(stake / seats));
      this.sameMetrics(position, i, measured, ledger.auditor.pooledHolding(pool, nowMs, this.vesting), nowMs);
    }
  }

  private sameMetrics(position: number, i: number, measured: Measurements, holding: AuditedHolding, nowMs: number): void {
    this.ledger.same(position, `held_share at ${nowMs} ms`, measured.heldShare[i], holding.heldShare);
    this.ledger.same(position, `held_days at ${nowMs} ms`, measured.heldDays[i], holding.heldDays);
  }
}
