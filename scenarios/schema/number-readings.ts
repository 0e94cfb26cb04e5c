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
 * The numbers, with a decimal point and nothing between their digits, that a text with a decimal comma or with something between
 * its thousands may mean, that of the decimal comma first; none for any other text.
 */
export function numberReadings(text: string): readonly string[] {
  const [, sign, digits] = /^([+-]?)(.*)$/s.exec(text.trim()) ?? ["", "", ""];
  const found = FORMS.find(({ form }) => form.test(digits));
  return (found?.plain(digits) ?? []).map((number) => `${sign}${number}`);
}
