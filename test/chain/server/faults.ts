/**
 * What goes wrong on the way. Every field may be changed while the server runs. `every: n` strikes each nth request of
 * all the connections together, counted from 1.
 */
export interface Faults {
  /** Terminates the connection instead of answering. */
  dropEvery?: number;
  /** Never answers. */
  hangEvery?: number;
  /** Answers "Too Many Requests". */
  refuseEvery?: number;
  /** Sends the first half of the answer's text. */
  truncateEvery?: number;
  /** Waits before each answer. */
  delayMs?: number;
  /** Blocks below this one have no state any more, as on a node that is no archive. */
  prunedBelow?: number;
  /** Closes new connections at once. */
  refuseConnections?: boolean;
  /** Answers this method with an internal error. */
  failMethod?: string;
  /** Accepts connections but never completes their handshake. */
  unavailable?: boolean;
  /** Told of a request or a handshake that is not going to be answered. */
  onHang?: () => void;
  /** Told of a connection that is refused. */
  onRefused?: () => void;
  /** Told of every request, when it has come. */
  onRequest?: (method: string) => void;
}

/** What becomes of one request. */
export type Fate = "answer" | "drop" | "hang" | "refuse" | "truncate";

/** The fate of the nth request; the first fault in the order of `Fate` wins. */
export function fateOf(faults: Faults, request: number): Fate {
  if (strikes(faults.dropEvery, request)) return "drop";
  if (strikes(faults.hangEvery, request)) return "hang";
  if (strikes(faults.refuseEvery, request)) return "refuse";
  if (strikes(faults.truncateEvery, request)) return "truncate";
  return "answer";
}

function strikes(every: number | undefined, request: number): boolean {
  return every !== undefined && every > 0 && request % every === 0;
}
