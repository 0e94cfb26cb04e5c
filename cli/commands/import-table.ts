import { type Command, Option } from "commander";
import { STREAM_KINDS, type StreamKind } from "../../engine/index.js";
import type { Context } from "../context.js";
import { defaultRecording, runImporter } from "../importing.js";
import { type OutputOptions, parseMap, parseOut, withOutputOptions } from "../options.js";

interface TableCommandOptions extends OutputOptions {
  readonly out?: string;
  readonly kind: StreamKind;
  readonly map?: Readonly<Record<string, string>>;
  readonly addresses: "ss58" | "any";
  readonly coverage?: "subnet" | "partial";
  readonly sort?: true;
}

export function addImportTableCommand(group: Command, context: Context): void {
  const command = group
    .command("table")
    .description("import one stream from a CSV, Parquet or Arrow file; amounts are whole rao")
    .argument("<file>", "the table")
    .addOption(new Option("--kind <kind>", "kind of the stream").choices(STREAM_KINDS).makeOptionMandatory())
    .option("--map <column=field,...>", "fields of the file for columns of the stream; others are read by their own name", parseMap)
    .option("--out <dir>", "folder for the recording (default: recordings/<name of the file>)", parseOut)
    .addOption(new Option("--addresses <rule>", "`any` takes made-up addresses, too").choices(["ss58", "any"]).default("ss58"))
    .addOption(new Option("--coverage <extent>", "does the table hold the whole subnet?").choices(["subnet", "partial"]))
    .option("--sort", "sort the rows (CSV and Parquet)");
  withOutputOptions(command)
    .addHelpText(
      "after",
      "\nExample:\n  $ tenure import table stake.csv --kind stake --map time_ms=time,amount_rao=rao --out recordings/stake",
    )
    .action(async (file: string, { out, json, quiet, ...table }: TableCommandOptions) => {
      const { importTable } = await import("../../recorders/index.js");
      await runImporter(context, { json, quiet, counts: "rows" }, (options) =>
        importTable(file, { map: {}, ...table, ...options, out: out ?? defaultRecording(file) }),
      );
    });
}
