import { TenureError } from "../../../engine/index.js";
import { scenarioFromResolved } from "../../../scenarios/index.js";
import type { TemporaryRun } from "../measure/temporary-runs.js";
import { TERM_TABLES } from "../terms/run-epochs.js";
import { asItWas } from "./as-it-was.js";
import { changeUnits } from "./change-units.js";
import { runLines } from "./run-lines.js";
import { plainScenario, scenarioChanges } from "./scenario-changes.js";
import type { TracedChange } from "./trace.js";
import type { MakeRun, TraceRequest } from "./trace-request.js";
import { traceRuns } from "./trace-runs.js";

/** Runs the scenario of the baseline with one change at a time: none hides behind another that comes first in the order of computing. */
export async function traceEach(
  before: TemporaryRun,
  request: TraceRequest,
  run: MakeRun,
  notes: string[],
): Promise<readonly TracedChange[]> {
  const { scenario, baseline, signal } = request;
  const changed = scenarioChanges(baseline.resolved, scenario.resolved);
  if (changed.length < 2) return [];
  const then = plainScenario(baseline.resolved);
  // What is recorded and told of a scenario moves no pay.
  const now = { ...plainScenario(scenario.resolved), record: then.record, description: then.description };
  const units = changeUnits(then, now, changed, (resolved) => scenarioFromResolved(resolved));
  const together = "The changes were traced together: one that comes later in the order of computing may hide behind the first.";
  if (units === null) {
    if (new Set(changed.map(({ path }) => path.split(".").slice(0, 2).join("."))).size > 1) notes.push(together);
    return [];
  }
  const each: TracedChange[] = [];
  for (const [at, unit] of units.entries()) {
    try {
      const one = await run(`change-${at}`, asItWas(unit.resolved, scenario), TERM_TABLES);
      // Stages stand elsewhere in it than in the scenario of now.
      const partings = await traceRuns(before, one, scenarioChanges(then, unit.resolved), request);
      each.push({ changed: unit.changed, partings, lines: await runLines(before, one, signal) });
    } catch (error) {
      if (!(error instanceof TenureError)) throw error;
      notes.push(together);
      return [];
    }
  }
  return each;
}
