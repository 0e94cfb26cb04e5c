/** How validators agree on the seats that they rate. */
export interface Agreement {
  /**
   * Called once at the end of each epoch.
   * @param rows a row of weights a validator, each 0 or more and of the sum 1 where it counts
   * @param handsIn which of them do
   * @param consensus receives the consensus weight of each seat
   * @param weights receives the weight of each seat, 0..1; all 0 where nothing has as much support
   * @param hotkeys of the seats
   */
  agree(
    rows: readonly Float64Array[],
    handsIn: readonly boolean[],
    consensus: Float64Array,
    weights: Float64Array,
    hotkeys: Int32Array,
  ): void;
  /** What bonds of each validator earned in the epoch, shares; null: there are no bonds. */
  readonly dividends: ArrayLike<number> | null;
}
