/** A stage beside another list. */
export interface StageNumber {
  /** Of the place in both lists. */
  readonly place: number;
  /** The other list has none there: where it leaves a share as it is, it is as if it were not there. */
  readonly isAlone: boolean;
}

/** By the numbers of a list, from 1. */
export type StageNumbers = ReadonlyMap<number, StageNumber>;
