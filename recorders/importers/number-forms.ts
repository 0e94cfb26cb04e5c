/** How numbers are written elsewhere in the world, and what each form means; several where a text may mean either. */
const FORMS: readonly { readonly form: RegExp; readonly plain: (text: string) => readonly string[] }[] = [
  // 1,234,567.8 and 1,234,567
  { form: /^\d{1,3}(,\d{3})+\.\d+$|^\d{1,3}(,\d{3}){2,}$/, plain: (text) => [text.replaceAll(",", "")] },
  // 1.234.567,8 and 1.234.567
  { form: /^\d{1,3}(\.\d{3})+,\d+$|^\d{1,3}(\.\d{3}){2,}$/, plain: (text) => [text.replaceAll(".", "").replace(",", ".")] },
  // 1 234 567,8 and 1'234.5
  { form: /^\d{1,3}([ _'’\u00a0\u202f]\d{3})+([.,]\d+)?$/, plain: (text) => [text.replace(/[^\d.,]/g, "").replace(",", ".")] },
  { form: /^[1-9]\d{0,2},\d{3}$/, plain: (text) => [text.replace(",", "."), text.replace(",", "")] },
  { form: /^\d*,\d+$/, plain: (text) => [text.replace(",", ".")] },
];

/**
 * What to do about a number with a decimal comma or with something between its thousands; nothing for any other text.
 * @param field as a person calls it, between quotes
 */
export function numberHint(text: string, field: string): { readonly hint?: string } {
  const [, sign, digits] = /^([+-]?)(.*)$/s.exec(text.trim()) ?? ["", "", ""];
  const form = FORMS.find(({ form }) => form.test(digits));
  if (form === undefined) return {};
  const [plain, other] = form.plain(digits).map((number) => `${sign}${number}`);
  const meant =
    other === undefined ? `Write it as ${plain}` : `Write it as ${plain} if the comma is a decimal one, or as ${other} if it is not`;
  const commas = /^\d*,\d+$/.test(digits)
    ? " Where a CSV file has commas in such numbers only, this converts it: tr , . <old.csv >new.csv"
    : "";
  return {
    hint: `${meant}: the numbers of ${field} need a decimal point and nothing between their digits. In a spreadsheet, give the column a number format of an English locale without thousands separators, and export it again.${commas}`,
  };
}
