import { type Command, Option } from "commander";
import type { Context } from "../context.js";
import { defaultRecording, runImporter } from "../importing.js";
import { type OutputOptions, parsePath, withOutputOptions } from "../options.js";

interface RunCommandOptions extends OutputOptions {
  readonly out?: string;
  readonly coverage?: "subnet" | "partial";
}

export function addImportRunCommand(group: Command, context: Context): void {
  const command = group
    .command("run")
    .description("make a recording of a finished run: what it paid, what its miners did, who sat where")
    .argument("<run-dir>", "folder that `tenure run` wrote, with record.tables: all and record.every_epochs: 1", parsePath)
    .option("--out <dir>", "folder for the recording (default: recordings/<name of the folder>)", parsePath)
    .addOption(
      new Option("--coverage <extent>", "does the run hold the whole subnet? (default: as its scenario says)").choices([
        "subnet",
        "partial",
      ]),
    );
  withOutputOptions(command)
    .addHelpText(
      "after",
      `
Replayed with the time.start, epochs and ledger of the run, the recording holds and pays what the run did, to the rao. With
emission.recorded_rule, the rule of the run is undone and another one tried on what its miners did.

Example:
  $ tenure run demo --out runs/demo
  $ tenure import run runs/demo --out recordings/demo`,
    )
    .action(async (dir: string, { out, coverage, ...output }: RunCommandOptions) => {
      const { importRun } = await import("../../recorders/index.js");
      await runImporter(context, { ...output, counts: "rows" }, (options) =>
        importRun(dir, { ...options, out: out ?? defaultRecording(dir), coverage }),
      );
    });
}
