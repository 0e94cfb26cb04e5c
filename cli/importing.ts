import { basename, join, parse, resolve } from "node:path";
import type { ImportProgress, ImportReport } from "../recorders/index.js";
import type { Context } from "./context.js";
import { formatJson } from "./json.js";
import type { OutputOptions } from "./options.js";
import { openProgress } from "./progress.js";
import { reportStyle } from "./report-style.js";

/** What an importer counts in its progress, as it is shown. */
const UNITS = { bytes: { name: "MB", size: 1_000_000 }, rows: { name: "rows", size: 1 } } as const;

/** What every importer is given. */
interface ImporterOptions {
  readonly onProgress: ImportProgress;
  readonly signal: AbortSignal;
}

/** Of a table with more fields that were not read no more are told. */
const MOST_FIELDS = 1000;

/** Where the recording of a file or folder goes when nothing else is said: `stake` for `stake.csv` and `stake.csv.gz`. */
export function defaultRecording(source: string): string {
  const name = basename(resolve(source));
  return join("recordings", parse(name.replace(/\.gz$/i, "")).name);
}

/** Runs an importer with progress and tells what it made. */
export async function runImporter(
  { terminal, interruption }: Context,
  options: OutputOptions & { readonly counts: keyof typeof UNITS },
  importer: (options: ImporterOptions) => Promise<ImportReport>,
): Promise<void> {
  const progress = openProgress(terminal, { hidden: options.json === true || options.quiet === true });
  const unit = UNITS[options.counts];
  let report: ImportReport;
  try {
    report = await importer({
      onProgress: (done, total, detail) =>
        progress.update({
          label: "importing",
          detail,
          done: done / unit.size,
          total: total > 0 ? total / unit.size : undefined,
          unit: unit.name,
        }),
      signal: interruption.signal,
    });
  } finally {
    progress.stop();
  }
  if (options.json === true) {
    const { folder: out, manifest, unchanged, sums, readAs, endsUnmarked, unread = [], assumed = [], warnings } = report;
    const notRead = unread.slice(0, MOST_FIELDS).map(({ field }) => field);
    const given = { read_as: readAs, ends_unmarked: endsUnmarked, fields_not_read: notRead, assumed, warnings };
    terminal.stdout(formatJson({ out, ...manifest, unchanged, sums, ...given }));
  } else if (options.quiet !== true) {
    const { importText } = await import("../reports/index.js");
    terminal.stdout(importText(report, reportStyle(terminal)));
  }
}
