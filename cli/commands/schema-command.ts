import type { Command } from "commander";
import type { Context } from "../context.js";
import { formatJson } from "../json.js";
import { type OutputOptions, parsePath, withOutputOptions } from "../options.js";
import { legible } from "../printable.js";
import { writeNewFile } from "../write-new-file.js";

interface SchemaOptions extends OutputOptions {
  readonly out?: string;
}

/** Kinds of files that have a JSON Schema, by the group of commands that prints it. */
const SCHEMAS = {
  scenarios: { noun: "scenario", load: async () => (await import("../../scenarios/index.js")).scenarioJsonSchema() },
  studies: { noun: "study", load: async () => (await import("../../studies/index.js")).studyJsonSchema() },
};

/** `tenure scenarios schema`, `tenure studies schema`. */
export function addSchemaCommand(group: Command, { terminal }: Context, of: keyof typeof SCHEMAS): void {
  const { noun, load } = SCHEMAS[of];
  const command = group
    .command("schema")
    .description(`print the JSON Schema of ${noun} files, for editors`)
    .option("--out <file>", "write it to a new file instead", parsePath);
  withOutputOptions(command)
    .addHelpText("after", `\nExample:\n  $ tenure ${of} schema --out ${noun}.schema.json`)
    .action(async ({ out, json, quiet }: SchemaOptions) => {
      const schema = formatJson(await load());
      if (out === undefined) {
        terminal.stdout(schema);
        return;
      }
      await writeNewFile(out, schema);
      if (json === true) terminal.stdout(formatJson({ out }));
      else if (quiet !== true) terminal.stdout(`Wrote ${legible(out)}\n`);
    });
}
