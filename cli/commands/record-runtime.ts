import type { Command } from "commander";
import type { Context } from "../context.js";
import { EXIT } from "../exit-codes.js";
import { formatJson } from "../json.js";
import { type OutputOptions, parsePath, withOutputOptions } from "../options.js";
import { reportStyle } from "../report-style.js";

export function addRecordRuntimeCommand(group: Command, context: Context): void {
  const command = group
    .command("runtime")
    .description("say whether a runtime can be recorded, from a file with its metadata")
    .argument("<file>", "what state_getMetadata answered: hexadecimal text, or bytes", parsePath);
  withOutputOptions(command)
    .addHelpText("after", "\nExit code 1: it cannot be recorded.\n\nExample:\n  $ tenure record runtime metadata.hex --json")
    // Options that both commands have are taken by the outer one, wherever they stand.
    .action((file: string, _: OutputOptions, self: Command) => inspect(file, self.optsWithGlobals<OutputOptions>(), context));
}

async function inspect(file: string, { json, quiet }: OutputOptions, context: Context): Promise<void> {
  const { terminal } = context;
  const { inspectRuntime } = await import("../../recorders/index.js");
  const inspection = await inspectRuntime(file);
  if (json === true) terminal.stdout(formatJson(inspection));
  else if (quiet !== true || !inspection.can_be_recorded) {
    const { runtimeText } = await import("../../reports/index.js");
    terminal.stdout(runtimeText(inspection, reportStyle(terminal)));
  }
  if (!inspection.can_be_recorded) context.exitCode = EXIT.checkFailed;
}
