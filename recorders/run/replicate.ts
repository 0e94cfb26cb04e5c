import { mkdir } from "node:fs/promises";
import type { Scenario } from "../../scenarios/index.js";
import { type RunManifest, writeManifest } from "../results/manifest.js";
import { withWriteErrors } from "../results/storage-error.js";
import { writeRun } from "./execute.js";
import type { RunInputs } from "./open-inputs.js";
import { prepareRun } from "./prepare.js";
import { closeSources } from "./prepared-run.js";

export interface ReplicateOptions {
  readonly opened: RunInputs;
  /** A folder that only this replicate is written to; made here. */
  readonly into: string;
  /** Where it will lie in the end. */
  readonly out: string;
  readonly data?: string | undefined;
  readonly audit?: boolean | undefined;
  /** SHA-256 of all that decides the result. */
  readonly task: string;
}

/**
 * Runs one replicate of a scenario, a pure function of (resolved scenario, seed, replicate), into a folder of its own: a whole
 * run without a DuckDB file, its manifest written last.
 * @param scenario with the number of the replicate
 * @throws TenureError of the run, and `TEN-RESULT-...` of the disk
 */
export async function runReplicate(scenario: Scenario, options: ReplicateOptions): Promise<RunManifest> {
  const { opened, into, out, data = ".", audit, task } = options;
  const startedMs = performance.now();
  const prepared = await prepareRun(scenario, { data, audit, opened });
  try {
    await withWriteErrors(into, () => mkdir(into, { recursive: true }));
    const hasRecorded = prepared.inputs.some(({ source }) => source === "recorded");
    const run = { out, duckdb: false, task, data: hasRecorded ? data : undefined };
    const manifest = await writeRun(prepared, performance.now() - startedMs, into, run);
    await writeManifest(into, manifest);
    return manifest;
  } finally {
    await closeSources(prepared);
  }
}
