import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { packageRoot } from "../package-root.js";
import type { TimedRun } from "./timed-run.js";

const execute = promisify(execFile);

const TIME_LIMIT_MS = 120_000;

/** A program that runs the workload of a file a number of times: `<program> <arguments> <file> <runs>`. */
export class KernelProgram {
  constructor(
    private readonly program: string,
    private readonly args: readonly string[] = [],
  ) {}

  /** The engine's, as it was built. */
  static ofEngine(): KernelProgram {
    return new KernelProgram(process.execPath, [join(packageRoot(), "dist/bench/kernel/main.js")]);
  }

  /** Starts a process that runs it `runs` times. */
  async run(workloadFile: string, runs: number): Promise<TimedRun[]> {
    const { stdout } = await execute(this.program, [...this.args, workloadFile, String(runs)], { timeout: TIME_LIMIT_MS });
    return stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as TimedRun);
  }
}
