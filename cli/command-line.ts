import { CommanderError } from "commander";
import type { Context } from "./context.js";
import { EXIT } from "./exit-codes.js";
import { reportFailure } from "./failure.js";
import { type Interruption, listenForInterruption } from "./interruption.js";
import { buildProgram } from "./program.js";
import type { Terminal } from "./terminal.js";

/** So long a command may take to load what it needs. */
const LOADING_MS = 1_000;

/**
 * Runs one command. Answers the exit code; never throws for what a command can fail of.
 * @param onListening told once the command listens for signals, or has begun without
 */
export async function runCommandLine(
  args: readonly string[],
  terminal: Terminal,
  interruption?: Interruption,
  onListening: () => void = () => undefined,
): Promise<number> {
  const listening = interruption ?? listenForInterruption(undefined, onListening);
  const context: Context = { terminal, interruption: listening, exitCode: EXIT.fine };
  try {
    const program = await buildProgram(args, context);
    // A command that does not listen is ended by a signal as any other, also while it computes.
    program.hook("preAction", () => void setTimeout(onListening, LOADING_MS).unref());
    await program.parseAsync([...args], { from: "user" });
    return context.exitCode;
  } catch (error) {
    // Help and version were printed; a command line that names no command got the help, too.
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.fine;
    if (error instanceof CommanderError && error.code === "commander.help") return EXIT.badInput;
    return await reportFailure(error, context, { json: args.includes("--json") });
  } finally {
    listening.close();
  }
}
