import { createContext, Script } from "node:vm";
import { isMainThread } from "node:worker_threads";

const CALL = new Script("work()");

/**
 * Does work in which a rule of a file may compute without end: Ctrl-C ends it all the same. Who listens for that is told as
 * always; without a listener the process ends. SIGTERM meanwhile ends the process at once: no listener could be told of it.
 * A worker thread hears of no signals: the thread that started it does, and ends it.
 * @throws what the work throws
 */
export function interruptible<Answer>(work: () => Answer, timeoutMs?: number): Answer {
  const world = createContext({ work });
  const listeners = process.rawListeners("SIGTERM") as NodeJS.SignalsListener[];
  for (const listener of listeners) process.off("SIGTERM", listener);
  try {
    return CALL.runInContext(world, { breakOnSigint: isMainThread, ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }) }) as Answer;
  } catch (error) {
    // While it lasts nobody else hears of the signal.
    const isInterrupted = thrownCode(error) === "ERR_SCRIPT_EXECUTION_INTERRUPTED";
    if (isInterrupted && !process.emit("SIGINT", "SIGINT")) process.kill(process.pid, "SIGINT");
    throw error;
  } finally {
    for (const listener of listeners) process.on("SIGTERM", listener);
  }
}

/** The code of what was thrown, which may be anything, also what throws when it is looked at. */
export function thrownCode(error: unknown): unknown {
  try {
    return (error as { code?: unknown } | null | undefined)?.code;
  } catch {
    return undefined;
  }
}
