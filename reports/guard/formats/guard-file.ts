/** Letters of a file that are looked at: more than names and titles take. */
export const GUARD_FILE_BEGINNING = 4_096;

/** How files begin that guards write, of what they found or of why they could not run. */
const BEGINNINGS: readonly RegExp[] = [
  /^(Passed: |Failed: |Baseline of )[^\n]*\n {2}(baseline|compared) {5}/,
  /^TEN-[A-Z]+(-\d{3})?( {2}[^\n]*)?\n {2}\S/,
  /^<\?xml [^\n]*\n<testsuites name="tenure guard" /,
  /^::(error|warning|notice) ([^\n]*,)?title=/,
  /^\{\n {2}"ok": (true|false),\n {2}"scenario": /,
  /^\{\n {2}"error": \{\n {4}"code": "TEN-/,
];

/** Does a file that begins so come from a guard, in any of its formats? */
export function isGuardFile(beginning: string): boolean {
  return BEGINNINGS.some((one) => one.test(beginning));
}
