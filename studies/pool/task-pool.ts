import { availableParallelism } from "node:os";
import { Piscina } from "piscina";
import { TenureError } from "../../engine/index.js";
import { workerFile } from "../../recorders/index.js";
import type { BrokenTask, ThrownError } from "./broken-task.js";
import { NativeCalls, type PooledThread } from "./native-calls.js";
import { refusalOf } from "./refusal-entry.js";

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
  { jobs = availableParallelism(), signal, goesOn }: PoolOptions = {},
): Promise<void> {
  if (tasks.length === 0) return;
  const pool = new TaskPool<Task, Outcome>(worker, setting, { jobs: Math.min(jobs, tasks.length), signal, goesOn });
  try {
    await pool.run(tasks, onSettled);
  } finally {
    await pool.close();
  }
}

/** Worker threads that are given tasks again and again. Made when they are first needed; one that was stopped, or broke, is of no more use. */
export class TaskPool<Task, Outcome extends { readonly status: string }> {
  readonly #worker: string;
  readonly #setting: object;
  readonly #options: PoolOptions;
  readonly #threads: number;
  readonly #nativeCalls = new NativeCalls();
  #pool: Piscina | null = null;
  #isOver = false;
  #closed: Promise<void> | undefined;

  /** As `runTasks`. */
  constructor(worker: string, setting: object, options: PoolOptions = {}) {
    this.#worker = worker;
    this.#setting = setting;
    this.#options = options;
    this.#threads = options.jobs ?? availableParallelism();
  }

  /** As `runTasks`. */
  async run(tasks: readonly Task[], onSettled: (task: Task, outcome: Exclude<Outcome, BrokenTask>) => Promise<void>): Promise<void> {
    if (tasks.length === 0) return;
    const { signal, goesOn = () => true } = this.#options;
    signal?.throwIfAborted();
    const pool = this.#made();
    const onAbort = () => void this.close();
    signal?.addEventListener("abort", onAbort);
    const waiting = [...tasks].reverse();
    const isNext = () => waiting.length === tasks.length || goesOn();
    let settling = Promise.resolve();
    const runOne = async (): Promise<void> => {
      while (!this.#isOver && isNext()) {
        const task = waiting.pop();
        if (task === undefined) return;
        const outcome: Outcome | BrokenTask = await pool.run(task);
        if (isBroken(outcome)) throw outcome.refusal !== null ? refusalOf(outcome.refusal) : errorOf(outcome.thrown);
        settling = settling.then(() => onSettled(task, outcome as Exclude<Outcome, BrokenTask>));
        await settling;
      }
    };
    try {
      await Promise.all(Array.from({ length: Math.min(this.#threads, tasks.length) }, runOne));
    } catch (error) {
      // Whoever else is at work ends by this, and has nothing more to tell.
      await this.close();
      await settling.catch(() => undefined);
      signal?.throwIfAborted();
      throw brokenThread(error);
    } finally {
      signal?.removeEventListener("abort", onAbort);
    }
    signal?.throwIfAborted();
  }

  /** Ends the threads, also those that are at work. A task that is canceled alone would have its thread made anew, and ended while it loads. */
  async close(): Promise<void> {
    this.#isOver = true;
    if (this.#pool === null) return;
    this.#closed ??= this.#end(this.#pool);
    await this.#closed;
  }

  async #end(pool: Piscina): Promise<void> {
    await this.#nativeCalls.allLoaded(this.#threads);
    await this.#nativeCalls.stop();
    await pool.destroy();
  }

  #made(): Piscina {
    this.#pool ??= new Piscina({
      filename: workerFile(this.#worker, import.meta.url, "studies/pool"),
      workerData: { ...this.#setting, nativeCalls: this.#nativeCalls.buffer } satisfies PooledThread,
      minThreads: this.#threads,
      maxThreads: this.#threads,
      // A thread that waits for a task must still get the answers of the files that it reads ahead.
      atomics: "disabled",
    });
    return this.#pool;
  }
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
