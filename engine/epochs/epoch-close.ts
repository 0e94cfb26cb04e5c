import type { Outputs } from "../books/outputs.js";
import type { Subnet } from "../books/subnet.js";
import type { World } from "../books/world.js";
import type { Measurements } from "../vesting/measurements.js";
import type { Vesting } from "../vesting/vesting.js";
import { ColdkeyTotals } from "./coldkey-totals.js";
import { EpochBooking } from "./epoch-booking.js";
import { EpochRecords } from "./epoch-records.js";
import { EpochSheet } from "./epoch-sheet.js";
import type { EpochSource } from "./epoch-source.js";
import { EpochTotals } from "./epoch-totals.js";
import { takeFigures } from "./figures.js";
import { PotShares } from "./pot-shares.js";
import { Weighing } from "./weighing.js";

/** An epoch of a subnet has ended; the sheet and the measurements are of it, and lent. */
export type EpochListener = (subnet: Subnet, sheet: EpochSheet, measured: Measurements) => void;

/**
 * The end of an epoch on a subnet, whatever module it is of (docs/explanation/weights.md), in stages: measure every position;
 * base weights, which a source gives; factors, or a list of stages; shares of the pot; book; record.
 */
export class EpochClose {
  readonly totals: EpochTotals;
  /** Told of every epoch that is booked and recorded, before what it was about is forgotten. */
  readonly listeners: EpochListener[] = [];
  private readonly sheet: EpochSheet;
  private readonly outputs: Outputs;
  private readonly records: EpochRecords;
  private readonly coldkeys: ColdkeyTotals;
  private readonly weighing: Weighing;
  private readonly shares: PotShares;
  private readonly booking: EpochBooking;

  constructor(
    world: World,
    private readonly vesting: Vesting,
  ) {
    const { outputs, configuration, positions } = world;
    this.outputs = outputs;
    this.totals = new EpochTotals(outputs, configuration);
    this.records = new EpochRecords(outputs, configuration.record.everyEpochs);
    this.coldkeys = new ColdkeyTotals(outputs, positions, vesting.multipliers);
    this.weighing = new Weighing(world, vesting.multipliers);
    this.sheet = new EpochSheet(this.weighing.lists, this.weighing.listApplies);
    this.shares = new PotShares(this.totals.residuals);
    this.booking = new EpochBooking(world);
  }

  close(subnet: Subnet, endMs: number, source: EpochSource): void {
    const { sheet, totals, vesting, weighing, records } = this;
    const { netuid } = subnet.configuration;
    subnet.epoch += 1;
    totals.epochs += 1;
    this.outputs.dropProvisional(netuid);
    const measured = vesting.multipliers.measure(subnet, endMs);
    if (source.ruled && measured.count > 0) totals.unpriced.take(subnet);
    records.holdings(subnet, measured);
    this.coldkeys.record(subnet, measured, endMs, !records.isRecorded(subnet));
    sheet.begin(netuid, subnet.positionCount, endMs);
    sheet.undone = source.dividesOut ? vesting.recordedMultipliers(subnet, endMs) : null;
    source.gather(subnet, sheet);
    weighing.weigh(subnet, sheet, source);
    const anew = source.shares && weighing.sharesAnew(subnet, sheet);
    this.shares.share(subnet, sheet, anew);
    if (!source.shares) sheet.outsideRao = 0;
    if (source.ruled) takeFigures(sheet, measured, totals.metrics);
    source.settle(sheet);
    records.weights(subnet, sheet);
    const paidRao = this.booking.book(subnet, sheet, source.pays, anew);
    records.rewards(subnet, sheet);
    records.epoch(subnet, measured, sheet, paidRao);
    totals.add(sheet);
    source.closed(subnet, sheet, measured);
    for (const listener of this.listeners) listener(subnet, sheet, measured);
    subnet.epochEndMs = endMs;
    subnet.group.clear();
  }
}
