import { readFileSync } from "node:fs";
import { Command } from "commander";
import { addImportCommand } from "./commands/import.js";
import { addIndexCommand } from "./commands/index-composition.js";
import { addRecordCommand } from "./commands/record.js";
import { addRunCommand } from "./commands/run.js";
import { addScenariosCommand } from "./commands/scenarios.js";
import { addShowCommand } from "./commands/show.js";
import { addVerifyCommand } from "./commands/verify.js";
import type { Context } from "./context.js";

function ownVersion(): string {
  // From cli/ in the sources and from dist/cli/ when built.
  for (const up of ["../package.json", "../../package.json"]) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(up, import.meta.url), "utf8"));
      if (name === "tenure") return version;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
  throw new Error("package.json of tenure was not found");
}

/** The command line of Tenure. Help goes to stdout; commander throws instead of exiting, and its errors are told by `reportFailure`. */
export function buildProgram(context: Context): Command {
  const { terminal } = context;
  const program = new Command("tenure")
    .description("A wind tunnel for token-incentive rules: replay stake and emission streams, see who would be paid what, and why.")
    .version(ownVersion())
    .exitOverride()
    .configureOutput({ writeOut: terminal.stdout, writeErr: terminal.stderr, outputError: () => undefined });
  addRunCommand(program, context);
  addVerifyCommand(program, context);
  addShowCommand(program, context);
  addImportCommand(program, context);
  addRecordCommand(program, context);
  addIndexCommand(program, context);
  addScenariosCommand(program, context);
  return program.addHelpText(
    "after",
    `
Exit codes: 0 fine, 1 a check failed, 2 bad input, 70 a bug, 74 output that cannot be written, 130 interrupted.

Example:
  $ tenure run demo`,
  );
}
