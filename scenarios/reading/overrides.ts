import { TenureError } from "../../engine/index.js";
import { SCENARIO_CODES } from "../schema/error-codes.js";
import { streamName } from "../schema/stream-name.js";
import type { PlaceIndex } from "./place-index.js";
import { expandShorthand, shortFormKey } from "./shorthand.js";
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
 * `streams[0]`), its name (`stages.3.pools.research`) or its netuid (`subnets.netuid-7`) for an entry of a list; the value is YAML.
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
  const steps = equals < 1 ? [] : stepsIn(scenario, pathSteps(set.slice(0, equals)));
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
    const short = typeof inner === "string" ? shortFormKey(path) : undefined;
    if (typeof inner === "object" && inner !== null) container = inner as Container;
    else if (inner === undefined || inner === null || short !== undefined) {
      const made: Record<string, unknown> = short === undefined ? {} : { [short]: inner };
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

/** The steps of a path in a scenario, which may write its one subnet as `subnet` where a resolved one has `subnets.netuid-7`. */
export function stepsIn(scenario: Readonly<Record<string, unknown>>, steps: readonly string[]): readonly string[] {
  const { subnet, subnets } = scenario;
  const [first, entry, ...rest] = steps;
  return first === "subnets" && subnets === undefined && entry !== undefined && netuidIn(subnet) === entry ? ["subnet", ...rest] : steps;
}

/** What the entry of a list is called in a path that has a netuid, and maybe no name: a number would be its place. */
export function netuidStep(netuid: number | string): string {
  return `netuid-${netuid}`;
}

/** The key or index that a step of a path means; undefined where a list has no such entry. */
export function keyOf(container: Container, path: readonly (string | number)[], step: string): string | number | undefined {
  if (!Array.isArray(container)) return step;
  if (/^\d+$/.test(step)) return Number(step) < container.length ? Number(step) : undefined;
  const found = placesOf(namesIn(container, path), step);
  const byNetuid = found.length > 0 ? [] : placesOf(container.map(netuidIn), step);
  if (byNetuid.length === 1) return byNetuid[0];
  // Streams may share a name where no other is stated: the first is meant.
  return isStreams(path) || found.length === 1 ? found[0] : undefined;
}

const placesOf = (called: readonly unknown[], step: string) => called.flatMap((one, place) => (one === step ? [place] : []));

const isStreams = (path: readonly (string | number)[]) => path.length === 1 && path[0] === "streams";

function namesIn(list: readonly unknown[], path: readonly (string | number)[]): readonly unknown[] {
  return list.map(isStreams(path) ? streamName : nameIn);
}

function noEntry(file: string, path: readonly (string | number)[], step: string, list: readonly unknown[]): TenureError {
  const names = [...namesIn(list, path), ...list.map(netuidIn)].filter((name): name is string => typeof name === "string");
  const numbers = list.length === 0 ? "none: the list is empty" : `0 to ${list.length - 1}`;
  return malformed(file, `The list ${path.join(".")} has no such entry.`, step, [numbers, ...new Set(names)].join(", "));
}

/** What an entry of a list is called; undefined where it has no name. Whom nobody named is called after the first hotkey. */
function nameIn(entry: unknown): unknown {
  if (typeof entry !== "object" || entry === null) return undefined;
  const { name, hotkey } = entry as Readonly<Record<string, unknown>>;
  return name ?? (Array.isArray(hotkey) ? hotkey[0] : hotkey);
}

function netuidIn(entry: unknown): string | undefined {
  if (typeof entry !== "object" || entry === null || !("netuid" in entry)) return undefined;
  const { netuid } = entry;
  return typeof netuid === "number" || typeof netuid === "string" ? netuidStep(netuid) : undefined;
}

const USUAL_HINT = "`tenure scenarios schema` lists every key; put quotes around a value that the shell would read.";

function malformed(file: string, what: string, found: unknown, allowed: string): TenureError {
  return new TenureError({ code: SCENARIO_CODES.badOverride, what, place: { file }, found, allowed, hint: USUAL_HINT });
}
