/** The same numbers in an array that has a place `index`, too; new places are 0. */
export function grown(values: Float64Array<ArrayBuffer>, index: number): Float64Array<ArrayBuffer> {
  if (index < values.length) return values;
  const longer = new Float64Array(Math.max(2 * values.length, index + 1, 64));
  longer.set(values);
  return longer;
}
