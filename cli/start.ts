import { EXIT } from "./exit-codes.js";
import { lacksHandles, noHandles } from "./file-handles.js";
import { OutputLostError } from "./output-stream.js";
import { processTerminal } from "./terminal.js";

/**
 * Runs the command of this process and ends it with the command's exit code.
 * @param onListening told once a command listens for signals, or none will
 */
export async function start(onListening: () => void = () => undefined): Promise<void> {
  const { terminal, isLost } = processTerminal();

  /** For what no command can catch: its own code could not be loaded, or something failed that nobody waits for. */
  const fail = (error: unknown): never => {
    const found = error instanceof Error ? error.message : String(error);
    const isHandles = lacksHandles(error);
    const bug = {
      code: "TEN-BUG",
      what: "Tenure went wrong.",
      found,
      hint: "This is a bug in Tenure. Please report it with the command you ran.",
    };
    const refusal = error instanceof OutputLostError ? error.refusal : isHandles ? noHandles(found) : bug;
    terminal.stderr(`${refusal.code}\n  ${refusal.what}\n  found:   ${found}\n  hint:    ${refusal.hint}\n`);
    if (process.env.TENURE_DEBUG === "1" && error instanceof Error) terminal.stderr(`${error.stack ?? ""}\n`);
    process.exit(isLost() ? EXIT.outputLost : isHandles ? EXIT.badInput : EXIT.bug);
  };

  process.on("uncaughtException", fail);
  let isDone = false;
  // A rule of one's own may end the process, which then has no result, though it says that all went well.
  process.on("exit", (code) => {
    if (isDone || code !== EXIT.fine) return;
    terminal.stderr(
      "TEN-CLI-029\n  The process was ended before the command was done.\n  hint:    A rule of a file ends it: a rule only answers.\n",
    );
    process.exitCode = EXIT.badInput;
  });
  // A limit on the size of files then ends a write with an error, not the process.
  process.on("SIGXFSZ", () => undefined);
  try {
    // Only now, so that a machine that cannot read it is told of with a code.
    const { runCommandLine } = await import("./command-line.js");
    const exitCode = await runCommandLine(process.argv.slice(2), terminal, undefined, onListening);
    isDone = true;
    process.exitCode = isLost() ? EXIT.outputLost : exitCode;
  } catch (error) {
    fail(error);
  }
}
