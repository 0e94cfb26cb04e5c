import { CommanderError } from "commander";
import type { Context } from "./context.js";
import { EXIT } from "./exit-codes.js";
import { reportFailure } from "./failure.js";
import { type Interruption, listenForInterruption } from "./interruption.js";
import { buildProgram } from "./program.js";
import type { Terminal } from "./terminal.js";

/** Runs one command. Answers the exit code; never throws for what a command can fail of. */
export async function runCommandLine(args: readonly string[], terminal: Terminal, interruption?: Interruption): Promise<number> {
  const listening = interruption ?? listenForInterruption();
  const context: Context = { terminal, interruption: listening, exitCode: EXIT.fine };
  try {
    await (await buildProgram(args, context)).parseAsync([...args], { from: "user" });
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
