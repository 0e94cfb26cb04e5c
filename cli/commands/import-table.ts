import { type Command, Option } from "commander";
import type { StakeAction, StreamKind } from "../../engine/index.js";
import { STAKE_ACTIONS, STREAM_KINDS } from "../../engine/light.js";
import type { Context } from "../context.js";
import { defaultRecording, runImporter } from "../importing.js";
import { collect, type OutputOptions, parseMap, parsePath, withOutputOptions } from "../options.js";

interface TableCommandOptions extends OutputOptions {
  readonly out?: string;
  readonly into?: string;
  readonly kind: StreamKind;
  readonly map?: Readonly<Record<string, string>>;
  readonly const?: readonly string[];
  readonly value?: readonly string[];
  readonly unit?: "rao" | "alpha" | "tao";
  readonly negative?: StakeAction;
  readonly blockTime?: string;
  readonly blockZero?: string;
  readonly addresses: "ss58" | "any";
  readonly coverage?: "subnet" | "partial";
  readonly sort?: true;
  readonly columns?: string;
}

export function addImportTableCommand(group: Command, context: Context): void {
  const command = group
    .command("table")
    .description("import one stream from a CSV, JSON, Parquet or Arrow file; CSV and JSON may be packed as .gz")
    .argument("<file>", "the table", parsePath)
    .addOption(new Option("--kind <kind>", "kind of the stream").choices(STREAM_KINDS).makeOptionMandatory())
    .option("--map <column=field,...>", "fields of the file for columns of the stream; others are read by their own name", parseMap)
    .option("--const <column=value>", "what a column that the file does not have is in every row; may be given many times", collect)
    .option("--value <column:text=value>", "what a text of the file stands for; may be given many times", collect)
    .addOption(new Option("--unit <unit>", "in what amounts are written; without it, whole rao").choices(["rao", "alpha", "tao"]))
    .addOption(new Option("--negative <action>", "what a row with a negative amount is (stake)").choices(STAKE_ACTIONS))
    .option("--block-time <duration>", "counts times from block numbers, so much a block: 12s, 250ms")
    .option("--block-zero <time>", "time of block 0, for --block-time")
    .option("--columns <names>", "of scores: fields to keep as columns beside the score, by name or as name=field, with commas between")
    .option("--sort", "sort the rows by time, block, extrinsic and event")
    .option("--out <dir>", "folder for the recording (default: recordings/<name of the file>)", parsePath)
    .addOption(
      new Option("--into <recording>", "add the stream to a recording and keep its other streams").argParser(parsePath).conflicts("out"),
    )
    .addOption(new Option("--addresses <rule>", "`any` takes made-up addresses, too").choices(["ss58", "any"]).default("ss58"))
    .addOption(new Option("--coverage <extent>", "does the table hold the whole subnet?").choices(["subnet", "partial"]));
  withOutputOptions(command)
    .addHelpText(
      "after",
      "\nExample:\n  $ tenure import table stake.csv --kind stake --map time_ms=time,amount_rao=alpha --unit alpha --const netuid=64 --out recordings/stake",
    )
    .action(async (file: string, given: TableCommandOptions) => {
      const { out, into, json, quiet, const: constants = [], value = [], blockTime, blockZero, columns, ...table } = given;
      const { importTable, parseBlockTimes, parseConstants, parseNamedColumns, parseValues } = await import("../../recorders/index.js");
      const blockTimes = parseBlockTimes(blockTime, blockZero);
      const meant = { constants: parseConstants(constants), values: parseValues(value), blockTimes, into: into !== undefined };
      const named = columns === undefined ? {} : { columns: parseNamedColumns(columns) };
      await runImporter(context, { json, quiet, counts: "rows" }, (options) =>
        importTable(file, { map: {}, ...table, ...meant, ...named, ...options, out: into ?? out ?? defaultRecording(file) }),
      );
    });
}
