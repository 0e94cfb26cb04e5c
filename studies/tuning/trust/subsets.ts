/** All subsets of `size` out of the first `n` whole numbers, ascending, in lexicographic order. */
export function* subsets(n: number, size: number): Generator<readonly number[]> {
  const chosen = Array.from({ length: size }, (_, at) => at);
  for (;;) {
    yield [...chosen];
    let at = size - 1;
    while (at >= 0 && chosen[at] === n - size + at) at -= 1;
    if (at < 0) return;
    chosen[at] += 1;
    for (let next = at + 1; next < size; next++) chosen[next] = chosen[next - 1] + 1;
  }
}

/** n over k, as a whole number while a double holds it. */
export function binomial(n: number, k: number): number {
  let count = 1;
  // Each step's product is divisible: it counts the ways to choose the first i.
  for (let i = 1; i <= k; i++) count = (count * (n - k + i)) / i;
  return count;
}
