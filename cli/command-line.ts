import { CommanderError } from "commander";
import type { Context } from "./context.js";
import { EXIT } from "./exit-codes.js";
import { reportFailure } from "./failure.js";
import { type Interruption, listenForInterruption } from "./interruption.js";
import { buildProgram } from "./program.js";
import type { Terminal } from "./terminal.js";

/** The command a usage error is about, as far as the words before the first option name one: `tenure import table`. */
function commandNamed(args: readonly string[], context: Context): string {
  let command = buildProgram(context);
  const words = ["tenure"];
  for (const arg of args) {
    const next = command.commands.find((one) => one.name() === arg);
    if (next === undefined) break;
    words.push(arg);
    command = next;
  }
  return words.join(" ");
}

/** Runs one command. Answers the exit code; never throws for what a command can fail of. */
export async function runCommandLine(args: readonly string[], terminal: Terminal, interruption?: Interruption): Promise<number> {
  const listening = interruption ?? listenForInterruption();
  const context: Context = { terminal, interruption: listening, exitCode: EXIT.fine };
  try {
    await buildProgram(context).parseAsync([...args], { from: "user" });
    return context.exitCode;
  } catch (error) {
    // Help and version were printed; a command line that names no command got the help, too.
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.fine;
    if (error instanceof CommanderError && error.code === "commander.help") return EXIT.badInput;
    return await reportFailure(error, context, { json: args.includes("--json"), command: commandNamed(args, context) });
  } finally {
    listening.close();
  }
}
