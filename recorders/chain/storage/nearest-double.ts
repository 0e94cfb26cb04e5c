/** Bits of a quotient before it is rounded: more than the 53 of a double, so that one sticky bit decides every tie. */
const QUOTIENT_BITS = 64;

/** The double nearest to numerator / denominator (ties to even); both above 0, the quotient between 1e-300 and 1e300. */
export function nearestDouble(numerator: bigint, denominator: bigint): number {
  const shift = QUOTIENT_BITS - (bits(numerator) - bits(denominator));
  const top = shift > 0 ? numerator << BigInt(shift) : numerator;
  const bottom = shift < 0 ? denominator << BigInt(-shift) : denominator;
  const quotient = top / bottom;
  // What is cut off makes the last bit 1, so that a value just above a tie is not taken for one.
  const sticky = quotient * bottom === top ? quotient : quotient | 1n;
  return Number(sticky) * 2 ** -shift;
}

function bits(value: bigint): number {
  return value.toString(2).length;
}
