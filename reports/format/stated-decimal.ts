/** Decimals; more nobody states. */
const MOST_DECIMALS = 12;

/**
 * A share, 0..1, as the decimal that was stated: what a burn of 0.3 takes is 1 - (1 - 0.3), which doubles make 0.30000000000000004. A
 * share that lies farther from a short decimal than doubles round, or that one would make 0, is given as it is.
 */
export function statedDecimal(share: number): number {
  const decimal = Number(share.toFixed(MOST_DECIMALS));
  return decimal > 0 && Math.abs(decimal - share) <= Number.EPSILON ? decimal : share;
}
