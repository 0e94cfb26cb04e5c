/** What a subnet owes a hotkey. */
export interface Obligation {
  /** Number of the hotkey on its subnet (`registry.keys`). */
  readonly key: number;
  /** Whole billionths of a unit, which is that of the budget that pays it. */
  readonly nanos: number;
}
