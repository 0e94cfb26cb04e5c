import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { withoutProgress } from "../cli/progress-lines.js";

export const ROOT = resolve(import.meta.dirname, "../..");
export const MAIN = join(ROOT, "dist/bundle/cli/main.js");

export interface Ended {
  /** The exit code; null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
}

/**
 * Starts the built command line in a process of its own.
 * @param environment beside that of the tests
 */
export function startTenure(args: readonly string[], cwd: string, environment: Readonly<Record<string, string>> = {}): Running {
  if (!existsSync(MAIN)) throw new Error("dist/ is missing: run `npm run build` first (`npm test` does).");
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: "1", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((done, failed) => {
    child.on("error", failed);
    child.on("close", (code) => done({ code, stdout, stderr: withoutProgress(stderr) }));
  });
  return { process: child, ended };
}

/** Runs the built command line to its end. */
export function tenure(args: readonly string[], cwd: string, environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return startTenure(args, cwd, environment).ended;
}

/**
 * Waits for what a command brings about, looking again and again; no clock decides anything.
 * @throws when the command ends before
 */
export async function waitUntil({ ended }: Running, isReached: () => boolean | Promise<boolean>): Promise<void> {
  let end: Ended | undefined;
  void ended.then((result) => {
    end = result;
  });
  while (!(await isReached())) {
    if (end !== undefined) throw new Error(`the command ended with ${end.code} before: ${end.stderr}`);
    await setTimeout(5);
  }
}

/** A folder to work in, and how to be rid of it. */
export async function workFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "tenure-e2e-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
