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
    .description("check a scenario without running it")
    .argument("<scenario>", "a scenario file, or the name of a shipped one", parsePath)
    .option("--set <path=value>", "replace a value of the scenario; can be repeated", collect);
  explainAbsent(command, "--data", "A check reads no recordings; `tenure run` does, and takes --data.");
  withOutputOptions(command)
    .addHelpText("after", "\nExample:\n  $ tenure scenarios check my-subnet.yaml")
    .action(async (pathOrName: string, { set: sets = [], json, quiet }: CheckOptions) => {
      const { loadScenario } = await import("../../scenarios/index.js");
      const scenario = loadScenario(pathOrName, { sets });
      // Only then, so that a scenario without rules of its own files is checked at once.
      if (scenario.plugIns !== null) await (await import("../../recorders/index.js")).loadRules(scenario);
      const { name } = scenario.configuration;
      if (json === true) terminal.stdout(formatJson({ ok: true, name }));
      else if (quiet !== true) terminal.stdout(`${legible(name)} is a valid scenario.\n`);
    });
}
