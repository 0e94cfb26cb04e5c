import { netuidStep } from "../../scenarios/index.js";
import { isStageList, type StageEntry, stagePath, stagePlaces, stageValue } from "./stage-places.js";

/** A value that is not the same in two resolved scenarios. */
export interface ValueDifference {
  /**
   * As `--set` takes it: `vesting.max_multiplier`, `streams.peers.miners`. Of a stage as a whole `stages.4.cap (came)`, `stages.2.gate (went)`, by its
   * place in the list that has it, and `stages.3.gate (place)`, whose values are the places then and now.
   */
  readonly path: string;
  /** Undefined: not there. */
  readonly a: unknown;
  readonly b: unknown;
}

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * What the entries of a list are called, as `--set` takes it: by their names or netuids, where each has one of its own; else their places. Names that
 * a path cannot hold, or that would be taken for places, are none.
 */
export function entriesOf(list: readonly unknown[]): ReadonlyMap<string, unknown> {
  for (const nameOf of [ownName, ownNetuid]) {
    const named = new Map(list.map((entry) => [isMapping(entry) ? nameOf(entry) : "", entry]));
    if (named.size === list.length && !named.has("")) return named;
  }
  return new Map(list.map((entry, at) => [String(at), entry]));
}

function ownName({ name }: Readonly<Record<string, unknown>>): string {
  return typeof name === "string" && name.trim() === name && STEP.test(name) ? name : "";
}

function ownNetuid({ netuid }: Readonly<Record<string, unknown>>): string {
  return typeof netuid === "number" || typeof netuid === "string" ? netuidStep(netuid) : "";
}

/** Neither a place nor what parts a path, or the path from its value. */
const STEP = /^(?!\d+$)(?!__proto__$)[^.[\]=]+$/;

/**
 * All values of plain data that differ, in the order of their keys; a list or mapping that only one side has is one value. Stages are told by what they
 * are and not by their places: one that comes, goes or moves is one difference, and those behind it are none.
 */
export function valueDifferences(a: unknown, b: unknown, path = ""): ValueDifference[] {
  if (isStageList(path, a) && isStageList(path, b)) return stageDifferences(a, b, path);
  const areLists = Array.isArray(a) && Array.isArray(b);
  if (areLists || (isMapping(a) && isMapping(b))) {
    const [left, right] = areLists ? [entriesOf(a), entriesOf(b)] : [new Map(Object.entries(a)), new Map(Object.entries(b))];
    const keys = new Set([...left.keys(), ...right.keys()]);
    const inside = [...keys].flatMap((key) => valueDifferences(left.get(key), right.get(key), path === "" ? key : `${path}.${key}`));
    // The order of streams and stages counts.
    const isMoved = areLists && inside.length === 0 && JSON.stringify(a) !== JSON.stringify(b);
    return isMoved ? [{ path: `${path} (order)`, a: [...left.keys()], b: [...right.keys()] }] : inside;
  }
  return JSON.stringify(a) === JSON.stringify(b) ? [] : [{ path, a, b }];
}

function stageDifferences(a: readonly StageEntry[], b: readonly StageEntry[], path: string): ValueDifference[] {
  return stagePlaces(a, b).flatMap(({ before, now, moved }) => {
    const inside = (left: number, right: number) => valueDifferences(a[left], b[right], `${path}.${right}`);
    if (before !== null && now !== null) return inside(before, now);
    if (now !== null && moved !== null)
      return [{ path: stagePath(path, now, b[now], "place"), a: moved.before, b: now }, ...inside(moved.before, now)];
    if (now !== null) return [{ path: stagePath(path, now, b[now], "came"), a: undefined, b: stageValue(b[now]) }];
    if (before === null || moved !== null) return [];
    return [{ path: stagePath(path, before, a[before], "went"), a: stageValue(a[before]), b: undefined }];
  });
}
