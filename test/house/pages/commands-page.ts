import type { Command } from "commander";
import { buildProgram } from "../../../cli/program.js";
import { capturedTerminal, interruption } from "../../cli/captured-terminal.js";

/** The help of a command as it is printed, at 100 columns. */
function helpOf(command: Command): string {
  let text = "";
  command.configureOutput({ writeOut: (part) => (text += part), getOutHelpWidth: () => 100, getOutHasColors: () => false });
  command.outputHelp();
  return text.trimEnd();
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
    "**Exit codes.** 0 fine, 1 a check failed, 2 bad input, 70 a bug in Tenure (`TENURE_DEBUG=1` adds where), 74 output that cannot be written (the disk is full, the folder or stdout takes nothing), 130 interrupted by Ctrl-C (143 by SIGTERM). A second Ctrl-C, a tenth of a second later or more, ends the command at once. A reader that closes the pipe (`| head`) is no failure.",
    ...sections(program, "tenure"),
  ].join("\n\n")}\n`;
}
