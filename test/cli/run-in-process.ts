import { runCommandLine } from "../../cli/command-line.js";
import { capturedTerminal, interruption } from "./captured-terminal.js";
import { withoutProgress } from "./progress-lines.js";

/**
 * Runs the command line in this process.
 * @param width of the terminal, columns
 * @returns its exit code, and what it wrote but for its progress
 */
export async function runInProcess(
  args: readonly string[],
  width: number = Number.POSITIVE_INFINITY,
): Promise<{ code: number; out: string; err: string }> {
  const terminal = capturedTerminal();
  const code = await runCommandLine(args, { ...terminal, width }, interruption());
  return { code, out: terminal.out, err: withoutProgress(terminal.err) };
}
