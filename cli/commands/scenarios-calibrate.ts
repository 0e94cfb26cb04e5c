import { type Command, InvalidArgumentError, Option } from "commander";
import type { Context } from "../context.js";
import { formatJson } from "../json.js";
import { type OutputOptions, parseNetuid, parsePath, parseTokens, parseWhole, withOutputOptions } from "../options.js";
import { reportStyle } from "../report-style.js";
import { refuseTakenFile, writeNewFile } from "../write-new-file.js";

interface CalibrateCommandOptions extends OutputOptions {
  readonly netuid?: number;
  readonly out?: string;
  readonly name?: string;
  readonly from?: string;
  readonly to?: string;
  readonly pool?: Pool;
  readonly emission?: "schedule" | "recorded";
  readonly miners?: number;
  readonly data?: string;
  readonly check: boolean;
}

interface Pool {
  readonly taoReserveRao: number;
  readonly alphaReserveRao?: number;
}

export function addScenariosCalibrateCommand(group: Command, context: Context): void {
  const command = group
    .command("calibrate")
    .description("begin a scenario whose miners decide for themselves, and are paid, are there and sell as those of a recording")
    .argument("<recording>", "folder that `tenure record` or `tenure import` wrote; or a scenario, whose streams are read", parsePath)
    .option("--netuid <n>", "subnet, where miners of several are paid", parseNetuid)
    .option("--out <file>", "where to write the scenario (default: <name>.yaml); it must not be there yet", parsePath)
    .option("--name <name>", "name of the scenario (default: that of the recording, with -calibrated behind it)")
    .option("--from <time>", "only epochs that end after it, such as 2025-10-01 or 2025-10-01T12:00:00Z")
    .option("--to <time>", "only epochs that end at it or before")
    .option(
      "--pool <tao[,alpha]>",
      "a pool whose price sales move, with these reserves; without alpha: by the first recorded price",
      parsePool,
    )
    .addOption(
      new Option("--emission <kind>", "the pot of miners: evenly, as much in all as was paid; or when and as much as was recorded")
        .choices(["schedule", "recorded"])
        .default("schedule"),
    )
    .option("--miners <n>", "how many have a line of their own, the best paid; the others are one group (default: 1000)", (text: string) =>
      parseWhole(text, 1, MOST_LINES),
    )
    .option("--data <dir>", "folder where the recording, or the scenario's relative stream paths, start", parsePath)
    .option("--no-check", "do not run the scenario to see how well it fits");
  withOutputOptions(command)
    .addHelpText(
      "after",
      `
Each miner of the recording is a line with its share of the pay as its skill, what it held, when it came, and the strategy that what
it sold is nearest to. Then the scenario is run once and held against the recording.

Examples:
  $ tenure scenarios calibrate recordings/subnet-30
  $ tenure scenarios calibrate recordings/subnet-30 --pool 20000 --out my-subnet.yaml`,
    )
    .action((recording: string, options: CalibrateCommandOptions) => calibrate(recording, options, context));
}

/** As many as a scenario has room for. */
const MOST_LINES = 2_000;

async function calibrate(recording: string, options: CalibrateCommandOptions, { terminal, interruption }: Context): Promise<void> {
  const { netuid, name, from, to, pool, emission, miners: mostMiners, data, check, json, quiet } = options;
  if (options.out !== undefined) await refuseTakenFile(options.out);
  const { calibratedFit, calibrateRecording, calibrationRange } = await import("../../recorders/index.js");
  const { typedPath } = await import("../../reports/light.js");
  const { openRunProgress } = await import("../run-progress.js");
  const range = calibrationRange(from, to);
  const fileOf = (scenario: string) => options.out ?? `${scenario}.yaml`;
  const commandOf = (scenario: string, folder: string | null) =>
    `tenure run ${typedPath(fileOf(scenario))}${folder === null || folder === "." ? "" : ` --data ${typedPath(folder)}`}`;
  const progress = openRunProgress(terminal, { hidden: json === true || quiet === true });
  const { onProgress } = progress;
  const { signal } = interruption;
  try {
    const request = { netuid, name, ...range, pool, emission, mostMiners, data, onProgress, signal };
    const calibrated = await calibrateRecording(recording, request, commandOf);
    const out = fileOf(calibrated.name);
    await writeNewFile(out, calibrated.text);
    const isTold = json === true || quiet !== true;
    const fit = check && isTold ? await calibratedFit(calibrated, { onProgress, signal }) : null;
    progress.stop();
    if (!isTold) return;
    const { calibrationReport, calibrationText } = await import("../../reports/index.js");
    const report = calibrationReport(calibrated, fit, out);
    if (json === true) terminal.stdout(formatJson(report));
    else terminal.stdout(calibrationText(report, commandOf(calibrated.name, calibrated.data), reportStyle(terminal)));
  } finally {
    progress.stop();
  }
}

/** `20000` or `20000,400000`, tokens. */
function parsePool(text: string): Pool {
  const [tao, alpha, ...more] = text.split(",");
  const allowed = "TAO, or TAO and alpha with a comma between, each above 0: 20000 or 20000,400000";
  try {
    const taoReserveRao = parseTokens((tao ?? "").trim());
    const alphaReserveRao = alpha === undefined ? undefined : parseTokens(alpha.trim());
    if (more.length === 0 && taoReserveRao > 0 && alphaReserveRao !== 0) {
      return alphaReserveRao === undefined ? { taoReserveRao } : { taoReserveRao, alphaReserveRao };
    }
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
  }
  throw new InvalidArgumentError(allowed);
}
