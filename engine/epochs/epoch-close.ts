import type { Outputs } from "../books/outputs.js";
import type { Subnet } from "../books/subnet.js";
import type { World } from "../books/world.js";
import type { Span } from "../metrics/index.js";
import type { Positions } from "../registry/positions.js";
import type { Measurements } from "../vesting/measurements.js";
import type { Vesting } from "../vesting/vesting.js";
import { ColdkeyTotals } from "./coldkey-totals.js";
import { EpochBooking } from "./epoch-booking.js";
import { EpochRecords } from "./epoch-records.js";
import { EpochSheet } from "./epoch-sheet.js";
import type { EpochSource } from "./epoch-source.js";
import { EpochTotals } from "./epoch-totals.js";
import type { EpochTrace } from "./epoch-trace.js";
import { takeFigures } from "./figures.js";
import type { OtherStages } from "./other-stages.js";
import type { PoolCourse } from "./pool-course.js";
import { PotShares } from "./pot-shares.js";
import { sharesAnew } from "./shares-anew.js";
import { StagedShares } from "./staged-shares.js";
import { Weighing } from "./weighing.js";

/** An epoch of a subnet has ended; the sheet and the measurements are of it, and lent. `hotkeys` are those of all positions. */
export type EpochListener = (subnet: Subnet, sheet: EpochSheet, measured: Measurements, hotkeys: ArrayLike<number>) => void;

/**
 * The end of an epoch on a subnet, whatever module it is of (docs/explanation/weights.md), in stages: measure every position;
 * base weights, which a source gives; factors, or a list of stages; shares of the pot; book; record.
 */
export class EpochClose {
  readonly totals: EpochTotals;
  /** Told of every epoch that is booked and recorded, before what it was about is forgotten. */
  readonly listeners: EpochListener[] = [];
  private readonly sheet: EpochSheet;
  private readonly hasRule: boolean;
  private readonly outputs: Outputs;
  private readonly positions: Positions;
  private readonly records: EpochRecords;
  private readonly coldkeys: ColdkeyTotals;
  private readonly weighing: Weighing<Subnet>;
  private readonly shares: PotShares;
  private readonly booking: EpochBooking;

  constructor(
    world: World,
    private readonly vesting: Vesting,
    spans: readonly Span[] | null = null,
    /** Terms of one epoch that are asked for; null: none are. */
    readonly trace: EpochTrace | null = null,
    /** Stages that are asked besides those of the list; null: none are. */
    others: OtherStages | null = null,
    /** Who is followed through pools; null: nobody is. */
    course: PoolCourse | null = null,
  ) {
    const { outputs, configuration, positions } = world;
    this.outputs = outputs;
    this.positions = positions;
    this.totals = new EpochTotals(outputs, configuration, spans);
    this.records = new EpochRecords(outputs, configuration.record.everyEpochs);
    this.coldkeys = new ColdkeyTotals(outputs, positions, vesting.multipliers);
    this.weighing = new Weighing(
      configuration,
      vesting.multipliers,
      (stages) => new StagedShares(stages, world, vesting.multipliers, this.totals, trace, others, course),
    );
    this.hasRule = configuration.vesting.mode !== "off";
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
    if (source.highestScore !== null && sheet.recordedRao > 0) totals.accidents.takeScores(netuid, endMs, source.highestScore);
    weighing.weigh(subnet, sheet, source);
    const anew = source.shares && sharesAnew(subnet, sheet);
    this.shares.share(subnet, sheet, anew);
    if (!source.shares) sheet.outsideRao = 0;
    if (source.ruled) takeFigures(sheet, measured, source.shares, totals.metrics, totals.spans);
    if (sheet.potRao > 0) totals.accidents.take(sheet, subnet.volumeRaoOf, source.ruled && this.hasRule);
    source.settle(sheet);
    records.weights(subnet, sheet);
    const paidRao = this.booking.book(subnet, sheet, source.pays, anew);
    records.rewards(subnet, sheet);
    records.epoch(subnet, measured, sheet, paidRao);
    totals.add(sheet);
    source.closed(subnet, sheet, measured);
    for (const listener of this.listeners) listener(subnet, sheet, measured, this.positions.hotkey);
    subnet.epochEndMs = endMs;
    subnet.group.clear();
  }
}
