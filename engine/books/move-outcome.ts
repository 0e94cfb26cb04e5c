/** What a neutral move came to, rao. In the run, where it does not say "recorded". */
export interface MoveOutcome {
  /** What went along with its history. */
  readonly movedRao: number;
  /** What left the origin and did not arrive. */
  readonly lostRao: number;
  readonly recordedLostRao: number;
  /** What arrived beyond what the origin gave. */
  readonly extraRao: number;
  /** What the recorded origin had less than the event says. */
  readonly lackRao: number;
}
