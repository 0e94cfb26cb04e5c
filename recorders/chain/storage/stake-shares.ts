import { bytesOf, unsigned } from "../little-endian.js";
import type { ShareFormat } from "../runtime/runtime.js";

/** A number above 0 as a fraction of whole numbers. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const U128_BYTES = 16;
/** Far beyond what a chain writes: its mantissas have 21 digits. */
const LARGEST_EXPONENT = 400n;

/** A share, or the sum of shares, of a hotkey's alpha; undefined for one that is not there or 0. */
export function shareOf(format: ShareFormat, hex: string | null): Fraction | undefined {
  if (hex === null) return undefined;
  const bytes = bytesOf(hex);
  switch (format) {
    case "integer":
      return fraction(unsigned(bytes), 1n);
    case "fixed_64":
      return fraction(unsigned(bytes), 1n << 64n);
    case "decimal": {
      const mantissa = unsigned(bytes.subarray(0, U128_BYTES));
      const exponent = BigInt.asIntN(64, unsigned(bytes.subarray(U128_BYTES)));
      if (exponent > LARGEST_EXPONENT || exponent < -LARGEST_EXPONENT) throw new RangeError(`a share of ${mantissa} * 10^${exponent}`);
      return exponent < 0n ? fraction(mantissa, 10n ** -exponent) : fraction(mantissa * 10n ** exponent, 1n);
    }
  }
}

function fraction(numerator: bigint, denominator: bigint): Fraction | undefined {
  return numerator === 0n ? undefined : { numerator, denominator };
}

/**
 * What the smallest share that a format can write is worth, rao, rounded down: by less than it an event on the hotkey may miss
 * its amount, since shares are rounded to what can be written. Whole shares may be worth much: they were many when they were
 * given out, and few are left of them while pay was added. Shares with a decimal exponent have no smallest one.
 * @param sum of all shares of the hotkey
 */
export function smallestShareRao(totalRao: bigint, format: ShareFormat, sum: Fraction): bigint {
  return format === "decimal" ? 0n : totalRao / sum.numerator;
}

/**
 * A coldkey's part of a hotkey's alpha, rao: floor(total * share / sum of shares), exactly (design: chain recording, storage).
 * 0 where one of them is not there.
 */
export function partOf(totalRao: bigint, share: Fraction | undefined, sum: Fraction | undefined): bigint {
  if (share === undefined || sum === undefined) return 0n;
  return (totalRao * share.numerator * sum.denominator) / (share.denominator * sum.numerator);
}
