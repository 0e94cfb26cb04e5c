import { join } from "node:path";
import { compareRuns } from "../../../studies/index.js";
import { TERMS_FILE } from "../baseline/baseline-files.js";
import { paidKeyText } from "../baseline/paid-line.js";
import { withTemporaryRuns } from "../measure/temporary-runs.js";
import { TERM_TABLES } from "../terms/run-epochs.js";
import { changedInputs } from "./changed-inputs.js";
import { runAgain } from "./run-again.js";
import { runLines } from "./run-lines.js";
import { scenarioChanges } from "./scenario-changes.js";
import type { Trace } from "./trace.js";
import { traceEach } from "./trace-each.js";
import type { TraceRequest } from "./trace-request.js";
import { traceRuns } from "./trace-runs.js";
import { traceTerms } from "./trace-terms.js";

const NONE: ReadonlySet<string> = new Set();

/** Finds out what moved the pay of positions since a baseline. */
export async function traceCauses(request: TraceRequest): Promise<Trace> {
  const { scenario, baseline, measured } = request;
  const changed = scenarioChanges(baseline.resolved, scenario.resolved);
  const inputs = changedInputs(baseline.inputs, measured.inputs);
  return withTemporaryRuns(request, async (run) => {
    const notes: string[] = [];
    const before = changed.length === 0 ? null : await runAgain(request, run, notes);
    if (before !== null) {
      const now = await run("now", scenario, "all", measured.inputs);
      const differing = await runLines(before, now, request.signal);
      const keys = new Set(differing.map(paidKeyText));
      const same = new Set([...request.wanted].filter((key) => !keys.has(key)));
      // What goes elsewhere is told by all positions.
      const wanted = differing.some(({ kind }) => kind === "rest") ? request.wanted : keys;
      if (differing.length === 0) return { by: "parameters", changed, inputs, partings: new Map(), same, each: [], event: null, notes };
      const partings = await traceRuns(before, now, changed, { ...request, wanted });
      const { firstEvent } = await compareRuns(before.run, now.run, request.signal === undefined ? {} : { signal: request.signal });
      const each = await traceEach(before, { ...request, wanted }, run, notes);
      return { by: "parameters", changed, inputs, partings, same, each, event: firstEvent, notes };
    }
    if (!request.hasTerms) {
      notes.push("The baseline has no terms, so only its totals tell where pay parts; --update --terms writes them with the next one.");
      return { by: "totals", changed, inputs, partings: new Map(), same: NONE, each: [], event: null, notes };
    }
    const now = await run("now", scenario, TERM_TABLES, measured.inputs);
    const partings = await traceTerms(join(request.folder, TERMS_FILE), now, inputs, request);
    return { by: "terms", changed, inputs, partings, same: NONE, each: [], event: null, notes };
  });
}
