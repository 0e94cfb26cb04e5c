import type { OpenRun } from "../recorders/index.js";

/**
 * The run in a folder: of many replicates the one that is asked for. Null: the folder holds many, and none is asked for.
 * @throws TenureError as `openRun` and `openStudy`
 */
export async function openReplicateOrRun(dir: string, replicate: number | undefined): Promise<OpenRun | null> {
  const { isStudyFolder, openRun } = await import("../recorders/index.js");
  if (replicate === undefined) return (await isStudyFolder(dir)) ? null : openRun(dir);
  const { openStudy } = await import("../studies/index.js");
  return (await openStudy(dir)).openReplicate(replicate);
}

/** Refuses an option that is about one of many replicates: `TEN-STUDY-018`. */
export async function refuseManyReplicates(dir: string, option: string): Promise<never> {
  const { TenureError } = await import("../engine/index.js");
  const { openStudy } = await import("../studies/index.js");
  const { finished } = await openStudy(dir);
  const [first] = finished;
  throw new TenureError({
    code: "TEN-STUDY-018",
    what: "The folder holds many replicates, and the option is about one.",
    place: { path: `--${option}` },
    found: "no --replicate",
    allowed: first === undefined ? "no replicate is finished" : `--replicate with a number from ${first} to ${finished.at(-1)}`,
    hint: `Say which: --replicate ${first ?? "<n>"}.`,
  });
}
