/** `format` of the manifest of a recording. */
export const RECORDING_FORMAT = "tenure-recording";

/** `format` of the manifest of a study: many replicates of one scenario. */
export const STUDY_FORMAT = "tenure-study";

/** Is it the manifest of a recording? */
export function isOfRecording(manifest: unknown): boolean {
  return (manifest as { format?: unknown } | null)?.format === RECORDING_FORMAT;
}

/** Is it the manifest of a study, finished or not? */
export function isOfStudy(manifest: unknown): boolean {
  return (manifest as { format?: unknown } | null)?.format === STUDY_FORMAT;
}

/** Is it the manifest of a run, finished or not? Those have a number for their format, and a scenario. */
export function isOfRun(manifest: unknown): boolean {
  const { format, scenario } = (manifest ?? {}) as { format?: unknown; scenario?: unknown };
  return typeof format === "number" && typeof scenario === "object";
}
