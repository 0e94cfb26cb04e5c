/** A replicate of a closed loop, run in a process that had run others before. */
export interface LoopRun {
  readonly cpuMs: number;
  /** How often an agent was asked. */
  readonly decisions: number;
}
