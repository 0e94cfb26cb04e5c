import type { Command } from "commander";
import type { FolderReport } from "../../reports/index.js";
import type { Context } from "../context.js";
import { formatJson } from "../json.js";
import { type OutputOptions, parsePath, withOutputOptions } from "../options.js";
import { reportStyle } from "../report-style.js";

interface ReportOptions extends OutputOptions {
  readonly open?: true;
  readonly out?: string;
}

export function addReportCommand(program: Command, context: Context): void {
  const command = program
    .command("report")
    .description(
      "make one HTML file of a finished run, of replicates, of a tuning or of a comparison: charts, findings and tables, to look at offline",
    )
    .argument("<dir>", "folder that `tenure run`, `tune` or `compare` wrote", parsePath)
    .option(
      "--out <file>",
      "the page to write (default: <dir>.html, beside the folder; of a replicate beside the study); an earlier report there is replaced",
      parsePath,
    )
    .option("--open", "open it in the browser");
  withOutputOptions(command)
    .addHelpText(
      "after",
      "\n--json prints what the page shows as numbers, and writes a page only with --out or --open.\n\nExamples:\n  $ tenure report runs/demo\n  $ tenure report runs/demo --open\n  $ tenure report runs/demo --out demo.html\n  $ tenure report runs/tune-demo\n  $ tenure report runs/compare-demo-demo",
    )
    .action((dir: string, options: ReportOptions) => report(dir, options, context));
}

async function report(dir: string, options: ReportOptions, context: Context): Promise<void> {
  const { out, open, json, quiet } = options;
  const { terminal } = context;
  const [{ folderReport, pageFolder, reportText }, { refuseForeignFile, writeReport }, { refuseInsideResults }] = await Promise.all([
    import("../../reports/index.js"),
    import("../report-file.js"),
    import("../outside-results.js"),
  ]);
  // Who asks for it listens from here on: a Ctrl-C ends nothing half written.
  const { signal } = context.interruption;
  const path = out ?? (await besideFolder(dir));
  const writes = json !== true || out !== undefined || open === true;
  if (writes) {
    await refuseForeignFile(path);
    await refuseInsideResults(path, "--out");
  }
  const made: FolderReport = await folderReport(dir, pageFolder(dir));
  signal.throwIfAborted();
  const bytes = writes ? await writeReport(path, made.html()) : 0;
  if (json === true) terminal.stdout(formatJson({ out: writes ? path : null, findings: made.findings, ...made.data }));
  else if (quiet !== true) terminal.stdout(reportText({ path, bytes, findings: made.findings }, reportStyle(terminal)));
  if (open === true) await openPage(path, context);
}

/** `runs/demo` -> `runs/demo.html`; `runs/study/replicates/0` -> `runs/study-replicates-0.html`: a folder of results takes in nothing but its own. */
async function besideFolder(dir: string): Promise<string> {
  const [{ relative, resolve, sep }, { realpath }, { enclosingResults }] = await Promise.all([
    import("node:path"),
    import("node:fs/promises"),
    import("../../recorders/index.js"),
  ]);
  const path = resolve(dir);
  const outermost = await enclosingResults(resolve(path, ".."));
  if (outermost === null) return `${path}.html`;
  const inside = relative(outermost, await realpath(path).catch(() => path));
  return `${[outermost, ...inside.split(sep)].join("-")}.html`;
}

async function openPage(path: string, { terminal }: Context): Promise<void> {
  const { openInBrowser } = await import("../open-in-browser.js");
  const fault = await openInBrowser(path);
  if (fault !== null) terminal.stderr(`The page could not be opened: ${fault}. Open it by hand.\n`);
}
