import { dayReadings } from "../../scenarios/index.js";
import { numberHint } from "./number-forms.js";

const TWELVE_HOURS = /\d\s*[ap]\.?m\b/i;
const NAMED_MONTH = /\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i;
/** Days since 1900 as spreadsheets count them: 100000 is in 2173. */
const MOST_DAYS = 100_000;
const SPREADSHEET = "in a spreadsheet, give the column the format yyyy-mm-dd hh:mm:ss and export it again";

/**
 * What to do about a date that is not written as ISO 8601 says; nothing for a text that is no date.
 * @param field as a person calls it, between quotes
 */
export function dateHint(given: string, field: string): { readonly hint?: string } {
  const text = given.trim();
  const all = `Write the times of ${field} as 2026-12-31 23:59:48 (UTC, else with their offset: 2026-12-31 23:59:48+01:00)`;
  if (TWELVE_HOURS.test(text)) return { hint: `${all}, in 24 hours: ${SPREADSHEET}.` };
  const [day, other] = dayReadings(text);
  if (other !== undefined) {
    const pandas = `with pandas, df[${field}] = pd.to_datetime(df[${field}], dayfirst=True), or False, before to_csv`;
    return { hint: `It is ${day} if the day comes first, or ${other} if the month does. ${all}: ${SPREADSHEET}; ${pandas}.` };
  }
  if (day !== undefined) return { hint: `It seems to be ${day}. ${all}: ${SPREADSHEET}.` };
  if (NAMED_MONTH.test(text)) return { hint: `${all}: ${SPREADSHEET}.` };
  return numberHint(text, field);
}

/** What to do about a time that is a number with a fraction. */
export function fractionHint(text: string, field: string): string {
  return Number(text) < MOST_DAYS
    ? `Are they days, as a spreadsheet counts them? Write the times of ${field} as 2026-12-31 23:59:48: ${SPREADSHEET}.`
    : `Are they seconds? Multiply the times of ${field} by 1000, and leave out what is finer than a millisecond.`;
}
