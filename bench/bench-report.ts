import type { Machine } from "./machine.js";
import type { PartResults } from "./parts.js";

/** What `npm run bench -- --json` prints and `--save` keeps. */
export interface BenchReport extends Partial<PartResults> {
  /** The kernel's events/s over those of the C reference; null where no C ran. */
  readonly ratio_to_c: number | null;
  readonly tenure: string;
  /** Whether fewer and smaller runs were made: not to be compared with others. */
  readonly quick: boolean;
  readonly machine: Machine;
}
