import type { Command } from "commander";
import type { Context } from "../context.js";
import { formatJson } from "../json.js";
import { type OutputOptions, parseCount, parsePath, withOutputOptions } from "../options.js";

interface ApplyOptions extends OutputOptions {
  readonly pick?: number;
}

export function addStudiesApplyCommand(group: Command, { terminal }: Context): void {
  const command = group
    .command("apply")
    .description("print the scenario with the values of a trial: only these change, every other byte stays")
    .argument("<dir>", "the folder of a tuning", parsePath)
    .option("--pick <trial>", "the number of the trial (default: the chosen one)", parseCount);
  withOutputOptions(command)
    .addHelpText("after", "\nExample:\n  $ tenure studies apply runs/tune-demo --pick 3 > new-scenario.yaml")
    .action(async (dir: string, { pick, json }: ApplyOptions) => {
      const { applyTrial, openTuning } = await import("../../studies/index.js");
      const { trial, values, text } = applyTrial(await openTuning(dir), pick);
      if (json === true) terminal.stdout(formatJson({ trial, set: values, scenario: text }));
      else terminal.stdout(text);
    });
}
