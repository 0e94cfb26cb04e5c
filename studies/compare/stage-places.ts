import { type AlignedPlace, alignStages, type StageLooks } from "./align-stages.js";

/** An entry of a list of stages in a resolved scenario: `{ cap: { max_share: 0.1 } }`, `{ residual: burn }`, `{ rule: ./mine.ts }`. */
export type StageEntry = Readonly<Record<string, unknown>>;

/** A place in two lists of stages. */
export interface StagePlace extends AlignedPlace {
  /** Of a stage that stands elsewhere now, at both of its places: where it stood, and where it stands. Null: it does not. */
  readonly moved: { readonly before: number; readonly now: number } | null;
}

/**
 * Two lists of stages side by side. A stage that is gone here and comes there is one that moved: the same one, else one of its rule, else of its name,
 * in their order.
 */
export function stagePlaces(before: readonly StageEntry[], now: readonly StageEntry[]): readonly StagePlace[] {
  const places = alignStages(before, now, LOOKS);
  const gone = places.flatMap((place) => (place.now === null && place.before !== null ? [place.before] : []));
  const come = places.flatMap((place) => (place.before === null && place.now !== null ? [place.now] : []));
  const goesTo = new Map<number, number>();
  const comesFrom = new Map<number, number>();
  for (const of of [LOOKS.textOf, (entry: StageEntry) => LOOKS.nameOf(entry) + LOOKS.ruleOf(entry), LOOKS.nameOf]) {
    for (const left of gone) {
      const right = come.find((one) => !goesTo.has(left) && !comesFrom.has(one) && of(before[left]) === of(now[one]));
      if (right === undefined) continue;
      goesTo.set(left, right);
      comesFrom.set(right, left);
    }
  }
  const movedOf = ({ before: left, now: right }: AlignedPlace): StagePlace["moved"] => {
    const [from, to] = [left ?? comesFrom.get(right ?? -1), right ?? goesTo.get(left ?? -1)];
    return (left !== null && right !== null) || from === undefined || to === undefined ? null : { before: from, now: to };
  };
  return places.map((place) => ({ ...place, moved: movedOf(place) }));
}

/** Is it a list of stages, by its path and what is in it? */
export function isStageList(path: string, list: unknown): list is readonly StageEntry[] {
  return /(^|\.)stages$/.test(path) && Array.isArray(list) && list.every(isEntry);
}

function isEntry(entry: unknown): entry is StageEntry {
  const isMapping = typeof entry === "object" && entry !== null && !Array.isArray(entry);
  return isMapping && (Object.keys(entry).length === 1 || "rule" in entry);
}

const keyOf = (entry: StageEntry): string | null => {
  const keys = Object.keys(entry);
  return keys.length === 1 && keys[0] !== "rule" ? keys[0] : null;
};

/** What is said of a stage as a whole. */
export type StageMark = "came" | "went" | "place";

/** `stages.4.cap (came)`. @param path of the list */
export function stagePath(path: string, at: number, entry: StageEntry, mark: StageMark): string {
  const key = keyOf(entry);
  return `${path}.${at}${key === null ? "" : `.${key}`} (${mark})`;
}

/** Parameters of a stage; of one of a file, all that is said of it. */
export function stageValue(entry: StageEntry): unknown {
  const key = keyOf(entry);
  return key === null ? entry : entry[key];
}

const LOOKS: StageLooks<StageEntry> = {
  nameOf: (entry) => keyOf(entry) ?? `rule ${String(entry.rule)}`,
  ruleOf: (entry) => {
    const { kind, rule } = (stageValue(entry) ?? {}) as { readonly kind?: unknown; readonly rule?: unknown };
    return JSON.stringify(kind ?? rule ?? null);
  },
  textOf: (entry) => JSON.stringify(entry),
};
