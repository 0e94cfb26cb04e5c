import { bytesOf, unsigned } from "../little-endian.js";
import type { Runtime } from "../runtime/runtime.js";
import { nearestDouble } from "./nearest-double.js";
import { subtensorKeys } from "./subtensor-keys.js";

const PERQUINTILL = 10n ** 18n;

/** Keys from which the price of a subnet's alpha is computed. */
export function priceKeys(netuid: number): string[] {
  return [
    subtensorKeys.ofSubnet("NetworksAdded", netuid),
    subtensorKeys.ofSubnet("SubnetMechanism", netuid),
    subtensorKeys.ofSubnet("SubnetTAO", netuid),
    subtensorKeys.ofSubnet("SubnetAlphaIn", netuid),
    subtensorKeys.ofSwap("SwapV3Initialized", netuid),
    subtensorKeys.ofSwap("AlphaSqrtPrice", netuid),
    subtensorKeys.ofSwap("SwapBalancer", netuid),
  ];
}

/**
 * Price of a subnet's alpha in TAO, the double nearest to the exact value (design: chain recording, storage):
 * 1 on the root and where the mechanism is the stable one; by a runtime with a balancer (1 - q) / q * TAO / alpha with q half
 * where none is written; by one with concentrated liquidity the square of the square-root price, where that is in use; else
 * TAO / alpha of the reserves.
 * @param values of `priceKeys`, in their order
 * @returns undefined where the pool is empty, or there is no such subnet
 */
export function alphaPrice(runtime: Runtime, netuid: number, values: readonly (string | null)[]): number | undefined {
  const [added, mechanism, tao, alpha, v3, sqrtPrice, balancer] = values.map((value) =>
    value === null ? undefined : unsigned(bytesOf(value)),
  );
  if (added !== 1n) return undefined;
  if (netuid === 0 || (mechanism ?? 0n) === 0n) return 1;
  if (runtime.hasStorage("Swap", "SwapBalancer")) {
    const quote = balancer ?? PERQUINTILL / 2n;
    return ratio((PERQUINTILL - quote) * (tao ?? 0n), quote * (alpha ?? 0n));
  }
  if (runtime.hasStorage("Swap", "AlphaSqrtPrice") && v3 === 1n) return ratio((sqrtPrice ?? 0n) ** 2n, 1n << 128n);
  return ratio(tao ?? 0n, alpha ?? 0n);
}

function ratio(numerator: bigint, denominator: bigint): number | undefined {
  return numerator <= 0n || denominator <= 0n ? undefined : nearestDouble(numerator, denominator);
}
