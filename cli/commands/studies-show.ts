import type { Command } from "commander";
import type { Context } from "../context.js";
import { type OutputOptions, parsePath, withOutputOptions } from "../options.js";

export function addStudiesShowCommand(group: Command, context: Context): void {
  const command = group
    .command("show")
    .description("tell once more what a finished tuning found: trials, front, map, importance, and how far to trust it")
    .argument("<dir>", "the folder of a tuning", parsePath);
  withOutputOptions(command)
    .addHelpText("after", "\nExample:\n  $ tenure studies show runs/tune-demo")
    .action(async (dir: string, options: OutputOptions) => {
      const [{ openTuning }, { tellTuning }] = await Promise.all([import("../../studies/index.js"), import("./tune.js")]);
      const { tuning } = await openTuning(dir);
      // It is shown whatever it says.
      await tellTuning(tuning, { ...options, quiet: undefined }, context);
    });
}
