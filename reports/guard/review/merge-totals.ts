import { comparePaidKeys, type PaidKey, type PaidLine, type PaidTotals, paidKeyText } from "../baseline/paid-line.js";

/** The totals of a baseline with the lines of some keys as they are now: changed, new, or gone. All others stay. */
export function mergeTotals(before: PaidTotals, now: PaidTotals, accepted: readonly PaidKey[]): PaidTotals {
  const taken = new Set(accepted.map(paidKeyText));
  const days = [...new Set([...before.days, ...now.days])].sort();
  const onDays = (totals: PaidTotals, line: PaidLine): PaidLine => {
    const byDay = days.map((day) => line.byDay[totals.days.indexOf(day)] ?? 0n);
    return { ...line, byDay };
  };
  const kept = before.lines.filter((line) => !taken.has(paidKeyText(line))).map((line) => onDays(before, line));
  const fresh = now.lines.filter((line) => taken.has(paidKeyText(line))).map((line) => onDays(now, line));
  const lines = [...kept, ...fresh].sort(comparePaidKeys);
  // A day on which nobody has anything any more is of no line.
  const used = days.map((day, at) => now.days.includes(day) || lines.some(({ byDay }) => byDay[at] > 0n));
  return {
    days: days.filter((_, at) => used[at]),
    lines: lines.map((line) => ({ ...line, byDay: line.byDay.filter((_, at) => used[at]) })),
  };
}
