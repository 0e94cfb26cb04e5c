import { TenureError } from "../../../engine/index.js";
import { nameOfText } from "./name-text.js";
import { comparePaidKeys, type PaidLine, type PaidTotals } from "./paid-line.js";
import { NONE, TOTALS_COLUMNS, TOTALS_HEAD, UNDATED } from "./totals-text.js";

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const RAO = /^(0|[1-9]\d*)$/;
const REAL = /^\d+(\.\d+)?(e[+-]?\d+)?$/;
const NETUID = /^(0|[1-9]\d{0,4})$/;
const TERMS = /^[0-9a-f]{16}$/;

/**
 * Reads the text of totals.
 * @param options.ofRun of a run: a position may be paid more than on all days together, in an epoch that never ended. Else of rows, which may be
 * of no day
 * @throws TenureError `TEN-GUARD-003` it is not as it was written, with its line
 */
export function readTotals(text: string, file: string, { ofRun = true }: { readonly ofRun?: boolean } = {}): PaidTotals {
  const rows = text.replace(/\r\n/g, "\n").split("\n");
  if (rows.at(-1) === "") rows.pop();
  if (rows[0] !== TOTALS_HEAD) throw damaged(file, 1, rows[0] ?? "an empty file", TOTALS_HEAD);
  const names = (rows[1] ?? "").split("\t");
  const days = names.slice(TOTALS_COLUMNS.length);
  const areNamed =
    TOTALS_COLUMNS.every((name, at) => names[at] === name) &&
    (days.every(isDayAfter) || (!ofRun && days.length === 1 && days[0] === UNDATED));
  if (!areNamed) throw damaged(file, 2, rows[1] ?? "nothing", `${TOTALS_COLUMNS.join(", ")}, then days in their order, tabs between`);
  const lines: PaidLine[] = [];
  for (const [at, row] of rows.slice(2).entries()) {
    const line = readLine(row.split("\t"), days.length);
    if (line === null) throw damaged(file, at + 3, row, "a line as `tenure guard` writes it, with a value a column");
    const before = lines.at(-1);
    if (before !== undefined && comparePaidKeys(before, line) >= 0) {
      throw damaged(file, at + 3, row.slice(0, 200), "lines by netuid, kind, hotkey, coldkey, each once");
    }
    const ofDays = line.byDay.reduce((sum, rao) => sum + rao, 0n);
    // What an epoch that never ended has paid is of no day.
    const isSum = line.kind === "position" && ofRun ? line.paidRao >= ofDays : line.paidRao === ofDays;
    if (!isSum)
      throw damaged(file, at + 3, `paid_rao ${line.paidRao}, where its days are ${ofDays} together`, "paid_rao that its days add up to");
    lines.push(line);
  }
  return { days, lines };
}

function isDayAfter(day: string, at: number, days: readonly string[]): boolean {
  return DAY.test(day) && (at === 0 || days[at - 1] < day);
}

function readLine(cells: readonly string[], days: number): PaidLine | null {
  const [netuid, kind, hotkeyText, coldkeyText, paid, multiplier, weight, terms] = cells;
  const byDay = cells.slice(TOTALS_COLUMNS.length);
  const isWhole = byDay.length === days && NETUID.test(netuid) && (kind === "position" || kind === "rest");
  if (!isWhole || !RAO.test(paid) || !byDay.every((rao) => RAO.test(rao))) return null;
  const [hotkey, coldkey] = [nameOfText(hotkeyText), nameOfText(coldkeyText)];
  if (hotkey === null || coldkey === null) return null;
  if (![multiplier, weight].every((one) => one === NONE || REAL.test(one)) || !(terms === NONE || TERMS.test(terms))) return null;
  const measure = (one: string) => (one === NONE ? null : Number(one));
  return {
    netuid: Number(netuid),
    kind,
    hotkey,
    coldkey,
    paidRao: BigInt(paid),
    multiplier: measure(multiplier),
    weight: measure(weight),
    terms: terms === NONE ? null : terms,
    byDay: byDay.map(BigInt),
  };
}

function damaged(file: string, line: number, found: string, allowed: string): TenureError {
  return new TenureError({
    code: "TEN-GUARD-003",
    what: "The totals of the baseline cannot be read.",
    place: { file, line },
    found: found.length > 120 ? `${found.slice(0, 120)}...` : found,
    allowed,
    hint: "Take the file from the version control again, also after a merge with conflicts; or write a new baseline: `guard run --update`, of rows in a test `vitest -u`.",
  });
}
