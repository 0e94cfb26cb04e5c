import { readFileSync } from "node:fs";
import type { Command } from "commander";
import type { Context } from "./context.js";
import { EXIT_CODES_HELP } from "./exit-codes.js";
import { UsageCommand } from "./usage-command.js";

function ownVersion(): string {
  // From cli/ in the sources, and from dist/cli/ and dist/bundle/cli/ when built.
  for (const up of ["../package.json", "../../package.json", "../../../package.json"]) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(up, import.meta.url), "utf8"));
      if (name === "tenure") return version;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
  throw new Error("package.json of tenure was not found");
}

type AddCommand = (program: Command, context: Context) => void;

/** In the order of the help. A command is loaded when it is named, so that a short one starts at once. */
const COMMANDS: Readonly<Record<string, () => Promise<AddCommand>>> = {
  run: async () => (await import("./commands/run.js")).addRunCommand,
  merge: async () => (await import("./commands/merge.js")).addMergeCommand,
  verify: async () => (await import("./commands/verify.js")).addVerifyCommand,
  show: async () => (await import("./commands/show.js")).addShowCommand,
  explain: async () => (await import("./commands/explain.js")).addExplainCommand,
  sql: async () => (await import("./commands/sql.js")).addSqlCommand,
  compare: async () => (await import("./commands/compare.js")).addCompareCommand,
  report: async () => (await import("./commands/report.js")).addReportCommand,
  guard: async () => (await import("./commands/guard.js")).addGuardCommand,
  tune: async () => (await import("./commands/tune.js")).addTuneCommand,
  studies: async () => (await import("./commands/studies.js")).addStudiesCommand,
  import: async () => (await import("./commands/import.js")).addImportCommand,
  record: async () => (await import("./commands/record.js")).addRecordCommand,
  index: async () => (await import("./commands/index-composition.js")).addIndexCommand,
  scenarios: async () => (await import("./commands/scenarios.js")).addScenariosCommand,
};

/** The commands that a command line may need: the one it begins with, none for the version, all for help and for a misspelt one. */
function needed([first]: readonly string[]): readonly (() => Promise<AddCommand>)[] {
  if (first === "--version" || first === "-V") return [];
  return first !== undefined && Object.hasOwn(COMMANDS, first) ? [COMMANDS[first]] : Object.values(COMMANDS);
}

/**
 * The command line of Tenure, as far as `args` need it. Help goes to stdout; commander throws instead of exiting, and its
 * errors are told by `reportFailure`.
 */
export async function buildProgram(args: readonly string[], context: Context): Promise<Command> {
  const { terminal } = context;
  const program = new UsageCommand("tenure")
    .description("A wind tunnel for token-incentive rules: replay stake and emission streams, see who would be paid what, and why.")
    .version(ownVersion())
    .exitOverride()
    .configureOutput({ writeOut: terminal.stdout, writeErr: terminal.stderr, outputError: () => undefined });
  for (const load of needed(args)) (await load())(program, context);
  return program.addHelpText("after", "\nExample:\n  $ tenure run demo").addHelpText("afterAll", EXIT_CODES_HELP);
}
