import { TenureError } from "../../engine/index.js";
import { spliceValues } from "../../scenarios/index.js";
import { analyseTuning } from "./analysis/analyse-tuning.js";
import type { OpenTuning } from "./open-tuning.js";
import type { TunedValue } from "./space/domain.js";

/** A scenario with the values of a trial. */
export interface AppliedTrial {
  readonly trial: number;
  readonly values: Readonly<Record<string, TunedValue>>;
  /** What the study set beside them in all trials, which is not written: `path=value` texts. */
  readonly alsoSet: readonly string[];
  /** The text of the scenario as it was tuned; nothing but the values is another. */
  readonly text: string;
}

/**
 * Writes the values of a trial into the text of the scenario that was tuned.
 * @param pick number of the trial; left out: the chosen one
 * @throws TenureError `TEN-TUNE-149` no such trial; those of the text where a value cannot be written into it
 */
export function applyTrial({ tuning, record }: OpenTuning, pick?: number): AppliedTrial {
  const { trials, parameters } = tuning;
  const { chosen } = analyseTuning(tuning);
  const number = pick ?? (chosen === null ? undefined : trials[chosen].number);
  const trial = trials.find((one) => one.number === number);
  if (trial === undefined) {
    throw new TenureError({
      code: "TEN-TUNE-149",
      what: pick === undefined ? "No trial was chosen: none finished and keeps the limits." : "There is no such trial.",
      place: { path: "--pick" },
      found: pick ?? "no --pick",
      allowed:
        trials.length === 0
          ? "the number of a trial; there is none"
          : `a number from ${trials[0].number} to ${trials[trials.length - 1].number}`,
      hint: "`tenure studies show` lists the trials.",
    });
  }
  const { file, text, opened } = record.scenario;
  const values = parameters.map(({ path }, at) => ({ path, value: trial.assignment[at] }));
  return {
    trial: trial.number,
    values: Object.fromEntries(values.map(({ path, value }) => [path, value])),
    alsoSet: [...record.statement.set, ...record.sets, ...(record.scenario_seed === null ? [] : [`seed=${record.scenario_seed}`])],
    text: spliceValues(text, file ?? opened, values),
  };
}
