import type { ValueDifference } from "../../studies/index.js";

/** A value of two scenarios that is not the same; null where one does not have it. */
export interface ChangedValue {
  readonly path: string;
  readonly a: unknown;
  readonly b: unknown;
}

export function changedValues(differences: readonly ValueDifference[]): readonly ChangedValue[] {
  return differences.map(({ path, a, b }) => ({ path, a: a ?? null, b: b ?? null }));
}
