import { createHash } from "node:crypto";
import { nameText } from "./name-text.js";
import type { PaidLine, PaidTotals } from "./paid-line.js";

/** Raised when a reader of the older shape would misread the newer one. */
export const TOTALS_FORMAT = 1;
export const TOTALS_HEAD = `# Tenure baseline, format ${TOTALS_FORMAT}: rao by UTC day, a line a position.`;
/** Columns before the days. */
export const TOTALS_COLUMNS = ["netuid", "kind", "hotkey", "coldkey", "paid_rao", "multiplier", "weight", "terms"] as const;
/** The one column of pay that is of no day: rows of a reward code of one's own that name none. */
export const UNDATED = "all";
/** What is not there. */
export const NONE = "-";

/** The text of totals, tab-separated: a comment, the names of the columns, a line a position. The same totals give the same bytes. */
export function totalsText({ days, lines }: PaidTotals): string {
  return `${[TOTALS_HEAD, [...TOTALS_COLUMNS, ...days].join("\t"), ...lines.map(lineText)].join("\n")}\n`;
}

/** SHA-256 of totals, as their text has them. */
export function totalsPrint(totals: PaidTotals): string {
  return createHash("sha256").update(totalsText(totals)).digest("hex");
}

function lineText({ netuid, kind, hotkey, coldkey, paidRao, multiplier, weight, terms, byDay }: PaidLine): string {
  const measures = [multiplier, weight].map((one) => (one === null ? NONE : String(one)));
  return [netuid, kind, nameText(hotkey), nameText(coldkey), paidRao, ...measures, terms ?? NONE, ...byDay].join("\t");
}
