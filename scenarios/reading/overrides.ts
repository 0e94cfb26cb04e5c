import { TenureError } from "../../engine/index.js";
import { SCENARIO_CODES } from "../schema/error-codes.js";
import { streamName } from "../schema/stream-name.js";
import type { PlaceIndex } from "./place-index.js";
import { expandShorthand } from "./shorthand.js";
import { readYaml } from "./yaml-text.js";

export type Container = Record<string, unknown> | unknown[];

/** A setting from the command line. */
export interface Override {
  /** `path=value`. */
  readonly text: string;
  /** How it was given, for errors: `--set seed=1`, `--seed 1`. */
  readonly given: string;
}

/**
 * Applies `--set path=value` texts, in order, to a scenario that was read: the path is dotted, with a number (`streams.0` or
 * `streams[0]`) or a stream's name for an entry of `streams`; the value is YAML.
 * @returns what is wrong with them
 */
export function applyOverrides(scenario: Record<string, unknown>, overrides: readonly Override[], places: PlaceIndex): TenureError[] {
  return overrides.flatMap((override) => applyOverride(scenario, override, places));
}

function applyOverride(
  scenario: Record<string, unknown>,
  { text: set, given: file }: Override,
  places: PlaceIndex,
): readonly TenureError[] {
  const equals = set.indexOf("=");
  const steps = equals < 1 ? [] : pathSteps(set.slice(0, equals));
  if (steps.length === 0 || steps.some((step) => step === "" || step === "__proto__")) {
    return [malformed(file, "A setting is not `path=value`.", set, "a dotted path, =, and a YAML value, such as vesting.max_multiplier=2")];
  }
  const yaml = readYaml(set.slice(equals + 1), file, false);
  if (yaml.errors.length > 0) return yaml.errors;
  let container: Container = scenario;
  const path: (string | number)[] = [];
  for (const step of steps.slice(0, -1)) {
    const key = keyOf(container, path, step);
    const inner: unknown = key === undefined ? undefined : (container as Record<string | number, unknown>)[key];
    if (key === undefined) return [noEntry(file, path, step, container as unknown[])];
    path.push(key);
    if (typeof inner === "object" && inner !== null) container = inner as Container;
    else if (inner === undefined || inner === null) {
      const made: Record<string, unknown> = {};
      (container as Record<string | number, unknown>)[key] = made;
      container = made;
    } else {
      return [malformed(file, `${path.join(".")} is a value and has no keys.`, inner, "the path of a key")];
    }
  }
  const last = steps[steps.length - 1] ?? "";
  const key = keyOf(container, path, last);
  if (key === undefined) return [noEntry(file, path, last, container as unknown[])];
  path.push(key);
  (container as Record<string | number, unknown>)[key] = yaml.value;
  places.add({ at: path, file, document: yaml.document, lines: null });
  expandShorthand(scenario);
  return [];
}

/** The steps of a path as `--set` takes it. `streams[0].miners` is `streams.0.miners`, as many a language writes it. */
export function pathSteps(path: string): readonly string[] {
  return path
    .trim()
    .replace(/\[([^\]]*)\]/g, ".$1")
    .split(".");
}

/** The key or index that a step of a path means; undefined where a list has no such entry. */
export function keyOf(container: Container, path: readonly (string | number)[], step: string): string | number | undefined {
  if (!Array.isArray(container)) return step;
  if (/^\d+$/.test(step)) return Number(step) < container.length ? Number(step) : undefined;
  if (path.length !== 1 || path[0] !== "streams") return undefined;
  const index = container.map(streamName).indexOf(step);
  return index === -1 ? undefined : index;
}

function noEntry(file: string, path: readonly (string | number)[], step: string, list: readonly unknown[]): TenureError {
  const names = path[0] === "streams" && path.length === 1 ? list.map(streamName).filter((name) => name !== undefined) : [];
  const numbers = list.length === 0 ? "none: the list is empty" : `0 to ${list.length - 1}`;
  const called = list.findIndex((entry) => nameIn(entry) === step);
  const hint = called === -1 ? undefined : `Entries of this list are numbered: ${step} is ${[...path, called].join(".")}.`;
  return malformed(file, `The list ${path.join(".")} has no such entry.`, step, [numbers, ...names].join(", "), hint);
}

/** What an entry of a list is called; undefined where it has no name. */
function nameIn(entry: unknown): unknown {
  return typeof entry === "object" && entry !== null && "name" in entry ? entry.name : undefined;
}

const USUAL_HINT = "`tenure scenarios schema` lists every key; put quotes around a value that the shell would read.";

function malformed(file: string, what: string, found: unknown, allowed: string, hint = USUAL_HINT): TenureError {
  return new TenureError({ code: SCENARIO_CODES.badOverride, what, place: { file }, found, allowed, hint });
}
