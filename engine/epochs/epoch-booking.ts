import type { EmissionGroup, Subnet } from "../books/subnet.js";
import type { World } from "../books/world.js";
import type { EpochSheet } from "./epoch-sheet.js";
import type { RowPayer } from "./epoch-source.js";

/** Books what the rows of an epoch are paid, as far as it was not booked when it came. */
export class EpochBooking {
  constructor(private readonly world: World) {}

  /** @returns what all rows are paid, rao */
  book(subnet: Subnet, { paid, endMs }: EpochSheet, pays: RowPayer | null): number {
    const { book, payroll } = this.world;
    const { group, epoch } = subnet;
    const together = pays === null && this.goTogether(group);
    if (group.count > 0) book.at(group.block[0], -1, -1);
    if (together) book.emissionAsRecorded(group.position, group.amountRao, group.count, endMs);
    let sumRao = 0;
    for (let row = 0; row < group.count; row++) {
      const paidRao = paid[row];
      sumRao += paidRao;
      payroll.note(epoch, group.position[row], paidRao);
      if (together) payroll.totals.add(group.position[row], group.amountRao[row], paidRao);
      else if (pays === null) this.bookRest(group, row, endMs, paidRao);
      else if (paidRao > 0) pays(row, endMs, paidRao, group.role[row]);
    }
    return sumRao;
  }

  /** Nothing to decide row by row: half of all events go this way, so they go together. */
  private goTogether({ anyBooked, manyBlocks }: EmissionGroup): boolean {
    const { book, schedules, outputs } = this.world;
    return !anyBooked && !manyBlocks && !book.twins && schedules === null && outputs.tables.flows === null;
  }

  /** Books what of a row's pay was not booked when it came. */
  private bookRest(group: EmissionGroup, row: number, endMs: number, paidRao: number): void {
    const booked = group.bookedRao[row];
    const recorded = group.amountRao[row];
    if (booked > 0 && booked === recorded) return;
    const block = group.block[row];
    if (group.manyBlocks) this.world.book.at(block, -1, -1);
    this.world.payroll.pay(group.position[row], endMs, recorded - booked, paidRao - booked, group.role[row], block);
  }
}
