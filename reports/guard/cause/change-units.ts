import { TenureError } from "../../../engine/index.js";
import { entriesOf, type ValueDifference, valueDifferences } from "../../../studies/index.js";

/** Values that are changed together, and the scenario of the baseline with nothing else changed. */
export interface ChangeUnit {
  readonly changed: readonly ValueDifference[];
  readonly resolved: unknown;
}

/** Each one is a run of its own. */
const MOST_UNITS = 8;

/**
 * Splits what changed into parts that make a valid scenario by themselves: a value each; where that is none, all that changed in one section
 * (a stage, a stream, `vesting`, `index.rewards`).
 * @param check throws a TenureError of what is no scenario
 * @returns null: it cannot be split, or into too many
 */
export function changeUnits(
  before: unknown,
  after: unknown,
  changed: readonly ValueDifference[],
  check: (resolved: unknown) => void,
): readonly ChangeUnit[] | null {
  const unitOf = (values: readonly ValueDifference[]) => {
    const resolved = withChanges(before, after, new Set(values.map(({ path }) => path)), "");
    const paths = new Set(valueDifferences(before, resolved).map(({ path }) => path));
    const isExact = paths.size === values.length && values.every(({ path }) => paths.has(path));
    return isExact && isValid(resolved, check) ? { changed: values, resolved } : null;
  };
  const bySection = new Map<string, ValueDifference[]>();
  for (const value of changed) {
    const section = sectionOf(value.path, changed);
    bySection.set(section, [...(bySection.get(section) ?? []), value]);
  }
  const sections = [...bySection.values()];
  const whole = sections.map(unitOf);
  const split = sections.map((values) => {
    // A rule that is another one has other parameters: these mean nothing by themselves.
    if (values.some(({ a, b }) => a === undefined || b === undefined)) return null;
    const units = values.flatMap((value) => unitOf([value]) ?? []);
    return units.length === values.length ? units : null;
  });
  for (const sorted of [whole.map((unit, at) => split[at] ?? [unit]), whole.map((unit) => [unit])]) {
    const units = sorted.flat().filter((unit) => unit !== null);
    if (units.length === sorted.flat().length && units.length > 1 && units.length <= MOST_UNITS) return units;
  }
  return null;
}

/** From `vesting` to `stages`, or back, is one change. */
function sectionOf(path: string, changed: readonly ValueDifference[]): string {
  const isRules = changed.some((one) => one.path === "stages");
  if (isRules && /^(vesting|stages)\b/.test(path)) return "rules";
  return /^(?:(?:stages|index|streams)\.[^.]+|[^.]+)/.exec(path)?.[0] ?? path;
}

function isValid(resolved: unknown, check: (resolved: unknown) => void): boolean {
  try {
    check(resolved);
    return true;
  } catch (error) {
    if (error instanceof TenureError) return false;
    throw error;
  }
}

/** Plain data of before, with the values of some paths as they are after. */
function withChanges(before: unknown, after: unknown, paths: ReadonlySet<string>, path: string): unknown {
  if (paths.has(path)) return after;
  const inside = (key: string) => (path === "" ? key : `${path}.${key}`);
  if (Array.isArray(before) && Array.isArray(after)) {
    const [left, right] = [entriesOf(before), entriesOf(after)];
    const isAligned = JSON.stringify([...left.keys()]) === JSON.stringify([...right.keys()]);
    return isAligned ? [...left].map(([key, value]) => withChanges(value, right.get(key), paths, inside(key))) : before;
  }
  if (!isMapping(before) || !isMapping(after)) return before;
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const entries = keys.map((key) => [key, withChanges(before[key], after[key], paths, inside(key))] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
