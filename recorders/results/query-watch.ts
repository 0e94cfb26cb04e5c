import { TenureError } from "../../engine/index.js";

/** When a query is to end, whether it is done or not. */
export interface QueryLimits {
  /** How long it may compute, ms. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** A wish to stop that comes before a query begins is lost, so it is repeated. */
const REPEAT_MS = 20;
/** A single call of a function may be longer than that between two looks at whether to stop. */
const PATIENCE_MS = 2_000;

/** A query that goes on although it was told to stop: the process can only be ended from outside. */
export class StuckQuery extends TenureError {}

/**
 * Waits for a query.
 * @param interrupt tells it to stop
 * @throws TenureError `TEN-SQL-006` it took too long (a `StuckQuery` where it does not even stop); the reason of the signal; what the
 *   query throws
 */
export async function watchQuery<Answer>(
  query: () => Promise<Answer>,
  interrupt: () => void,
  { timeoutMs, signal }: QueryLimits,
): Promise<Answer> {
  signal?.throwIfAborted();
  let ended: "by time" | "by signal" | null = null;
  let repeat: NodeJS.Timeout | undefined;
  let patience: NodeJS.Timeout | undefined;
  let giveUp: (error: TenureError) => void = () => undefined;
  const stuck = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  const stop = (why: "by time" | "by signal") => {
    if (ended !== null) return;
    ended = why;
    interrupt();
    repeat = setInterval(interrupt, REPEAT_MS);
    if (why === "by time") patience = setTimeout(() => giveUp(new StuckQuery(tooLong(timeoutMs))), PATIENCE_MS);
  };
  const onAbort = () => stop("by signal");
  signal?.addEventListener("abort", onAbort, { once: true });
  const limit = setTimeout(() => stop("by time"), timeoutMs);
  try {
    return await Promise.race([query(), stuck]);
  } catch (error) {
    if (error instanceof StuckQuery) throw error;
    if (ended === "by signal") signal?.throwIfAborted();
    if (ended === "by time") throw new TenureError(tooLong(timeoutMs));
    throw error;
  } finally {
    clearTimeout(limit);
    clearInterval(repeat);
    clearTimeout(patience);
    signal?.removeEventListener("abort", onAbort);
  }
}

function tooLong(timeoutMs: number) {
  return {
    code: "TEN-SQL-006",
    what: "The query took too long and was ended.",
    place: { path: "--timeout" },
    found: `no answer after ${timeoutMs / 1_000} s`,
    allowed: `${timeoutMs / 1_000} s`,
    hint: "Does every join have a condition, and every recursion an end? Ask for less, or give it more time with --timeout.",
  };
}
