import type { OpenStudy } from "../../studies/index.js";
import { type StageShift, sortShifts, stageShifts } from "./stage-shifts.js";

const NUMBERS = [
  "taken_a",
  "taken_b",
  "given_a",
  "given_b",
  "taken_change",
  "given_change",
] as const satisfies readonly (keyof StageShift)[];

/**
 * What the stages of two scenarios take and give, mean over the pairs; those first that differ most, none where neither rule is a list.
 * @param pairs replicates that are finished in both
 */
export async function pairedStageShifts(
  a: OpenStudy,
  b: OpenStudy,
  pairs: readonly number[],
  signal?: AbortSignal,
): Promise<readonly StageShift[]> {
  const byStage = new Map<string, StageShift[]>();
  for (const replicate of pairs) {
    signal?.throwIfAborted();
    const shifts = await stageShifts(await a.openReplicate(replicate), await b.openReplicate(replicate));
    // All replicates of a scenario have one rule.
    if (shifts.length === 0) return [];
    for (const shift of shifts) byStage.set(shift.stage, [...(byStage.get(shift.stage) ?? []), shift]);
  }
  return sortShifts([...byStage.values()].map(meanOf));
}

function meanOf(shifts: readonly StageShift[]): StageShift {
  const mean = (of: (typeof NUMBERS)[number]) => {
    const known = shifts.map((shift) => shift[of]).filter((value) => value !== null);
    return known.length < shifts.length ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  const means = Object.fromEntries(NUMBERS.map((name) => [name, mean(name)])) as Pick<StageShift, (typeof NUMBERS)[number]>;
  return { ...shifts[0], ...means };
}
