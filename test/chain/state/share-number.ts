import { decodeI64, decodeUnsigned, i64, u64, u128 } from "../scale/hex.js";

/** A number of shares, exactly: `numerator / denominator`, never negative. */
export interface Shares {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** How a runtime writes shares: whole ones, U64F64, or mantissa and decimal exponent. */
export type ShareFormat = "u64" | "u64f64" | "float";

export const NO_SHARES: Shares = { numerator: 0n, denominator: 1n };

const FRACTION_BITS = 64n;
const U64F64_ONE = 1n << FRACTION_BITS;
const MANTISSA_DIGITS = 21;
const MANTISSA_END = 10n ** BigInt(MANTISSA_DIGITS);
const U64_DIGITS = 16;
const U128_DIGITS = 32;

/** The shares of a row, whose length tells its format. */
export function decodeShares(hex: string): Shares {
  if (hex.length === U64_DIGITS) return { numerator: decodeUnsigned(hex), denominator: 1n };
  const number = decodeUnsigned(hex.slice(0, U128_DIGITS));
  if (hex.length === U128_DIGITS) return { numerator: number, denominator: U64F64_ONE };
  const exponent = decodeI64(hex.slice(U128_DIGITS));
  return exponent >= 0n ? { numerator: number * 10n ** exponent, denominator: 1n } : { numerator: number, denominator: 10n ** -exponent };
}

/** Writes shares, rounded down to what the format can hold. */
export function encodeShares(format: ShareFormat, shares: Shares): string {
  if (format === "u64") return u64(shares.numerator / shares.denominator);
  if (format === "u64f64") return u128((shares.numerator << FRACTION_BITS) / shares.denominator);
  const { mantissa, exponent } = toFloat(shares);
  return u128(mantissa) + i64(BigInt(exponent));
}

/** Shares rounded down to what the format can hold. */
export function roundDown(format: ShareFormat, shares: Shares): Shares {
  return decodeShares(encodeShares(format, shares));
}

export function plus(left: Shares, right: Shares): Shares {
  if (left.denominator === right.denominator) return { numerator: left.numerator + right.numerator, denominator: left.denominator };
  return {
    numerator: left.numerator * right.denominator + right.numerator * left.denominator,
    denominator: left.denominator * right.denominator,
  };
}

/** `left - right`, none where right is the greater by the rounding of an earlier write. */
export function minus(left: Shares, right: Shares): Shares {
  const difference = plus(left, { numerator: -right.numerator, denominator: right.denominator });
  return difference.numerator < 0n ? NO_SHARES : difference;
}

/** The largest float of 21 digits that is not above the shares. */
function toFloat({ numerator, denominator }: Shares): { mantissa: bigint; exponent: number } {
  if (numerator === 0n) return { mantissa: 0n, exponent: 0 };
  let exponent = String(numerator).length - String(denominator).length - MANTISSA_DIGITS;
  let mantissa = scaled(numerator, denominator, -exponent);
  while (mantissa >= MANTISSA_END) {
    exponent += 1;
    mantissa = scaled(numerator, denominator, -exponent);
  }
  return { mantissa, exponent };
}

function scaled(numerator: bigint, denominator: bigint, digits: number): bigint {
  return digits >= 0 ? (numerator * 10n ** BigInt(digits)) / denominator : numerator / (denominator * 10n ** BigInt(-digits));
}
