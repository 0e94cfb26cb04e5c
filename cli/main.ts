#!/usr/bin/env node
// No file of Tenure is imported here: who tells of a failure is there before the first one is loaded.
import { writeSync } from "node:fs";

/** For a machine on which not even what tells of failures can be loaded. The exit codes are those of `exit-codes.ts`. */
function cannotLoad(error: unknown): never {
  const { code = "", message } = error as NodeJS.ErrnoException;
  const isHandles = code === "EMFILE" || code === "ENFILE";
  const [refusal, what, hint] = isHandles
    ? [
        "TEN-CLI-009",
        "The machine gave no more file handles: too many files are open.",
        "Allow more open files (`ulimit -n 256` in a shell), or close other programs.",
      ]
    : ["TEN-BUG", "Tenure could not be loaded.", "Is it installed whole? Install it again; if it stays so, please report it."];
  // A path may hold anything.
  const found = String(message).replace(/[^ -~]/g, "?");
  try {
    writeSync(2, `${refusal}\n  ${what}\n  found:   ${found}\n  hint:    ${hint}\n`);
  } catch {
    // Nobody is left to be told; the exit code still says it.
  }
  process.exit(isHandles ? 2 : 70);
}

/** Ctrl-C before a command listens for it: it ends the process as any other, which is told of first. What was done until then is not known here. */
function interruptedEarly(): void {
  process.off("SIGINT", interruptedEarly);
  try {
    writeSync(2, "TEN-CLI-003  Interrupted.\n");
  } catch {
    // Nobody is left to be told.
  }
  process.kill(process.pid, "SIGINT");
}

process.on("uncaughtException", cannotLoad);
process.on("SIGINT", interruptedEarly);
try {
  const { start } = await import("./start.js");
  process.off("uncaughtException", cannotLoad);
  await start(() => void process.off("SIGINT", interruptedEarly));
} catch (error) {
  cannotLoad(error);
}
