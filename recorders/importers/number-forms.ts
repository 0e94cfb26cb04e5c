import { numberReadings } from "../../scenarios/index.js";

/**
 * What to do about a number with a decimal comma or with something between its thousands; nothing for any other text.
 * @param field as a person calls it, between quotes
 */
export function numberHint(text: string, field: string): { readonly hint?: string } {
  const [plain, other] = numberReadings(text);
  if (plain === undefined) return {};
  const meant =
    other === undefined ? `Write it as ${plain}` : `Write it as ${plain} if the comma is a decimal one, or as ${other} if it is not`;
  const commas = /^[+-]?\d*,\d+$/.test(text.trim())
    ? " Where a CSV file has commas in such numbers only, this converts it: tr , . <old.csv >new.csv"
    : "";
  return {
    hint: `${meant}: the numbers of ${field} need a decimal point and nothing between their digits. In a spreadsheet, give the column a number format of an English locale without thousands separators, and export it again.${commas}`,
  };
}
