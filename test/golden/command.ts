import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { sharedFolder } from "./project-root.js";
import { allPassed, type GoldenFileReport, GoldenFolderError, runGoldenFolder } from "./run-folder.js";

const USAGE = "Usage: npm run golden -- [folder] [--json]   (no folder: ../shared/golden)";

/**
 * `npm run golden`: compares the engine with every known golden file of a folder.
 *
 * @param print gets lines for standard output
 * @param complain gets lines for standard error
 * @returns exit code: 0 all passed, 1 something differs, 2 bad input
 */
export function goldenCommand(args: readonly string[], print: (line: string) => void, complain: (line: string) => void): 0 | 1 | 2 {
  let folder: string;
  let json: boolean;
  let reports: GoldenFileReport[];
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: "boolean", default: false } },
      allowPositionals: true,
    });
    if (positionals.length > 1) throw new GoldenFolderError(`One folder at a time, not ${positionals.join(" ")}.`);
    folder = resolve(positionals[0] ?? `${sharedFolder()}/golden`);
    json = values.json;
    reports = runGoldenFolder(folder);
  } catch (error) {
    const isUsage = error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
    if (!(isUsage || error instanceof GoldenFolderError)) throw error;
    complain(`${error.message}\n${USAGE}`);
    return 2;
  }
  const passed = allPassed(reports);
  if (json) print(JSON.stringify({ folder, passed, files: reports }, null, 2));
  else for (const line of formatReports(reports)) print(line);
  return passed ? 0 : 1;
}

function formatReports(reports: readonly GoldenFileReport[]): string[] {
  const width = Math.max(...reports.map((report) => report.file.length));
  return reports.flatMap(({ file, known, passed, total, firstDifference }) => {
    const line = `${file.padEnd(width)}  ${known ? `${passed}/${total}` : "skipped: not known"}`;
    return firstDifference === null ? [line] : [line, `  first difference: ${firstDifference.case}: ${firstDifference.what}`];
  });
}
