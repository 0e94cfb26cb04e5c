import type { Outputs } from "../books/outputs.js";
import type { Subnet } from "../books/subnet.js";
import type { Positions } from "../registry/positions.js";
import type { Measurements } from "../vesting/measurements.js";
import type { Multipliers } from "../vesting/multipliers.js";

/** What a coldkey's registered hotkeys hold on a subnet, exactly. */
interface Totals {
  /** Its lowest position on the subnet. */
  readonly position: number;
  hotkeys: number;
  stakeRao: bigint;
  receivedRao: bigint;
  remainingRao: bigint;
}

/**
 * The rows of the table `coldkeys` (docs/explanation/holding.md): exact sums over the registered hotkeys of each coldkey at the end of
 * an epoch. Who is deregistered no longer counts; a coldkey without a registered hotkey has no row.
 */
export class ColdkeyTotals {
  constructor(
    private readonly outputs: Outputs,
    private readonly positions: Positions,
    private readonly multipliers: Multipliers,
  ) {}

  /** Adds the rows of the subnet's epoch, by lowest position of the coldkey. */
  record(subnet: Subnet, measured: Measurements, nowMs: number, provisional: boolean): void {
    const table = this.outputs.tables.coldkeys;
    if (table === null) return;
    const { netuid } = subnet.configuration;
    if (provisional) this.outputs.beginProvisional(table, netuid);
    const { positions, multipliers } = this;
    const totals = new Map<number, Totals>();
    for (let i = 0; i < measured.count; i++) {
      const position = subnet.positions[i];
      const coldkey = positions.coldkey[position];
      let total = totals.get(coldkey);
      if (total === undefined) {
        total = { position, hotkeys: 0, stakeRao: 0n, receivedRao: 0n, remainingRao: 0n };
        totals.set(coldkey, total);
      }
      if (subnet.registry.seatOf(positions.hotkey[position])?.coldkey !== coldkey) continue;
      total.hotkeys += 1;
      total.stakeRao += BigInt(multipliers.stakeOf(position));
      total.receivedRao += multipliers.receivedBy(position, nowMs);
      total.remainingRao += BigInt(measured.remainingRao[i]);
    }
    for (const { position, hotkeys, stakeRao, receivedRao, remainingRao } of totals.values()) {
      if (hotkeys === 0) continue;
      table.write({
        epoch: subnet.epoch,
        netuid,
        coldkey: position,
        hotkeys,
        stakeRao: stakeRao.toString(),
        receivedRao: receivedRao.toString(),
        remainingRao: remainingRao.toString(),
      });
    }
  }
}
