import { quoteName } from "../../../recorders/index.js";
import { trialColumnNames } from "../../../studies/index.js";
import type { TuningPageData } from "./tuning-page-data.js";

/** Columns of the table `trials` of a study as SQL names them: a name that is taken, such as `status`, is another there. */
export function trialColumns({ parameters, objectives }: Pick<TuningPageData["tuning"], "parameters" | "objectives">): {
  readonly parameters: readonly string[];
  readonly objectives: readonly string[];
} {
  const names = trialColumnNames({ parameters: parameters.map(({ path }) => path), objectives: objectives.map(({ name }) => name) });
  return { parameters: names.parameters.map(quoteName), objectives: names.objectives.map(quoteName) };
}
