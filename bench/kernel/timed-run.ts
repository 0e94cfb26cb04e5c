import { performance } from "node:perf_hooks";
import type { KernelFigures } from "./kernel-figures.js";

/** What a run of the kernel took and what came of it, as every program that runs it prints a line of JSON for. */
export interface TimedRun extends KernelFigures {
  readonly wallMs: number;
  /** Of all threads of the process. */
  readonly cpuMs: number;
}

/** Runs the kernel once and takes its time. */
export function timed(run: () => KernelFigures): TimedRun {
  const cpuStart = process.cpuUsage();
  const wallStart = performance.now();
  const figures = run();
  const wallMs = performance.now() - wallStart;
  const { user, system } = process.cpuUsage(cpuStart);
  return { wallMs, cpuMs: (user + system) / 1000, ...figures };
}
