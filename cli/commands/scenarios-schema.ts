import type { Command } from "commander";
import type { Context } from "../context.js";
import { formatJson } from "../json.js";
import { type OutputOptions, parsePath, withOutputOptions } from "../options.js";
import { legible } from "../printable.js";
import { writeNewFile } from "../write-new-file.js";

interface SchemaOptions extends OutputOptions {
  readonly out?: string;
}

export function addScenariosSchemaCommand(group: Command, { terminal }: Context): void {
  const command = group
    .command("schema")
    .description("print the JSON Schema of scenario files, for editors")
    .option("--out <file>", "write it to a new file instead", parsePath);
  withOutputOptions(command)
    .addHelpText("after", "\nExample:\n  $ tenure scenarios schema --out scenario.schema.json")
    .action(async ({ out, json, quiet }: SchemaOptions) => {
      const { scenarioJsonSchema } = await import("../../scenarios/index.js");
      const schema = formatJson(scenarioJsonSchema());
      if (out === undefined) {
        terminal.stdout(schema);
        return;
      }
      await writeNewFile(out, schema);
      if (json === true) terminal.stdout(formatJson({ out }));
      else if (quiet !== true) terminal.stdout(`Wrote ${legible(out)}\n`);
    });
}
