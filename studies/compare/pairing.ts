import type { InputEntry, RunManifest } from "../../recorders/index.js";
import { type ValueDifference, valueDifferences } from "./value-differences.js";

/** A resolved scenario, as plain data. */
export type ResolvedData = Readonly<Record<string, unknown>>;

/** How two scenarios differ. */
export interface ScenarioDifferences {
  /** Of what both must have the same so that the same random numbers and the same recorded rows meet both: streams, time, who is there. */
  readonly streams: readonly ValueDifference[];
  /** Of the rules that are compared. */
  readonly rules: readonly ValueDifference[];
}

/** What says nothing about what happens: names, and what is written down of it. */
const WORDS = ["name", "description", "record", "preset"];
/** What is fed to the rules: the random numbers, the time, the subnets and what happens there. */
const FED = ["seed", "replicate", "time", "subnets", "streams", "snapshots"];
/** Of an index subnet what is fed to its rules: where it is and what is done to its prices. */
const FED_INDEX = ["netuid", "shocks", "gaps"];
/** Of each group that acts there: who it is and what it brings. How it behaves may be what is compared. */
const FED_GROUP = ["name", "count", "tao", "tokens", "stake", "owner"];

const pick = (from: ResolvedData, keys: readonly string[]): ResolvedData =>
  Object.fromEntries(keys.filter((key) => key in from).map((key) => [key, from[key]]));
const leave = (from: ResolvedData, keys: readonly string[]): ResolvedData =>
  Object.fromEntries(Object.entries(from).filter(([key]) => !keys.includes(key)));

const GROUPS = ["participants", "validators"];

/** What of the index subnet is fed to its rules; null: there is none. */
function fedIndex(index: unknown): ResolvedData | null {
  if (typeof index !== "object" || index === null) return null;
  const section = index as ResolvedData;
  const groups = GROUPS.map((key) => [key, ((section[key] ?? []) as readonly ResolvedData[]).map((group) => pick(group, FED_GROUP))]);
  return { ...pick(section, FED_INDEX), ...Object.fromEntries(groups) };
}

function ruledIndex(index: unknown): ResolvedData | null {
  if (typeof index !== "object" || index === null) return null;
  const section = index as ResolvedData;
  const groups = GROUPS.map((key) => {
    const list = (section[key] ?? []) as readonly ResolvedData[];
    return [key, list.map((group) => ({ ...pick(group, ["name"]), ...leave(group, FED_GROUP) }))];
  });
  return { ...leave(section, [...FED_INDEX, ...GROUPS]), ...Object.fromEntries(groups) };
}

/** What two resolved scenarios do not have in common, apart for what feeds the rules and for the rules. */
export function scenarioDifferences(a: ResolvedData, b: ResolvedData): ScenarioDifferences {
  const fed = (one: ResolvedData) => ({ ...pick(one, FED), ...("index" in one ? { index: fedIndex(one.index) } : {}) });
  const ruled = (one: ResolvedData) => ({
    ...leave(one, [...WORDS, ...FED, "index"]),
    ...("index" in one ? { index: ruledIndex(one.index) } : {}),
  });
  return { streams: valueDifferences(fed(a), fed(b)), rules: valueDifferences(ruled(a), ruled(b)) };
}

/** What two runs do not have in common: their scenarios, and the files that were read. */
export function runDifferences(a: RunSource, b: RunSource): ScenarioDifferences {
  const scenario = scenarioDifferences(a.scenario.resolved as ResolvedData, b.scenario.resolved as ResolvedData);
  const files = (inputs: readonly InputEntry[], isRule: boolean) =>
    Object.fromEntries(
      inputs
        .filter(({ source, sha256 }) => sha256 !== undefined && (source === "plug_in") === isRule)
        .map(({ stream, kind, file, sha256 }) => [isRule ? `${stream} (file)` : `${stream} (${file ?? kind})`, `SHA-256 ${sha256}`]),
    );
  const streams = valueDifferences(files(a.inputs, false), files(b.inputs, false), "inputs");
  return {
    streams: [...scenario.streams, ...streams],
    rules: [...scenario.rules, ...valueDifferences(files(a.inputs, true), files(b.inputs, true))],
  };
}

type RunSource = Pick<RunManifest, "scenario" | "inputs">;
