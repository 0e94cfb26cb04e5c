import type { Command } from "commander";
import type { Context } from "../context.js";
import { formatJson } from "../json.js";
import { type OutputOptions, parsePath, withOutputOptions } from "../options.js";
import { writeNewFile } from "../write-new-file.js";

interface NewOptions extends OutputOptions {
  readonly out?: string;
}

export function addScenariosNewCommand(group: Command, { terminal }: Context): void {
  const command = group
    .command("new")
    .description("begin a scenario file, with comments")
    .argument("<name>", "name of the scenario")
    .option("--out <file>", "where to write it (default: <name>.yaml); it must not be there yet", parsePath);
  withOutputOptions(command)
    .addHelpText("after", "\nExample:\n  $ tenure scenarios new my-subnet")
    .action(async (name: string, { out = `${name}.yaml`, json, quiet }: NewOptions) => {
      const { newScenario } = await import("../../scenarios/index.js");
      await writeNewFile(out, newScenario(name));
      if (json === true) {
        terminal.stdout(formatJson({ name, out }));
      } else if (quiet !== true) {
        const { typedPath } = await import("../../reports/light.js");
        terminal.stdout(`Wrote ${typedPath(out)}\nTry: npx tenure run ${typedPath(out)}\n`);
      }
    });
}
