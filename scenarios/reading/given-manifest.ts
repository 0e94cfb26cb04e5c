import { TenureError } from "../../engine/index.js";
import { SCENARIO_CODES } from "../schema/error-codes.js";

/** The manifest of a recording names its format, and that of a run has a number for it and says how the run ended. */
const OF_RECORDING = /^\s*\{\s*"format"\s*:\s*"tenure-recording"/;
const OF_RUN = /^\s*\{\s*"format"\s*:\s*\d+\s*,\s*"status"\s*:/;

/** How much of a text tells whether it is a manifest, in characters. */
export const MANIFEST_BEGINNING = 200;

/**
 * Refuses what Tenure wrote of a recording or of a run, where a scenario is asked for, instead of every key of it.
 * @param text or its first `MANIFEST_BEGINNING` characters
 * @param given as it was given, for the error: the manifest, or the folder that holds it
 * @throws TenureError `TEN-SCENARIO-019`
 */
export function refuseManifest(text: string, given: string): void {
  const beginning = text.slice(0, MANIFEST_BEGINNING);
  const place = { file: given };
  const allowed = "the path of a scenario, a YAML file, or the name of a shipped one";
  if (OF_RECORDING.test(beginning)) {
    throw new TenureError({
      code: SCENARIO_CODES.givenManifest,
      what: "This is a recording, not a scenario.",
      place,
      found: "the manifest of a recording",
      allowed,
      hint: "Write a scenario that replays it: begin one with `tenure scenarios new <name>`, name the folder in its streams (`- recorded: <folder>`), and give --data the folder around it.",
    });
  }
  if (OF_RUN.test(beginning)) {
    throw new TenureError({
      code: SCENARIO_CODES.givenManifest,
      what: "This is a run, not a scenario.",
      place,
      found: "the manifest of a run",
      allowed,
      hint: "`tenure show <run-dir>` reads its results, `tenure verify <run-dir>` runs it again, and `tenure import run <run-dir>` makes a recording of it that a scenario can replay.",
    });
  }
}
