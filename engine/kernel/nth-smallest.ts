/**
 * The value that would stand at `nth` if the first `count` values were sorted upwards; it changes their order. Hoare's selection: O(count)
 * in the mean, and the answer does not depend on how it is found.
 * @param values no NaN
 * @param nth 0..count - 1
 */
export function nthSmallest(values: Float64Array, count: number, nth: number): number {
  let from = 0;
  let to = count - 1;
  while (from < to) {
    const pivot = values[(from + to) >> 1];
    let left = from;
    let right = to;
    while (left <= right) {
      while (values[left] < pivot) left += 1;
      while (values[right] > pivot) right -= 1;
      if (left > right) break;
      const value = values[left];
      values[left] = values[right];
      values[right] = value;
      left += 1;
      right -= 1;
    }
    if (nth <= right) to = right;
    else if (nth >= left) from = left;
    else return values[nth];
  }
  return values[nth];
}
