import { availableParallelism } from "node:os";
import { Piscina } from "piscina";
import { TenureError } from "../../engine/index.js";
import type { BrokenTask, ThrownError } from "./broken-task.js";
import { NativeCalls, type PooledThread } from "./native-calls.js";
import { refusalOf } from "./refusal-entry.js";
import { workerFile } from "./worker-file.js";

export interface PoolOptions {
  /** Threads at the same time, 1 to `MOST_JOBS`; as many as the machine has cores when left out, and never more than tasks. */
  readonly jobs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Asked before each but the first; false: what has not begun never does. */
  readonly goesOn?: (() => boolean) | undefined;
}

/**
 * Runs tasks on worker threads, `jobs` at a time; the order in which they end is anybody's guess. Stopped by the signal, even
 * where a rule computes without end, it throws its reason.
 * @param worker name of the module in this folder that the threads run
 * @param setting what all tasks have in common; each thread is given it once
 * @param onSettled told of each as it ends, one at a time
 * @throws what broke a task that is not its own fault; the others are stopped then
 */
export async function runTasks<Task, Outcome extends { readonly status: string }>(
  worker: string,
  setting: object,
  tasks: readonly Task[],
  onSettled: (task: Task, outcome: Exclude<Outcome, BrokenTask>) => Promise<void>,
  { jobs = availableParallelism(), signal, goesOn = () => true }: PoolOptions = {},
): Promise<void> {
  if (tasks.length === 0) return;
  signal?.throwIfAborted();
  const threads = Math.min(jobs, tasks.length);
  const nativeCalls = new NativeCalls();
  const pool = new Piscina({
    filename: workerFile(worker),
    workerData: { ...setting, nativeCalls: nativeCalls.buffer } satisfies PooledThread,
    minThreads: threads,
    maxThreads: threads,
    // A thread that waits for a task must still get the answers of the files that it reads ahead.
    atomics: "disabled",
  });
  const stop = new AbortController();
  const onAbort = () => void nativeCalls.stop().then(() => stop.abort(signal?.reason));
  signal?.addEventListener("abort", onAbort);
  const waiting = [...tasks].reverse();
  const isNext = () => waiting.length === tasks.length || goesOn();
  let settling = Promise.resolve();
  const runOne = async (): Promise<void> => {
    while (!stop.signal.aborted && isNext()) {
      const task = waiting.pop();
      if (task === undefined) return;
      const current = task;
      const outcome: Outcome | BrokenTask = await pool.run(current, { signal: stop.signal });
      if (isBroken(outcome)) throw outcome.refusal !== null ? refusalOf(outcome.refusal) : errorOf(outcome.thrown);
      settling = settling.then(() => onSettled(current, outcome as Exclude<Outcome, BrokenTask>));
      await settling;
    }
  };
  try {
    await Promise.all(Array.from({ length: threads }, runOne));
  } catch (error) {
    // Whoever else is at work ends by this, and has nothing more to tell.
    await nativeCalls.stop();
    stop.abort();
    await settling.catch(() => undefined);
    signal?.throwIfAborted();
    throw brokenThread(error);
  } finally {
    signal?.removeEventListener("abort", onAbort);
    await pool.destroy();
  }
  signal?.throwIfAborted();
}

function isBroken(outcome: { readonly status: string }): outcome is BrokenTask {
  return outcome.status === "broken";
}

/** As it was thrown in its thread. */
function errorOf(thrown: ThrownError | null): Error {
  const { message = "a task broke", stack, ...system } = thrown ?? {};
  const error = new Error(message);
  if (stack !== undefined) error.stack = stack;
  for (const [key, value] of Object.entries(system)) if (value !== undefined) Object.assign(error, { [key]: value });
  return error;
}

function brokenThread(error: unknown): unknown {
  if ((error as { code?: unknown } | null)?.code !== "ERR_WORKER_OUT_OF_MEMORY") return error;
  return new TenureError({
    code: "TEN-STUDY-009",
    what: "A run needed more memory than its thread has.",
    hint: "Run fewer at the same time (--jobs), record fewer tables, or give more memory: NODE_OPTIONS=--max-old-space-size=8192 (MB).",
  });
}
