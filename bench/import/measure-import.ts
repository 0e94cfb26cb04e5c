import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type CommandSamples, commandSamples } from "../command/command-samples.js";
import { type CommandRun, measureCommand } from "../command/measure-command.js";
import type { PartContext } from "../part-context.js";
import { writePriceFiles } from "./price-files.js";

export interface ImportResult extends CommandSamples {
  readonly days: number;
  readonly observations: number;
  readonly megabytes: number;
  readonly megabytes_per_second: number;
}

/** `tenure import tao20` of a month of made-up prices. */
export async function measureImport({ folder, quick, progress }: PartContext): Promise<ImportResult> {
  const days = quick ? 5 : 30;
  const rounds = quick ? 1 : 5;
  progress(`import: writing ${days} days of prices`);
  const input = join(folder, "tao20");
  const { observations, bytes } = await writePriceFiles(input, days);
  const runs: CommandRun[] = [];
  for (let round = 1; round <= rounds; round++) {
    progress(`import: round ${round} of ${rounds}, tenure import tao20`);
    const out = join(folder, `recording-${round}`);
    runs.push(await measureCommand(["import", "tao20", input, "--out", out, "--quiet"], folder));
    await rm(out, { recursive: true });
  }
  const samples = commandSamples(runs);
  const megabytes = bytes / 1e6;
  return {
    days,
    observations,
    megabytes: Number(megabytes.toFixed(1)),
    megabytes_per_second: Number((megabytes / samples.wall_seconds.median).toFixed(1)),
    ...samples,
  };
}
