import { InvariantError } from "./errors.js";
import { abs, floor } from "./math.js";

const DIGITS = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/;

/**
 * An exact fraction, not reduced. Limits that a person writes are decimals, and the double that stands for one is up to half a
 * last bit off it; so is every product and quotient of doubles. Where it matters on which side of a limit something lies,
 * both are made fractions: a double by the shortest decimal that names it, which is what anybody wrote or reads in a table.
 */
export class Fraction {
  private constructor(
    readonly numerator: bigint,
    /** Above 0. */
    readonly denominator: bigint,
  ) {}

  /**
   * The shortest decimal that names a double: 0.1 is one tenth.
   * @throws InvariantError for NaN and infinities
   */
  static decimal(value: number): Fraction {
    const match = DIGITS.exec(String(value));
    if (match === null) throw new InvariantError(`${value} is no decimal`);
    const [, sign, whole, fraction = "", exponent = "0"] = match;
    const places = fraction.length - Number(exponent);
    const digits = BigInt(`${sign}${whole}${fraction}`);
    return places <= 0 ? new Fraction(digits * tenTo(-places), 1n) : new Fraction(digits, tenTo(places));
  }

  /** A whole number; as a double below 2^53 in size. */
  static whole(value: number | bigint): Fraction {
    return new Fraction(BigInt(value), 1n);
  }

  plus(other: Fraction): Fraction {
    // Decimals have powers of ten below, so a sum of many keeps the largest of them.
    if (this.denominator % other.denominator === 0n) {
      return new Fraction(this.numerator + other.numerator * (this.denominator / other.denominator), this.denominator);
    }
    if (other.denominator % this.denominator === 0n) return other.plus(this);
    return new Fraction(this.numerator * other.denominator + other.numerator * this.denominator, this.denominator * other.denominator);
  }

  minus(other: Fraction): Fraction {
    return this.plus(new Fraction(-other.numerator, other.denominator));
  }

  times(other: Fraction): Fraction {
    return new Fraction(this.numerator * other.numerator, this.denominator * other.denominator);
  }

  /** @throws InvariantError when the other is 0 */
  over(other: Fraction): Fraction {
    if (other.numerator === 0n) throw new InvariantError("a fraction is divided by 0");
    const sign = other.numerator < 0n ? -1n : 1n;
    return new Fraction(this.numerator * other.denominator * sign, this.denominator * other.numerator * sign);
  }

  abs(): Fraction {
    return this.numerator < 0n ? new Fraction(-this.numerator, this.denominator) : this;
  }

  /** Below 0: less than the other; 0: the same; above 0: more. */
  compare(other: Fraction): number {
    const left = this.numerator * other.denominator;
    const right = other.numerator * this.denominator;
    return left < right ? -1 : left > right ? 1 : 0;
  }

  /** The largest whole number that is not above it. */
  floor(): bigint {
    const quotient = this.numerator / this.denominator;
    return quotient * this.denominator > this.numerator ? quotient - 1n : quotient;
  }

  /** The least whole number that is not below it. */
  ceil(): bigint {
    return -new Fraction(-this.numerator, this.denominator).floor();
  }

  isWhole(): boolean {
    return this.numerator % this.denominator === 0n;
  }
}

// Rules of files are given it: none may change what others reckon with.
Object.freeze(Fraction.prototype);
Object.freeze(Fraction);

/**
 * On which side of a limit that was written as a decimal a figure lies: below 0, 0 or above 0. Doubles decide where they
 * can; only within their error of the limit the figure is computed exactly.
 *
 * @param estimate the figure in doubles
 * @param error more than the estimate and the limit's own double can be off together
 */
export function compareWithDecimal(estimate: number, error: number, limit: number, exact: () => Fraction): number {
  if (abs(estimate - limit) > error) return estimate < limit ? -1 : 1;
  return exact().compare(Fraction.decimal(limit));
}

/** Twice what a share's double and its product with a whole number can be off, relative to the product. */
const PRODUCT_ERROR = 8.881784197001252e-16;
const DYADIC_PARTS = 1_024;
const LARGEST_EXACT = 9_007_199_254_740_992;

/** floor(amount * share) of a share written as a decimal, exactly: 0.29 of 100 is 29, although 100 * 0.29 is 28.999999999999996. */
export function partFloor(amount: number, share: number): number {
  const product = amount * share;
  const whole = floor(product);
  const error = product * PRODUCT_ERROR;
  if (product - whole > error && whole + 1 - product > error) return whole;
  // A half, a quarter and the like are doubles and decimals at once, and so is what is left of a product that fits.
  const parts = share * DYADIC_PARTS;
  if (floor(parts) === parts && amount * parts < LARGEST_EXACT) return whole;
  return Number(Fraction.whole(amount).times(Fraction.decimal(share)).floor());
}

/** How many whole units a written number holds: 0.7 days of 86,400,000 ms are 60,480,000 ms; what is no whole number of them is as near as a double comes. */
export function unitsOf(value: number, unit: number): number {
  const units = Fraction.decimal(value).times(Fraction.whole(unit));
  return units.isWhole() ? Number(units.numerator / units.denominator) : value * unit;
}

/** Is a written number a whole number of parts of 1 / unit? */
export function isWholeParts(value: number, unit: number): boolean {
  return Number.isFinite(value) && Fraction.decimal(value).times(Fraction.whole(unit)).isWhole();
}

function tenTo(places: number): bigint {
  return BigInt(`1${"0".repeat(places)}`);
}
