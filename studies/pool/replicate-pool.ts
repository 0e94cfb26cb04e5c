import type { BrokenTask } from "./broken-task.js";
import type { ReplicateOutcome, ReplicateSetting, ReplicateTask } from "./replicate-task.js";
import { type PoolOptions, runTasks } from "./task-pool.js";

export type SettledReplicate = Exclude<ReplicateOutcome, BrokenTask>;

/** Runs replicates on worker threads, as `runTasks`. */
export function runReplicates(
  setting: ReplicateSetting,
  tasks: readonly ReplicateTask[],
  onSettled: (task: ReplicateTask, outcome: SettledReplicate) => Promise<void>,
  options: PoolOptions = {},
): Promise<void> {
  return runTasks<ReplicateTask, ReplicateOutcome>("replicate-worker.js", setting, tasks, onSettled, options);
}
