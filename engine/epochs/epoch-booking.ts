import type { EmissionGroup, Subnet } from "../books/subnet.js";
import type { World } from "../books/world.js";
import type { EpochSheet } from "./epoch-sheet.js";
import type { RowPayer } from "./epoch-source.js";

/** Books what the rows of an epoch are paid, as far as it was not booked when it came. */
export class EpochBooking {
  constructor(private readonly world: World) {}

  /**
   * @param anew whether rows are paid something else than they say
   * @returns what all rows are paid, rao
   */
  book(subnet: Subnet, { paid, endMs }: EpochSheet, pays: RowPayer | null, anew: boolean): number {
    const { holdings, payroll } = this.world;
    const { group, epoch } = subnet;
    // Nothing to decide row by row: half of all events go this way, so they go together.
    const together = !anew && pays === null && !group.anyBooked && !group.manyBlocks && group.count > 0 && holdings.paysTogether;
    let sumRao = 0;
    if (together) {
      holdings.payAsRecorded(group.position, group.amountRao, group.role, group.count, endMs, group.block[0], epoch);
      for (let row = 0; row < group.count; row++) sumRao += group.amountRao[row];
      return sumRao;
    }
    for (let row = 0; row < group.count; row++) {
      const paidRao = paid[row];
      sumRao += paidRao;
      payroll.note(epoch, group.position[row], paidRao);
      if (pays === null) this.bookRest(group, row, endMs, paidRao);
      else if (paidRao > 0) pays(row, endMs, paidRao, group.role[row]);
    }
    return sumRao;
  }

  /** Books what of a row's pay was not booked when it came. */
  private bookRest(group: EmissionGroup, row: number, endMs: number, paidRao: number): void {
    const booked = group.bookedRao[row];
    const recorded = group.amountRao[row];
    if (booked > 0 && booked === recorded) return;
    const block = group.block[row];
    this.world.holdings.pay(group.position[row], endMs, recorded - booked, paidRao - booked, group.role[row], block);
  }
}
