import { TenureError } from "../../../engine/index.js";
import { entriesOf, isStageList, stagePath, stagePlaces, type ValueDifference } from "../../../studies/index.js";

/** Values that are changed together, and the scenario of the baseline with nothing else changed. */
export interface ChangeUnit {
  readonly changed: readonly ValueDifference[];
  readonly resolved: unknown;
}

/** Each one is a run of its own. */
const MOST_UNITS = 8;

/**
 * Splits what changed into parts that make a valid scenario by themselves: a value each; where that is none, all that changed in one section
 * (a stage, a stream, `vesting`, `index.rewards`). A stage that comes, goes or moves is one part, whatever stands in its place.
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
    const made = new Set<string>();
    const resolved = withChanges(before, after, { wanted: new Set(values.map(({ path }) => path)), made }, "");
    return made.size === values.length && isValid(resolved, check) ? { changed: values, resolved } : null;
  };
  const sections = sectionsOf(changed, sectionOf);
  const whole = sections.map(unitOf);
  const split = sections.map((values) => {
    // A rule that is another one has other parameters: these mean nothing by themselves.
    if (values.some(({ a, b }) => a === undefined || b === undefined)) return null;
    const units = values.flatMap((value) => unitOf([value]) ?? []);
    return units.length === values.length ? units : null;
  });
  // One stage may be nothing without the other: a list of none, a part that goes nowhere.
  const listed = sectionsOf(changed, (path, all) => (WHOLE_STAGE.test(path) ? "stages" : sectionOf(path, all)));
  for (const sorted of [whole.map((unit, at) => split[at] ?? [unit]), whole.map((unit) => [unit]), [listed.map(unitOf)]]) {
    const units = sorted.flat().filter((unit) => unit !== null);
    if (units.length === sorted.flat().length && units.length > 1 && units.length <= MOST_UNITS) return units;
  }
  return null;
}

function sectionsOf(changed: readonly ValueDifference[], of: typeof sectionOf): readonly (readonly ValueDifference[])[] {
  const sections = new Map<string, ValueDifference[]>();
  for (const value of changed) {
    const section = of(value.path, changed);
    sections.set(section, [...(sections.get(section) ?? []), value]);
  }
  return [...sections.values()];
}

/** Of a stage that came, went, or stands elsewhere. */
const WHOLE_STAGE = /^stages\.\d+(\.[^.]+)? \((came|went|place)\)$/;

/** From `vesting` to `stages`, or back, is one change. */
function sectionOf(path: string, changed: readonly ValueDifference[]): string {
  if (WHOLE_STAGE.test(path)) return path;
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

/** Which changes are made, by their paths. */
interface Making {
  readonly wanted: ReadonlySet<string>;
  /** Those of them that could be. */
  readonly made: Set<string>;
}

/** Plain data of before, with the values of some paths as they are after. */
function withChanges(before: unknown, after: unknown, making: Making, path: string): unknown {
  if (isMade(making, path)) return after;
  const inside = (key: string) => (path === "" ? key : `${path}.${key}`);
  if (isStageList(path, before) && isStageList(path, after)) {
    return stagePlaces(before, after).flatMap(({ before: left, now: right, moved }) => {
      const [from, to] = [left ?? moved?.before, right ?? moved?.now];
      if (from === undefined && to !== undefined) return isMade(making, stagePath(path, to, after[to], "came")) ? [after[to]] : [];
      if (from === undefined) return [];
      if (to === undefined) return isMade(making, stagePath(path, from, before[from], "went")) ? [] : [before[from]];
      // One that moved stands at one of its two places.
      const isThere = moved === null || isMade(making, stagePath(path, to, after[to], "place")) === (right !== null);
      return isThere ? [withChanges(before[from], after[to], making, inside(String(to)))] : [];
    });
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const [left, right] = [entriesOf(before), entriesOf(after)];
    const isAligned = JSON.stringify([...left.keys()]) === JSON.stringify([...right.keys()]);
    return isAligned ? [...left].map(([key, value]) => withChanges(value, right.get(key), making, inside(key))) : before;
  }
  if (!isMapping(before) || !isMapping(after)) return before;
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const entries = keys.map((key) => [key, withChanges(before[key], after[key], making, inside(key))] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function isMade({ wanted, made }: Making, path: string): boolean {
  if (!wanted.has(path)) return false;
  made.add(path);
  return true;
}

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
