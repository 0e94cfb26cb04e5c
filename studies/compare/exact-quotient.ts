const SCALE = 10n ** 30n;

/** A quotient of whole numbers, however large they are, exact to 1e-30 and then rounded to a double. */
export function quotient(numerator: bigint, denominator: bigint): number {
  return Number((numerator * SCALE) / denominator) / Number(SCALE);
}
