/** Stake that goes from one position to another. */
export interface Pass {
  readonly timeMs: number;
  readonly action: "moved" | "swapped" | "transferred";
  readonly from: number;
  readonly to: number;
  /** What leaves, rao. */
  readonly sentRao: number;
  /** What arrives, rao; of the other subnet's alpha, where it goes to one. */
  readonly arrivedRao: number;
  /** It is a removal and an addition taken together: where they differ, the difference is what the one or the other says. */
  readonly paired: boolean;
}
