/** How patient a client is. */
export interface Patience {
  /** Until the first answer of an endpoint. */
  readonly connectTimeoutMs: number;
  /** Until the answer to a request; one that is lost is asked for again after it. */
  readonly requestTimeoutMs: number;
  /** A connection on which no final block is named for so long is made anew, while one is waited for. */
  readonly silenceMs: number;
  /** How long closing the chunk at hand may take after an interruption. */
  readonly closingMs: number;
  /** How often a request is tried before it is given up. */
  readonly attempts: number;
  /** The wait after the first failure; it doubles with each one. */
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
}

export const DEFAULT_PATIENCE: Patience = {
  connectTimeoutMs: 10_000,
  requestTimeoutMs: 20_000,
  silenceMs: 120_000,
  closingMs: 10_000,
  attempts: 12,
  firstWaitMs: 250,
  longestWaitMs: 30_000,
};
