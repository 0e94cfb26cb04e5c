import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { MAIN } from "../tenure.js";

const PRELOAD = join(import.meta.dirname, "kill-at-call.mjs");

async function run(args: readonly string[], cwd: string, environment: Readonly<Record<string, string>>): Promise<string> {
  const child = spawn(process.execPath, ["--import", PRELOAD, MAIN, ...args], {
    cwd,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((done) =>
    child.on("close", (...ended: [number | null, NodeJS.Signals | null]) => done(ended)),
  );
  return code === 0 ? "done" : (signal ?? stderr);
}

/** The calls that a command makes when nothing ends it. */
export async function callsOf(args: readonly string[], cwd: string): Promise<readonly string[]> {
  const file = join(cwd, "calls.txt");
  expect(await run(args, cwd, { KILL_AT_CALL: "0", CALLS_FILE: file })).toBe("done");
  return (await readFile(file, "utf8")).split("\n");
}

/** Runs a command that is killed at its n-th call, from 1. */
export async function killedAt(call: number, args: readonly string[], cwd: string): Promise<void> {
  expect(await run(args, cwd, { KILL_AT_CALL: String(call) })).toBe("SIGKILL");
}
