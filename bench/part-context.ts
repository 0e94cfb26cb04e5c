/** What a part of the benchmark gets. */
export interface PartContext {
  /** A temporary folder of its own. */
  readonly folder: string;
  /** Fewer and smaller runs: to see that it works, not to compare. */
  readonly quick: boolean;
  /** Says what happens now. */
  readonly progress: (text: string) => void;
}
