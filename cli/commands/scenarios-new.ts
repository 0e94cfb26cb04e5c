import { dirname, join } from "node:path";
import type { Command } from "commander";
import type { Context } from "../context.js";
import { formatJson } from "../json.js";
import { type OutputOptions, parsePath, withOutputOptions } from "../options.js";
import { refuseTakenFile, writeNewFile } from "../write-new-file.js";

interface NewOptions extends OutputOptions {
  readonly out?: string;
  readonly from?: string;
}

export function addScenariosNewCommand(group: Command, { terminal }: Context): void {
  const command = group
    .command("new")
    .description("begin a scenario file, with comments")
    .argument("<name>", "name of the scenario")
    .option("--from <scenario>", "a copy of one that comes with Tenure, with the files of the rules that it names")
    .option("--out <file>", "where to write it (default: <name>.yaml); it must not be there yet", parsePath);
  withOutputOptions(command)
    .addHelpText("after", "\nExample:\n  $ tenure scenarios new my-subnet\n  $ tenure scenarios new mine --from last-champions")
    .action(async (name: string, { out = `${name}.yaml`, from, json, quiet }: NewOptions) => {
      const { copyScenario, newScenario } = await import("../../scenarios/index.js");
      const copies = from === undefined ? [{ path: null, text: newScenario(name) }] : copyScenario(from, name);
      const files = copies.map(({ path, text }) => ({ file: path === null ? out : join(dirname(out), path), text }));
      // All or nothing, as far as what is there already goes.
      for (const { file } of files) await refuseTakenFile(file);
      for (const { file, text } of files) await writeNewFile(file, text);
      const rules = files.slice(1).map(({ file }) => file);
      if (json === true) {
        terminal.stdout(formatJson({ name, out, ...(from === undefined ? {} : { from, rules }) }));
      } else if (quiet !== true) {
        const { typedPath } = await import("../../reports/light.js");
        const wrote = files.map(({ file }) => `Wrote ${typedPath(file)}\n`).join("");
        terminal.stdout(`${wrote}Try: npx tenure run ${typedPath(out)}\n`);
      }
    });
}
