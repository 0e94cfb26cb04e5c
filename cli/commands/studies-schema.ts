import type { Command } from "commander";
import type { Context } from "../context.js";
import { formatJson } from "../json.js";
import { type OutputOptions, parsePath, withOutputOptions } from "../options.js";
import { legible } from "../printable.js";
import { writeNewFile } from "../write-new-file.js";

interface SchemaOptions extends OutputOptions {
  readonly out?: string;
}

export function addStudiesSchemaCommand(group: Command, { terminal }: Context): void {
  const command = group
    .command("schema")
    .description("print the JSON Schema of study files, for editors")
    .option("--out <file>", "write it to a new file instead", parsePath);
  withOutputOptions(command)
    .addHelpText("after", "\nExample:\n  $ tenure studies schema --out study.schema.json")
    .action(async ({ out, json, quiet }: SchemaOptions) => {
      const { studyJsonSchema } = await import("../../studies/index.js");
      const schema = formatJson(studyJsonSchema());
      if (out === undefined) {
        terminal.stdout(schema);
        return;
      }
      await writeNewFile(out, schema);
      if (json === true) terminal.stdout(formatJson({ out }));
      else if (quiet !== true) terminal.stdout(`Wrote ${legible(out)}\n`);
    });
}
