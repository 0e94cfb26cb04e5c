/** 31/12/2026, 31.12.26, 12-31-2026. */
const YEAR_LAST = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?!\d)/;
/** 2026/12/31, 2026.12.31, 2026-1-2. */
const YEAR_FIRST = /^(\d{4})([/.-])(\d{1,2})\2(\d{1,2})(?!\d)/;

function isoDay(year: string, month: string, day: string): string | undefined {
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31) return undefined;
  return `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

/** The days, as ISO 8601 writes them, that a text in another form may begin with, the day before the month first; none for any other text. */
export function dayReadings(text: string): readonly string[] {
  if (/^\d{4}-\d\d-\d\d/.test(text)) return [];
  const first = YEAR_FIRST.exec(text);
  if (first !== null) return [isoDay(first[1], first[3], first[4])].flatMap((day) => day ?? []);
  const last = YEAR_LAST.exec(text);
  if (last === null) return [];
  const [, a, separator, b, year] = last;
  // Nobody puts points behind a month that comes first.
  const days = separator === "." ? [isoDay(year, b, a)] : [isoDay(year, b, a), isoDay(year, a, b)];
  return [...new Set(days.flatMap((day) => day ?? []))];
}
