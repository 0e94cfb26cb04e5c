import { type LineDifference, lineDifferences } from "../compare/line-difference.js";
import type { StageNumber, StageNumbers } from "../measure/stage-numbers.js";
import type { TemporaryRun } from "../measure/temporary-runs.js";
import { totalsOfRun } from "../measure/totals-of-run.js";
import { alignedStages } from "./stages-beside.js";

/**
 * How two runs of today's code differ, exact to the rao. Their stages are set side by side: one that only a list has, and that leaves all as it is, is no
 * difference, and neither are the numbers of those behind it.
 */
export async function runLines(before: TemporaryRun, now: TemporaryRun, signal?: AbortSignal): Promise<readonly LineDifference[]> {
  const numbers = stageNumbers(before, now);
  const [then, got] = [
    await totalsOfRun(before.run, indexOf(before), signal, numbers?.before),
    await totalsOfRun(now.run, indexOf(now), signal, numbers?.now),
  ];
  return lineDifferences(then, got);
}

const indexOf = ({ configuration }: TemporaryRun) => configuration.index?.netuid ?? null;

/** Null: the lists have the same stages, or there are none. */
function stageNumbers(before: TemporaryRun, now: TemporaryRun): { readonly before: StageNumbers; readonly now: StageNumbers } | null {
  const [then, list] = [before, now].map(({ configuration }) => configuration.stages?.stages ?? null);
  if (then === null || list === null) return null;
  const places = alignedStages(then, list);
  const numbers = (side: "before" | "now"): StageNumbers =>
    new Map(
      places.flatMap((place, at): (readonly [number, StageNumber])[] => {
        const own = place[side];
        return own === null ? [] : [[own + 1, { place: at + 1, isAlone: place.before === null || place.now === null }]];
      }),
    );
  return { before: numbers("before"), now: numbers("now") };
}
