/**
 * Nakamoto coefficient: how few together have more than half; 0 where there is nothing.
 *
 * @param ascending amounts, 0 or more, sorted
 */
export function nakamoto(ascending: Float64Array): number {
  let total = 0;
  for (let i = 0; i < ascending.length; i++) total += ascending[i];
  if (!(total > 0)) return 0;
  let held = 0;
  let members = 0;
  for (let i = ascending.length - 1; i >= 0 && held <= total - held; i--) {
    held += ascending[i];
    members += 1;
  }
  return members;
}
