import { TenureError } from "../../../engine/index.js";
import { groupThousands } from "../../format/amount.js";
import { formatChangeShare } from "../../format/figure-change.js";
import { plural } from "../../format/numbers.js";
import type { PaidTotals } from "../baseline/paid-line.js";
import { UNDATED } from "../baseline/totals-text.js";
import { type LineDifference, lineDifferences } from "../compare/line-difference.js";
import { toleranceOf } from "../compare/tolerance.js";
import { totalsOfRows } from "./paid-rows.js";
import { readRowsFile, rowsFile, writeRowsFile } from "./rows-file.js";

export interface MatchBaselineOptions {
  /** How far pay may be off: rao a day as `1000`, or a share of a day's pay as `0.1%`; exact when left out. */
  readonly tolerance?: string | undefined;
}

/** What of a test runner a comparison needs. */
export interface TestSurroundings {
  readonly testPath?: string | undefined;
  /** `new`: baselines that are not there are written; `all`: also others anew; `none`: none is. */
  readonly update: "all" | "new" | "none";
}

export interface MatchOutcome {
  readonly pass: boolean;
  readonly message: () => string;
}

/** Movers that a message names. */
const NAMED = 10;

/**
 * Compares what a reward code pays with a baseline, or writes the baseline where the test runner is told to.
 * @param rows `PaidRow`s
 * @param named name of the baseline, or the path of its .tsv file
 * @throws TenureError `TEN-GUARD-003`, `-017` to `-019`
 */
export function matchBaseline(
  rows: unknown,
  named: unknown,
  { tolerance: text }: MatchBaselineOptions,
  { testPath, update }: TestSurroundings,
): MatchOutcome {
  const tolerance = toleranceOf(text, "toMatchBaseline tolerance");
  const totals = totalsOfRows(rows);
  const file = rowsFile(named, testPath);
  const baseline = readable(file, update);
  if (baseline === "damaged") {
    writeRowsFile(file, totals);
    return { pass: true, message: () => `The baseline ${file} could not be read and was written anew.` };
  }
  if (baseline === null) {
    if (update === "none")
      return { pass: false, message: () => `There is no baseline ${file}: vitest -u writes it, and it is to be committed.` };
    writeRowsFile(file, totals);
    return { pass: true, message: () => `The baseline ${file} was written.` };
  }
  const lines = lineDifferences(baseline, totals, tolerance);
  if (lines.length === 0) return { pass: true, message: () => `Pay is as the baseline ${file} says.` };
  if (update === "all") {
    writeRowsFile(file, totals);
    return { pass: true, message: () => `The baseline ${file} was written anew.` };
  }
  return { pass: false, message: () => differenceText(lines, file) };
}

/** One that cannot be read is none where all are written anew. */
function readable(file: string, update: TestSurroundings["update"]): PaidTotals | null | "damaged" {
  try {
    return readRowsFile(file);
  } catch (error) {
    if (update === "all" && error instanceof TenureError && error.code === "TEN-GUARD-003") return "damaged";
    throw error;
  }
}

const raoText = (rao: bigint) => `${groupThousands(rao.toString())} rao`;

function differenceText(lines: readonly LineDifference[], file: string): string {
  const sorted = [...lines].sort((a, b) => (a.movedRao === b.movedRao ? 0 : a.movedRao < b.movedRao ? 1 : -1));
  const movers = sorted.slice(0, NAMED).map(({ hotkey, expectedRao, gotRao, changeRao, firstDay, parts }) => {
    const share = expectedRao === 0n ? "new" : formatChangeShare(Number(changeRao) / Number(expectedRao));
    const what = parts.includes("pay") ? `${changeRao > 0n ? "+" : ""}${changeRao} rao, ${share}` : `another ${parts.join(" and ")}`;
    const since = firstDay === null || firstDay === UNDATED ? "" : `, from ${firstDay}`;
    return `  ${JSON.stringify(hotkey)} expected ${raoText(expectedRao)}, got ${raoText(gotRao)} (${what}${since})`;
  });
  const more = lines.length > NAMED ? [`  and ${lines.length - NAMED} more`] : [];
  return [
    `Pay is not as the baseline ${file} says: ${plural(lines.length, "position")} differ.`,
    ...movers,
    ...more,
    "Where that is meant, vitest -u writes the baseline anew.",
  ].join("\n");
}
