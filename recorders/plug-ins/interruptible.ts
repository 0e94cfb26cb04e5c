import { createContext, Script } from "node:vm";

const CALL = new Script("work()");

/**
 * Does work in which a rule of a file may compute without end: Ctrl-C ends it all the same. Who listens for that is told as
 * always; without a listener the process ends.
 * @throws what the work throws
 */
export function interruptible<Answer>(work: () => Answer, timeoutMs?: number): Answer {
  const world = createContext({ work });
  try {
    return CALL.runInContext(world, { breakOnSigint: true, ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }) }) as Answer;
  } catch (error) {
    // While it lasts nobody else hears of the signal.
    const isInterrupted = (error as { code?: unknown } | null)?.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED";
    if (isInterrupted && !process.emit("SIGINT", "SIGINT")) process.kill(process.pid, "SIGINT");
    throw error;
  }
}
