import { type Command, Option } from "commander";
import type { Context } from "../context.js";
import { defaultRecording, runImporter } from "../importing.js";
import { type OutputOptions, parseNetuid, parsePath, withOutputOptions } from "../options.js";

interface TaostatsCommandOptions extends OutputOptions {
  readonly out?: string;
  readonly addresses: "ss58" | "any";
  readonly netuid?: number;
}

export function addImportTaostatsCommand(group: Command, context: Context): void {
  const command = group
    .command("taostats")
    .description("import stake_events.json and stake_balance.json of Taostats; emission is attributed from the balances")
    .argument("<folder>", "folder that holds the files or their pages (stake_balance_1.json, ...); balances alone will do", parsePath)
    .option("--out <dir>", "folder for the recording (default: recordings/<name of the folder>)", parsePath)
    .addOption(new Option("--addresses <rule>", "`any` takes made-up addresses, too").choices(["ss58", "any"]).default("ss58"))
    .option("--netuid <n>", "subnet to import, where the files hold several", parseNetuid);
  withOutputOptions(command)
    .addHelpText("after", "\nExample:\n  $ tenure import taostats downloads/miner --out recordings/miner")
    .action(async (folder: string, { out, addresses, netuid, ...output }: TaostatsCommandOptions) => {
      const { importTaostats } = await import("../../recorders/index.js");
      await runImporter(context, { ...output, counts: "bytes" }, (options) =>
        importTaostats(folder, { ...options, out: out ?? defaultRecording(folder), addresses, netuid }),
      );
    });
}
