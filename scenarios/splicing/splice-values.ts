import { TenureError } from "../../engine/index.js";
import { parseScenario } from "../load-scenario.js";
import { pathSteps } from "../reading/overrides.js";
import { ScenarioErrors } from "../scenario-errors.js";
import { SCENARIO_CODES } from "../schema/error-codes.js";
import { notSpliced, setInText } from "./set-in-text.js";
import { valueText } from "./value-text.js";

/** A value, and where it goes. */
export interface SplicedValue {
  /** As `--set` takes it: `vesting.max_multiplier`, `streams.peers.miners`. */
  readonly path: string;
  /** A number is finite. A text stays a text, also where YAML without quotes would read something else. */
  readonly value: number | string | boolean;
}

/**
 * A scenario's text with values set in it; every other byte stays: comments, quotes, line breaks, indentation. A key that is not there is
 * added to its mapping, after the last one and in its style, and so are mappings on the way to it.
 * @param file what errors call the text
 * @param values set in order; of two of one path the last wins
 * @returns a text that loads to exactly what the given one loads to with `--set` of the values
 * @throws ScenarioErrors for a text that is no scenario with these values; TenureError `TEN-SCENARIO-020` where a value stands in what
 *   an alias repeats, `-021` where the text is of a form in which it cannot be set
 */
export function spliceValues(text: string, file: string, values: readonly SplicedValue[]): string {
  const overrides = values.map(({ path, value }) => {
    if (path.includes("=")) throw noPath(path, file);
    // Quotes stay around texts here, whatever they hold.
    const stated = typeof value === "string" ? JSON.stringify(value) : valueText(value, "1.2");
    return { text: `${path}=${stated}`, given: `--set ${path}=${stated}` };
  });
  const wanted = parseScenario(text, file, { overrides });
  const spliced = values.reduce((before, { path, value }) => setInText(before, file, pathSteps(path), value), text);
  if (!loadsTo(spliced, file, JSON.stringify(wanted.resolved))) throw notSpliced({ file }, values.map(({ path }) => path).join(", "));
  return spliced;
}

function loadsTo(text: string, file: string, wanted: string): boolean {
  try {
    return JSON.stringify(parseScenario(text, file).resolved) === wanted;
  } catch (error) {
    if (error instanceof ScenarioErrors) return false;
    throw error;
  }
}

function noPath(path: string, file: string): TenureError {
  return new TenureError({
    code: SCENARIO_CODES.badOverride,
    what: "No key of a scenario is called so.",
    place: { file },
    found: path,
    allowed: "a dotted path, such as vesting.max_multiplier",
    hint: "`tenure scenarios schema` lists every key.",
  });
}
