import { join } from "node:path";
import type { Scenario } from "../../../scenarios/index.js";
import { TERMS_FILE } from "../baseline/baseline-files.js";
import { writeTerms } from "../terms/parquet-terms.js";
import { ruleAskers } from "../terms/rule-askers.js";
import { runEpochs, TERM_TABLES } from "../terms/run-epochs.js";
import type { MeasuredRun, MeasureOptions } from "./measured-run.js";
import { withTemporaryRuns } from "./temporary-runs.js";

/** Runs a scenario once more and writes every term of it into a folder. */
export async function addTerms(folder: string, scenario: Scenario, { inputs }: MeasuredRun, options: MeasureOptions): Promise<void> {
  await withTemporaryRuns(options, async (run) => {
    const made = await run("terms", scenario, TERM_TABLES, inputs);
    const epochs = () => runEpochs(made.run, made.configuration);
    await writeTerms(join(folder, TERMS_FILE), epochs, ruleAskers(made.configuration), options.signal);
  });
}
