import { normalise } from "../kernel/normalise.js";
import { movedShare, type RunMetrics, SAME_SHARES, type SpanMetrics } from "../metrics/index.js";
import type { Measurements } from "../vesting/measurements.js";
import type { EpochSheet } from "./epoch-sheet.js";

/**
 * Takes into the figures of a run how far its rule moves the pot of an epoch, whether it is applied or not.
 * @param isShared is the pot shared by weights, and not paid as its rows say?
 * @param spans parts of the run's time that have figures of their own; null: none
 */
export function takeFigures(
  sheet: EpochSheet,
  measured: Measurements,
  isShared: boolean,
  metrics: RunMetrics,
  spans: SpanMetrics | null,
): void {
  if (sheet.potRao === 0) return;
  if (sheet.aside !== null) takeAside(sheet, sheet.aside);
  const { ruled, miners, evidence } = sheet;
  sheet.allocated = false;
  for (let k = 0; k <= miners && !sheet.allocated; k++) sheet.allocated = ruled[k] > 0;
  sheet.moved = movedShare(sheet.base, sheet.baseSum, ruled, sheet.allocated, sheet.count);
  evidence.gather(sheet, measured);
  if (sheet.listed) evidence.differ = sheet.moved > SAME_SHARES;
  metrics.take(sheet, measured.heldShare, isShared);
  spans?.take(sheet, measured.heldShare, isShared);
}

/** Shares of the whole pot, of which a part is given already. */
function takeAside(sheet: EpochSheet, aside: Float64Array): void {
  const { ruled, would, miners, count } = sheet;
  const sharedRao = sheet.potRao - sheet.asideSumRao;
  for (let k = 0; k < count; k++) would[k] = ruled[k] * sharedRao + (k < miners ? aside[k] : 0);
  normalise(would, count);
  sheet.ruled = would;
}
