import type { Command } from "commander";
import { EXIT_CODES_HELP } from "../../../cli/exit-codes.js";
import { buildProgram } from "../../../cli/program.js";
import { capturedTerminal, interruption } from "../../cli/captured-terminal.js";

/** The help of a command as it is printed, at 100 columns, but for the exit codes: they are the same of all. */
function helpOf(command: Command): string {
  let text = "";
  command.configureOutput({ writeOut: (part) => (text += part), getOutHelpWidth: () => 100, getOutHasColors: () => false });
  command.outputHelp();
  return text.replace(EXIT_CODES_HELP, "").trimEnd();
}

function sections(command: Command, name: string): string[] {
  return [
    `## ${name}\n\n\`\`\`\n${helpOf(command)}\n\`\`\``,
    ...command.commands.flatMap((inner) => sections(inner, `${name} ${inner.name()}`)),
  ];
}

/** The reference of every command, as Markdown: its own help. */
export async function commandsPage(): Promise<string> {
  const program = await buildProgram([], { terminal: capturedTerminal(), interruption: interruption(), exitCode: 0 });
  return `${[
    "<!-- Made by `npm run docs:reference` from cli. Do not edit. -->",
    "# Commands",
    "In a clone of the project, write `npx tenure` for `tenure`.",
    '**Output.** Results go to stdout; progress, notes and errors to stderr. With `--json` stdout is only JSON, and an error is JSON on stderr: `{"error": {code, what, place, found, allowed, hint}, "errors": [...]}`. With `--quiet` there is no progress and no summary. Colour follows `NO_COLOR`.',
    `**${EXIT_CODES_HELP.trim().replace("\n", " ").replace(":", ".**")} The help of every command ends with them.`,
    "`TENURE_DEBUG=1` adds where a bug is. Output cannot be written where the disk is full, or the folder or stdout takes nothing. A second Ctrl-C, a second later or more, ends the command at once. A reader that closes the pipe (`| head`) is no failure.",
    ...sections(program, "tenure"),
  ].join("\n\n")}\n`;
}
