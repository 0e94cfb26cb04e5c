import type { Command } from "commander";
import type { Context } from "../context.js";
import { formatJson } from "../json.js";
import { type OutputOptions, parseCount, parsePath, withOutputOptions } from "../options.js";
import { legible } from "../printable.js";
import { reportStyle } from "../report-style.js";

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
    .action(async (dir: string, { pick, json, quiet }: ApplyOptions) => {
      const { applyTrial, openTuning } = await import("../../studies/index.js");
      const { trial, values, alsoSet, text } = applyTrial(await openTuning(dir), pick);
      if (json === true) terminal.stdout(formatJson({ trial, set: values, also_set: alsoSet, scenario: text }));
      else terminal.stdout(text);
      if (json === true || quiet === true || alsoSet.length === 0) return;
      const { hanging } = await import("../../reports/light.js");
      const sets = alsoSet.map((one) => `--set ${legible(one)}`).join(" ");
      terminal.stderr(
        `${hanging("note: ", `The study's trials also had ${sets}, which is not written: its figures are of runs with it.`, reportStyle(terminal))}\n`,
      );
    });
}
