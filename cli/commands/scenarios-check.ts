import type { Command } from "commander";
import type { Context } from "../context.js";
import { formatJson } from "../json.js";
import { collect, type OutputOptions, parsePath, withOutputOptions } from "../options.js";
import { legible } from "../printable.js";
import { explainAbsent } from "../usage-command.js";

interface CheckOptions extends OutputOptions {
  readonly set?: readonly string[];
}

export function addScenariosCheckCommand(group: Command, { terminal }: Context): void {
  const command = group
    .command("check")
    .description("check what a scenario states, and run its first epochs in memory where it reads no recording")
    .argument("<scenario>", "a scenario file, or the name of a shipped one", parsePath)
    .option("--set <path=value>", "replace a value of the scenario; can be repeated", collect);
  explainAbsent(command, "--data", "A check reads no recordings; `tenure run` does, and takes --data.");
  withOutputOptions(command)
    .addHelpText(
      "after",
      "\nThe first epochs tell of accidents: docs/explanation/accidents.md.\n\nExample:\n  $ tenure scenarios check my-subnet.yaml",
    )
    .action(async (pathOrName: string, { set: sets = [], json, quiet }: CheckOptions) => {
      const { loadScenario } = await import("../../scenarios/index.js");
      const scenario = loadScenario(pathOrName, { sets });
      const { loadRules, lookAtFirstEpochs } = await import("../../recorders/index.js");
      if (scenario.plugIns !== null) await loadRules(scenario);
      const looked = await lookAtFirstEpochs(scenario);
      const { name } = scenario.configuration;
      const warnings = [...scenario.warnings, ...(looked?.warnings ?? [])];
      if (json === true) {
        terminal.stdout(formatJson({ ok: true, name, epochs_looked_at: looked?.epochs ?? 0, warnings }));
      } else if (quiet !== true) {
        terminal.stdout(`${legible(name)} is a valid scenario.\n${warnings.map((warning) => `warning: ${legible(warning)}\n`).join("")}`);
      }
    });
}
