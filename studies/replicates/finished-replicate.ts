import { openRun, type RunManifest } from "../../recorders/index.js";

/** A replicate that is finished. */
export interface FinishedReplicate {
  readonly status: "finished";
  /** The folder it lies in now. */
  readonly path: string;
  readonly manifest: RunManifest;
}

/**
 * What an earlier start finished, if it is there whole and has this identity: its manifest is sealed and written last, and not a
 * bit of its tables has changed since.
 */
export async function finishedReplicate(
  paths: readonly string[],
  task: string,
  signal?: AbortSignal,
): Promise<FinishedReplicate | undefined> {
  for (const path of paths) {
    try {
      const run = await openRun(path);
      if (run.manifest.task !== task) continue;
      for (const table of run.tables) await run.checkTable(table, () => signal?.throwIfAborted());
      return { status: "finished", path, manifest: run.manifest };
    } catch {
      // Not there, or damaged: it is run again.
      signal?.throwIfAborted();
    }
  }
  return undefined;
}
