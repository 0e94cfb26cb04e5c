import { spawn } from "node:child_process";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { packageRoot } from "../package-root.js";

export interface CommandRun {
  /** From the start of the process to its end. */
  readonly wallMs: number;
  readonly peakMib: number;
}

/**
 * Runs `tenure` with arguments, in a process of its own as a user would, and measures it.
 * @throws Error with what it wrote to stderr when it fails
 */
export async function measureCommand(args: readonly string[], cwd: string): Promise<CommandRun> {
  const built = join(packageRoot(), "dist");
  const peakMemory = pathToFileURL(join(built, "bench/command/peak-memory.js")).href;
  const start = performance.now();
  const child = spawn(process.execPath, ["--import", peakMemory, join(built, "bundle/cli/main.js"), ...args], {
    cwd,
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => resolve(code));
  }).then((code) => ({ code, wallMs: performance.now() - start }));
  const [{ code, wallMs }, errors, peakKib] = await Promise.all([
    ended,
    text(child.stdio[2] as Readable),
    text(child.stdio[3] as Readable),
  ]);
  if (code !== 0) throw new Error(`tenure ${args.join(" ")} ended with ${code}: ${errors}`);
  return { wallMs, peakMib: Number(peakKib) / 1024 };
}
