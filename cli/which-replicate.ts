import { join } from "node:path";
import type { OpenRun } from "../recorders/index.js";

/**
 * The run in a folder: of many replicates the one that is asked for. Null: the folder holds many, and none is asked for.
 * @throws TenureError as `openRun` and `openStudy`; `TEN-REPORT-054` it is of a comparison or a tuning
 */
export async function openReplicateOrRun(dir: string, replicate: number | undefined): Promise<OpenRun | null> {
  const { isStudyFolder, openRun } = await import("../recorders/index.js");
  try {
    if (replicate === undefined) return (await isStudyFolder(dir)) ? null : await openRun(dir);
    const { openStudy } = await import("../studies/index.js");
    return await (await openStudy(dir)).openReplicate(replicate);
  } catch (error) {
    // Only here, so that who reads a run does without studies.
    const { folderKind } = await import("../studies/index.js");
    const kind = await folderKind(dir);
    throw kind === "comparison" || kind === "tuning" ? await noRunAlone(dir, kind) : error;
  }
}

/** Where in such a folder there is a run, or how to make one. */
async function noRunAlone(dir: string, kind: "comparison" | "tuning"): Promise<Error> {
  const [{ TenureError }, { typedPath }] = await Promise.all([import("../engine/index.js"), import("../reports/index.js")]);
  const [a, b] = ["a", "b"].map((side) => typedPath(join(dir, side)));
  const is = {
    comparison: {
      what: "This is the folder of a comparison, not of one run.",
      hint: `Name a side and one of its replicates: ${a} or ${b} with --replicate <n>. \`tenure report ${typedPath(dir)}\` shows the comparison.`,
    },
    tuning: {
      what: "This is the folder of a tuning, not of one run: its trials keep figures, not who was paid what.",
      hint: `Run the scenario of a trial and explain that: \`tenure studies apply ${typedPath(dir)} > new-scenario.yaml\`, then \`tenure run new-scenario.yaml\`.`,
    },
  }[kind];
  return new TenureError({
    code: "TEN-REPORT-054",
    what: is.what,
    place: { file: dir },
    found: `a ${kind}`,
    allowed: "the folder of a run, or of replicates with --replicate",
    hint: is.hint,
  });
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
