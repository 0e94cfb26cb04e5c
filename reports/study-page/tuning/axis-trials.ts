import type { TunedValue } from "../../../studies/index.js";
import type { TuningReport, TuningTrialReport } from "../../tuning/tuning-report.js";

/** Trials that differ from the chosen one in one parameter alone, in the order of its values; the chosen one among them. */
export function alongAxis({ trials, chosen, parameters }: TuningReport, path: string): readonly TuningTrialReport[] {
  const own = trials.find(({ trial }) => trial === chosen);
  if (own === undefined) return [];
  const others = parameters.filter((one) => one.path !== path);
  const alike = trials.filter(({ set, objectives }) => objectives !== null && others.every((one) => set[one.path] === own.set[one.path]));
  const values = parameters.find((one) => one.path === path)?.values ?? null;
  const place = (value: TunedValue) => (values === null ? Number(value) : values.indexOf(value));
  return [...alike].sort((a, b) => place(a.set[path]) - place(b.set[path]));
}
