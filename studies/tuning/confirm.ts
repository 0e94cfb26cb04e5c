import { InvariantError } from "../../engine/index.js";
import { analyseTuning } from "./analysis/analyse-tuning.js";
import type { Evaluator } from "./evaluation/evaluator.js";
import type { TuningManifest } from "./folder/tuning-manifest.js";
import type { Tuning } from "./tuning.js";

/** Trials of the front, besides the chosen one. */
const MOST_OF_FRONT = 4;
/** How far figures from a tape may be from those of a run, relative to them, or absolute below 1. */
const AGREEMENT = 1e-9;

/**
 * Runs the chosen trial and some of the front in full, where trials were computed from a tape, and compares.
 * @throws InvariantError where the tape said something else
 */
export async function confirm(tuning: Tuning, evaluator: Evaluator, replicates: readonly number[]): Promise<TuningManifest["confirmed"]> {
  const { front, chosen } = analyseTuning(tuning);
  const places = [...new Set([...(chosen === null ? [] : [chosen]), ...front])].slice(0, MOST_OF_FRONT + 1);
  const trials = places.map((place) => tuning.trials[place]);
  await evaluator.run(
    trials.map(({ number, assignment }) => ({ trial: number, assignment, replicates })),
    "full",
  );
  let largest = 0;
  for (const { number } of trials) {
    for (const replicate of replicates) {
      const played = evaluator.entry(number, replicate)?.figures;
      const full = evaluator.entry(number, replicate, "full")?.figures;
      if (played == null || full == null) continue;
      for (const [name, value] of Object.entries(played)) {
        const difference = Math.abs(value - full[name]) / Math.max(1, Math.abs(full[name]));
        if (!(difference <= AGREEMENT))
          throw new InvariantError(`${name} of trial ${number}, replicate ${replicate}: ${value} from the tape, ${full[name]} in full`);
        largest = Math.max(largest, difference);
      }
    }
  }
  return { trials: trials.map(({ number }) => number).sort((a, b) => a - b), largest_difference: largest };
}
