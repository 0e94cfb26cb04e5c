import { type OpenStudy, spreadOf } from "../../studies/index.js";
import { fewest, type StageShift, sortShifts, stageShifts } from "./stage-shifts.js";

const NUMBERS = [
  "taken_a",
  "taken_b",
  "given_a",
  "given_b",
  "taken_change",
  "given_change",
] as const satisfies readonly (keyof StageShift)[];

type Interval = { readonly low: number; readonly high: number };

/** A shift in the mean over pairs. */
export interface PairedStageShift extends StageShift {
  /** 95 % intervals of the mean changes (Student's t over the pairs); null: of one pair, or not recorded. */
  readonly taken_interval: Interval | null;
  readonly given_interval: Interval | null;
}

/**
 * What the stages of two scenarios take and give, mean over the pairs; those first that differ most, none where neither rule is a list.
 * @param pairs replicates that are finished in both
 */
export async function pairedStageShifts(
  a: OpenStudy,
  b: OpenStudy,
  pairs: readonly number[],
  signal?: AbortSignal,
): Promise<readonly PairedStageShift[]> {
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

function meanOf(shifts: readonly StageShift[]): PairedStageShift {
  const mean = (of: (typeof NUMBERS)[number]) => {
    const known = shifts.map((shift) => shift[of]).filter((value) => value !== null);
    return known.length < shifts.length ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  const means = Object.fromEntries(NUMBERS.map((name) => [name, mean(name)])) as Pick<StageShift, (typeof NUMBERS)[number]>;
  const intervalOf = (of: "taken_change" | "given_change"): Interval | null => {
    const known = shifts.map((shift) => shift[of]).filter((value) => value !== null);
    return known.length < shifts.length ? null : spreadOf(known).interval;
  };
  return {
    ...shifts[0],
    ...means,
    epochs: fewest(shifts.map(({ epochs }) => epochs)),
    taken_interval: intervalOf("taken_change"),
    given_interval: intervalOf("given_change"),
  };
}
