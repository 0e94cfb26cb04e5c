import type { Subnet } from "../../books/subnet.js";
import type { EpochSheet } from "../../epochs/epoch-sheet.js";
import type { Measurements } from "../../vesting/measurements.js";
import type { KeyRing } from "./key-ring.js";
import type { Miner } from "./miner.js";

/**
 * An epoch has ended: shows miners what the rule looked at and answered for their keys, and what these were paid, and adds it to what they
 * came to.
 * @param paidTo told of each row that is theirs, with what its base weight alone would have been paid
 * @returns rows that are theirs
 */
export function showEpoch<M extends Miner>(
  ring: KeyRing<M>,
  { group }: Subnet,
  sheet: EpochSheet,
  measured: Measurements,
  paidTo?: (miner: M, entitledRao: number, paidRao: number) => void,
): number {
  const { keyAt, minerAt } = ring;
  for (let i = 0; i < measured.count; i++) {
    const key = keyAt[i];
    if (key === undefined) continue;
    key.receivedRao = measured.receivedRao[i];
    key.remainingRao = measured.remainingRao[i];
    key.heldShare = measured.heldShare[i];
    key.heldDays = measured.heldDays[i];
    key.multiplier = measured.multiplier[i];
    key.paidRao = 0;
  }
  const { miners, member, shown, paid } = sheet;
  for (let k = 0; k < miners; k++) {
    const key = keyAt[member[k]];
    if (key !== undefined) key.multiplier = shown[k];
  }
  let rows = 0;
  for (let row = 0; row < group.count; row++) {
    const member = ring.numberOf(group.position[row]);
    const key = keyAt[member];
    const miner = minerAt[member];
    if (key === undefined || miner === undefined) continue;
    const { totals } = miner;
    const paidRao = paid[row];
    rows += 1;
    paidTo?.(miner, group.amountRao[row], paidRao);
    key.paidRao += paidRao;
    totals.entitledRao.add(group.amountRao[row]);
    totals.paidRao.add(paidRao);
    totals.payWeight += paidRao;
    totals.payMultiplier += paidRao * key.multiplier;
    totals.payHeldShare += paidRao * key.heldShare;
    totals.payHeldDays += paidRao * key.heldDays;
  }
  return rows;
}
