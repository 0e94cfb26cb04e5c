import { TenureError } from "../../engine/index.js";

/**
 * What to throw for a run that failed: where it was interrupted over a finished run, that one is still there, and a reader is
 * told so instead of to run again.
 * @param finished whether the folder held a finished run before
 */
export function interruptedOver(error: unknown, out: string, finished: boolean): unknown {
  if (!(error instanceof TenureError) || error.code !== "TEN-RUN-001" || !finished) return error;
  return new TenureError({
    code: "TEN-RUN-001",
    what: "The run was interrupted; the earlier run in this folder was kept.",
    place: { file: out },
    hint: "Run it again with the same --out to replace the earlier run.",
  });
}
