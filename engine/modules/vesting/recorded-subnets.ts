import type { EventListeners } from "../../events/index.js";
import type { RowsRead } from "../../rows-read.js";
import type { ModuleGround, RecordedEnds, SubnetModule } from "../subnet-module.js";
import type { Warning } from "../warning.js";
import { ClockEpochs, type CloseEpoch } from "./clock-epochs.js";
import { InsidePay } from "./inside-pay.js";
import { RecordedEpochs } from "./recorded-epochs.js";
import { RecordedShares } from "./recorded-shares.js";
import { recordedWarnings } from "./recorded-warnings.js";

/** The recorded subnets of a run: paid as their streams say, or by a rule, at the ends of recorded epochs or by the clock. */
export class RecordedSubnets implements SubnetModule<Record<never, never>> {
  readonly listeners: EventListeners = {};
  private readonly shares: RecordedShares;
  private readonly inside: InsidePay;

  constructor(private readonly ground: ModuleGround) {
    this.shares = new RecordedShares(ground.world, ground.close.trace);
    this.inside = new InsidePay(ground.world);
  }

  start({ waiting, marks }: RecordedEnds): void {
    const { inside } = this;
    const { world, close: epochs, streams } = this.ground;
    const close: CloseEpoch = (subnet, endMs) => epochs.close(subnet, endMs, this.shares);
    if (world.configuration.epochs === "tempo") new ClockEpochs(world, waiting, inside, close);
    else new RecordedEpochs(world, streams, waiting, marks, inside, close);
  }

  /** What holdings must add up to is checked for all modules alike. */
  finish(): void {}

  writeClosingTables(): void {}

  summary(): Record<never, never> {
    return {};
  }

  warnings(read: RowsRead): readonly Warning[] {
    return recordedWarnings(this.ground.world, this.shares, this.inside, read);
  }
}
