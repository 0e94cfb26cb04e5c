import { formatCount } from "../format/numbers.js";
import type { ReportStyle } from "../style.js";
import { paragraph } from "./paragraph.js";
import { typedPath } from "./typed-path.js";

/** What is known of the withdrawals that a run refused. */
export interface Rejections {
  /** How many, by cause. */
  readonly rejections: Readonly<Record<string, number>>;
  readonly tables: readonly string[];
  /** The folder of the run. */
  readonly out: string;
}

/** "3 (more_than_held 2, nothing_held 1)", or "none". */
export function rejectionsWords(rejections: Readonly<Record<string, number>>): string {
  const some = Object.entries(rejections).filter(([, count]) => count > 0);
  const total = some.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return "none";
  return `${formatCount(total)} (${some.map(([cause, count]) => `${cause} ${formatCount(count)}`).join(", ")})`;
}

/** The command that lists them; null where there are none or they were not recorded. */
export function rejectionsCommand({ rejections, tables, out }: Rejections): string | null {
  const some = Object.values(rejections).some((count) => count > 0);
  return some && tables.includes("rejections") ? `npx tenure sql ${typedPath(out)} --query rejections` : null;
}

/** A line about them below a list of miners; nothing where there are none. */
export function rejectionsText(found: Rejections, style: ReportStyle): string {
  if (Object.values(found.rejections).every((count) => count === 0)) return "";
  const command = rejectionsCommand(found);
  const tip = command === null ? " Record the table rejections to see which." : ` Try: ${command}`;
  return `${paragraph(`Withdrawals of more than was held: ${rejectionsWords(found.rejections)}.${tip}`, style)}\n`;
}
