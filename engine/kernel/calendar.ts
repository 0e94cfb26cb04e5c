import { floor } from "./math.js";

/** Days of 400 years, after which the calendar repeats. */
const ERA_DAYS = 146_097;
/** From 1 March of the year 0 to 1 January 1970. */
const DAYS_TO_1970 = 719_468;

/** The days of an era before a year of it, both counted from March, so that the leap day is a year's last. */
function daysBeforeYear(yearOfEra: number): number {
  return 365 * yearOfEra + floor(yearOfEra / 4) - floor(yearOfEra / 100);
}

/** The days of a year before a month of it, 0 for March. */
function daysBeforeMonth(monthFromMarch: number): number {
  return floor((153 * monthFromMarch + 2) / 5);
}

/** `2025-09-14` of a day of the Gregorian calendar, in days since 1 January 1970 UTC. */
export function calendarDate(day: number): string {
  const shifted = day + DAYS_TO_1970;
  const era = floor(shifted / ERA_DAYS);
  const dayOfEra = shifted - era * ERA_DAYS;
  const yearOfEra = floor((dayOfEra - floor(dayOfEra / 1_460) + floor(dayOfEra / 36_524) - floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - daysBeforeYear(yearOfEra);
  const monthFromMarch = floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - daysBeforeMonth(monthFromMarch) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(dayOfMonth).padStart(2, "0")}`;
}

/** Days from 1 January 1970 to a day that the calendar has (`daysInMonth`). */
export function daysSince1970(year: number, month: number, dayOfMonth: number): number {
  const yearFromMarch = month > 2 ? year : year - 1;
  const era = floor(yearFromMarch / 400);
  const dayOfYear = daysBeforeMonth(month > 2 ? month - 3 : month + 9) + dayOfMonth - 1;
  return era * ERA_DAYS + daysBeforeYear(yearFromMarch - era * 400) + dayOfYear - DAYS_TO_1970;
}

/** @param month 1 to 12 */
export function daysInMonth(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 ? (leap ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
