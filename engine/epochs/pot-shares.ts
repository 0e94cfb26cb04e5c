import type { Subnet } from "../books/subnet.js";
import { InvariantError } from "../kernel/errors.js";
import { PotSharing } from "../kernel/pot.js";
import { REST_ROWS } from "../tables/vocabularies/rest-rows.js";
import type { EpochSheet } from "./epoch-sheet.js";
import type { Residuals } from "./residuals.js";

const UNALLOCATED = REST_ROWS.indexOf("unallocated");

/** Decides what the rows of an epoch are paid: what they say, or, of miners, each its share of the pot in whole rao. */
export class PotShares {
  private readonly pot = new PotSharing();

  constructor(private readonly residuals: Residuals) {}

  share(subnet: Subnet, sheet: EpochSheet, anew: boolean): void {
    const { group } = subnet;
    const { paid, row, parts, miners, aside, potRao } = sheet;
    for (let i = 0; i < group.count; i++) paid[i] = group.amountRao[i];
    if (!anew) return;
    const sharedRao = potRao - sheet.asideSumRao;
    const allocated = this.pot.share(sharedRao, sheet.final, sheet.count, parts);
    const rest = miners + 1;
    sheet.outsideRao = parts[miners];
    sheet.unallocatedRao = allocated ? (sheet.listed ? parts[rest + UNALLOCATED] : 0) : sharedRao;
    const residualRao = sheet.listed ? this.residuals.take(subnet, sheet.final, parts, rest) : 0;
    let minersRao = 0;
    for (let k = 0; k < miners; k++) {
      const paidRao = parts[k] + (aside === null ? 0 : aside[k]);
      paid[row[k]] = paidRao;
      minersRao += paidRao;
    }
    if (minersRao + sheet.unallocatedRao + sheet.outsideRao + residualRao === potRao) return;
    throw new InvariantError(
      `a pot of ${potRao} rao became ${minersRao} paid, ${sheet.unallocatedRao} unallocated, ${sheet.outsideRao} outside, ${residualRao} elsewhere`,
    );
  }
}
