import type { Subnet } from "../books/subnet.js";
import type { EpochSheet } from "./epoch-sheet.js";

/**
 * Is there anything to share anew? Where no factor moves anything, the recording itself is the division in proportion to the
 * recording; sharing it anew through quotas could only add rounding.
 */
export function sharesAnew({ group }: Subnet, { listApplies, asRecorded, miners, factor, base, final, row }: EpochSheet): boolean {
  if (listApplies || !asRecorded) return true;
  for (let k = 0; k < miners; k++) {
    if (factor[k] !== 1) return true;
    if (base[k] !== group.amountRao[row[k]]) return true;
    if (base[k] > 0 !== final[k] > 0) return true;
  }
  return false;
}
