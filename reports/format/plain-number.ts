/** Digits of a double that no rounding on the way has touched. */
const DIGITS = 12;

/** A number in full without the noise of its last bits: twelve significant digits, whole numbers exact; 0.19999999999999996 is 0.2. */
export function plainNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(DIGITS)));
}
