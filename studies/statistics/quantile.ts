/**
 * The quantile of ascending values, linear between neighbours: definition 7 of Hyndman and Fan (The American Statistician 50, 1996), that
 * of `quantile_cont` in SQL.
 * @param ascending at least one
 * @param share 0..1
 */
export function quantile(ascending: Float64Array, share: number): number {
  const place = share * (ascending.length - 1);
  const below = Math.floor(place);
  const low = ascending[below];
  const high = ascending[Math.min(below + 1, ascending.length - 1)];
  return low + (place - below) * (high - low);
}
