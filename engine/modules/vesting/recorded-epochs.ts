import { checkConservation } from "../../books/conservation.js";
import type { Subnet } from "../../books/subnet.js";
import type { World } from "../../books/world.js";
import type { StreamDescription } from "../../configuration/stream-description.js";
import type { EpochMarks, WaitingEmission } from "../../epochs/epoch-instants.js";
import { InvariantError } from "../../kernel/errors.js";
import { PHASE_EPOCHS, RANK } from "../../kernel/order.js";
import { ROLES } from "../../tables/streams.js";
import type { CloseEpoch } from "./clock-epochs.js";
import type { InsidePay } from "./inside-pay.js";

/**
 * `epochs: emission`: an epoch of a subnet ends at its recorded marks, whether they pay anybody or not; that of one without
 * marks at each instant that pays on it (docs/explanation/total-order.md).
 */
export class RecordedEpochs {
  /** Netuids of subnets with marks. */
  private readonly marked: ReadonlySet<number>;
  /** Block of the mark, of those that end at the instant. */
  private readonly ends = new Map<Subnet, number>();
  private plannedMs = -1;

  constructor(
    private readonly world: World,
    streams: readonly StreamDescription[],
    private readonly waiting: WaitingEmission,
    marks: EpochMarks,
    private readonly inside: InsidePay,
    private readonly close: CloseEpoch,
  ) {
    this.marked = new Set(streams.flatMap(({ marked }) => marked ?? []));
    waiting.onInstant = (timeMs) => this.plan(timeMs);
    marks.onMark = (subnet, timeMs, block) => {
      if (!this.marked.has(subnet.configuration.netuid))
        throw new InvariantError(`a mark of subnet ${subnet.configuration.netuid}, which has none`);
      this.ends.set(subnet, block);
      this.plan(timeMs);
    };
  }

  private plan(timeMs: number): void {
    if (this.plannedMs === timeMs) return;
    this.plannedMs = timeMs;
    this.world.agenda.plan(timeMs, PHASE_EPOCHS, RANK.EPOCHS, 0, () => this.end(timeMs));
  }

  private end(timeMs: number): void {
    const { marked, ends } = this;
    this.plannedMs = -1;
    const closing = new Set(ends.keys());
    for (const subnet of this.waiting.handOver()) {
      if (marked.has(subnet.configuration.netuid) && !ends.has(subnet)) this.inside.book(subnet, timeMs);
      else closing.add(subnet);
    }
    for (const subnet of [...closing].sort((a, b) => a.configuration.netuid - b.configuration.netuid)) this.endOf(subnet, timeMs);
    ends.clear();
  }

  private endOf(subnet: Subnet, timeMs: number): void {
    const { world } = this;
    const mark = this.ends.get(subnet);
    subnet.group.close(timeMs, ROLES.length);
    if (mark !== undefined) subnet.markBlock = mark;
    world.provenance.at("emission", 0, subnet.group.count > 0 ? subnet.group.block[0] : (mark ?? -1), -1, -1);
    this.close(subnet, timeMs);
    subnet.markBlock = -1;
    if (world.configuration.audit) checkConservation(world);
  }
}
