export interface SubnetConfiguration {
  readonly netuid: number;
  readonly tempoBlocks: number;
  /** Uids; a full subnet prunes. */
  readonly capacity: number;
  readonly immunityMs: number;
}
