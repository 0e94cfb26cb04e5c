import type { Command } from "commander";
import type { Context } from "../context.js";
import { defaultRecording, runImporter } from "../importing.js";
import { type OutputOptions, parsePath, withOutputOptions } from "../options.js";

interface Tao20CommandOptions extends OutputOptions {
  readonly out?: string;
}

export function addImportTao20Command(group: Command, context: Context): void {
  const command = group
    .command("tao20")
    .description("import alpha prices, daily emission rates and published weights of the TAO20 index")
    .argument("<folder>", "folder that holds prices/ or emissions_v2/, emissions/, and tao20_*.json or tao20/", parsePath)
    .option("--out <dir>", "folder for the recording (default: recordings/<name of the folder>)", parsePath);
  withOutputOptions(command)
    .addHelpText("after", "\nExample:\n  $ tenure import tao20 downloads/tao20 --out recordings/tao20")
    .action(async (folder: string, { out, ...output }: Tao20CommandOptions) => {
      const { importTao20 } = await import("../../recorders/index.js");
      await runImporter(context, { ...output, counts: "bytes" }, (options) =>
        importTao20(folder, { ...options, out: out ?? defaultRecording(folder) }),
      );
    });
}
