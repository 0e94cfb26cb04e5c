import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { packageRoot } from "./package-root.js";
import { PARTS, type PartName } from "./parts.js";
import { reportJson } from "./report-json.js";
import { reportText } from "./report-text.js";
import { runBench } from "./run-bench.js";

interface Options {
  readonly json?: true;
  readonly quick?: true;
  readonly only?: readonly PartName[];
  readonly save?: string;
}

const NAMES = Object.keys(PARTS) as PartName[];

function parseParts(text: string): readonly PartName[] {
  const wanted = text.split(",");
  if (!wanted.every((name) => NAMES.some((known) => known === name))) throw new InvalidArgumentError(`Give some of ${NAMES.join(",")}.`);
  return NAMES.filter((name) => wanted.includes(name));
}

function parseName(text: string): string {
  if (!/^[a-z0-9][a-z0-9.-]*$/.test(text)) throw new InvalidArgumentError("Give a name of small letters, digits, dots and dashes.");
  return text;
}

const { json, quick, only, save } = new Command("bench")
  .description("measure the kernel, runs, an import and a recording; see bench/README.md")
  .option("--json", "print only JSON on stdout")
  .option("--quick", "fewer and smaller runs, to see that it works")
  .option("--only <parts>", `some of ${NAMES.join(",")}`, parseParts)
  .option("--save <name>", "keep the raw results as bench/results/<name>.json", parseName)
  .parse()
  .opts<Options>();

try {
  const report = await runBench(only ?? NAMES, quick === true, (text) => void process.stderr.write(`${text}\n`));
  const raw = reportJson(report);
  if (save !== undefined) {
    const results = join(packageRoot(), "bench/results");
    await mkdir(results, { recursive: true });
    await writeFile(join(results, `${save}.json`), raw);
  }
  process.stdout.write(json === true ? raw : reportText(report));
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
