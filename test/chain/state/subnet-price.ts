import { SPEC } from "../metadata/specs.js";
import { decodeUnsigned } from "../scale/hex.js";
import type { ReadRow } from "./block-state.js";
import { storageKey } from "./storage-key.js";

/** TAO per alpha, exactly. */
export interface Price {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export const PERQUINTILL_ONE = 10n ** 18n;
const RAO_PER_TAO = 10n ** 9n;
const HALF_PERQUINTILL = PERQUINTILL_ONE / 2n;

/** What one alpha of a subnet costs under a runtime. */
export function subnetPrice(read: ReadRow, spec: number, netuid: number): Price {
  const rowOf = (key: string): bigint => decodeUnsigned(read(key) ?? "00");
  if (netuid === 0 || rowOf(storageKey.subnet("SubnetMechanism", netuid)) === 0n) return { numerator: 1n, denominator: 1n };
  const taoRao = rowOf(storageKey.subnet("SubnetTAO", netuid));
  const alphaInRao = rowOf(storageKey.subnet("SubnetAlphaIn", netuid));
  if (spec >= SPEC.swap && spec < SPEC.balancer && rowOf(storageKey.swap("SwapV3Initialized", netuid)) === 1n) {
    const bits = rowOf(storageKey.swap("AlphaSqrtPrice", netuid));
    return { numerator: bits * bits, denominator: 1n << 128n };
  }
  if (alphaInRao === 0n) return { numerator: 0n, denominator: 1n };
  if (spec < SPEC.balancer) return { numerator: taoRao, denominator: alphaInRao };
  const row = read(storageKey.swap("SwapBalancer", netuid));
  const quote = row === undefined ? HALF_PERQUINTILL : decodeUnsigned(row);
  return { numerator: (PERQUINTILL_ONE - quote) * taoRao, denominator: quote * alphaInRao };
}

/** The double nearest to a price: JavaScript rounds so when it reads a number, here one of 60 decimals. */
export function nearestNumber(price: Price): number {
  return Number(`${(price.numerator * 10n ** 60n) / price.denominator}e-60`);
}

/** Rao of TAO for one whole alpha, rounded down. */
export function priceRao(price: Price): bigint {
  return (price.numerator * RAO_PER_TAO) / price.denominator;
}

/** Rao of TAO that an amount of alpha is worth, rounded down. */
export function worthRao(price: Price, alphaRao: bigint): bigint {
  return (price.numerator * alphaRao) / price.denominator;
}
