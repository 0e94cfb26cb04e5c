import { stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
import { TenureError } from "../../engine/index.js";
import { loadScenario, parseScenario, type Scenario } from "../../scenarios/index.js";

/** What is to be calibrated to, as a scenario that replays it. */
export interface CalibratedSource {
  readonly scenario: Scenario;
  /** Where its relative stream paths start. */
  readonly data: string;
  /** In words, for the scenario that is made. */
  readonly words: string;
  /** What the name of the made scenario begins with. */
  readonly name: string;
}

/**
 * The streams of a recording, or those that a scenario names.
 * @param pathOrName of a folder, which is taken for a recording; of a scenario, or of a shipped one
 * @param data where recordings start; left out: of a recording the folder around it, of a scenario the working folder
 * @throws TenureError `TEN-CALIBRATE-008` there is neither; of a scenario
 */
export async function calibratedSource(pathOrName: string, data: string | undefined): Promise<CalibratedSource> {
  const folder = data === undefined || isAbsolute(pathOrName) ? pathOrName : join(data, pathOrName);
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) {
    const scenario = scenarioNamed(pathOrName, folder);
    const { name } = scenario.configuration;
    return { scenario, data: data ?? ".", words: `the streams of the scenario ${name}`, name };
  }
  const whole = resolve(folder);
  const recorded = data === undefined ? basename(whole) : relative(resolve(data), whole).replaceAll("\\", "/") || ".";
  const around = data ?? (relative(process.cwd(), dirname(whole)) || ".");
  const name = nameOf(basename(whole));
  const scenario = parseScenario(JSON.stringify({ name, streams: [{ recorded, name }] }), pathOrName);
  return { scenario, data: around, words: `the recording ${recorded}`, name };
}

function scenarioNamed(pathOrName: string, folder: string): Scenario {
  try {
    return loadScenario(pathOrName);
  } catch (error) {
    if (!(error instanceof TenureError) || error.code !== "TEN-SCENARIO-001") throw error;
    throw new TenureError({
      code: "TEN-CALIBRATE-008",
      what: "There is neither a recording nor a scenario of this name.",
      place: { file: folder },
      found: pathOrName,
      allowed: "a folder that `tenure record` or `tenure import` wrote, a scenario file, or the name of a shipped scenario",
      hint: "Check the path; with --data a recording is looked for in that folder.",
    });
  }
}

/** A name of a scenario, or of a stream, from that of a folder. */
function nameOf(folder: string): string {
  const name = folder.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[^A-Za-z0-9]+/, "");
  return name === "" ? "recording" : name.slice(0, MOST_NAME);
}

/** Leaves room for what comes behind it. */
const MOST_NAME = 150;
