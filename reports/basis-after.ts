import { DAY_MS, type VestingConfiguration } from "../engine/index.js";

/** The instant after which an entry counts for retention. */
export function basisAfterMs(vesting: VestingConfiguration, nowMs: number): number {
  const start = vesting.startMs ?? Number.NEGATIVE_INFINITY;
  return vesting.retentionScope === "window" ? Math.max(start, nowMs - vesting.retentionWindowDays * DAY_MS) : start;
}
