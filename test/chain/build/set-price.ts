import { SPEC } from "../metadata/specs.js";
import { u8, u16, u64, u128 } from "../scale/hex.js";
import { storageKey } from "../state/storage-key.js";
import { nearestNumber, PERQUINTILL_ONE, priceRao, subnetPrice } from "../state/subnet-price.js";
import type { BlockContext } from "./block-context.js";

/** The pool of a subnet. What the runtime of the block has no storage for is left out. */
export interface PoolPrice {
  /** Rao of TAO in the pool. */
  readonly taoRao: bigint;
  /** Rao of alpha in the pool. */
  readonly alphaInRao: bigint;
  /** Square root of the price as U64F64; that of the reserves where `v3` is given without it. */
  readonly sqrtPriceBits?: bigint;
  /** Weight of the quote currency in 1e-18; absent, one half. */
  readonly quotePerquintill?: bigint;
  /** 1 (dynamic) by default, 0 for a price of one. */
  readonly mechanism?: number;
  /** Whether the price is `sqrtPriceBits`; absent, as it was. */
  readonly v3?: boolean;
}

export function setPrice(context: BlockContext, netuid: number, pool: PoolPrice): void {
  const { state, truth } = context;
  const { spec } = context.runtime;
  state.write(storageKey.subnet("SubnetTAO", netuid), u64(pool.taoRao));
  state.write(storageKey.subnet("SubnetAlphaIn", netuid), u64(pool.alphaInRao));
  state.write(storageKey.subnet("SubnetMechanism", netuid), u16(pool.mechanism ?? 1));
  if (spec >= SPEC.swap && spec < SPEC.balancer) writeSquareRoot(context, netuid, pool);
  if (spec >= SPEC.balancer && pool.quotePerquintill !== undefined) {
    state.write(storageKey.swap("SwapBalancer", netuid), u64(pool.quotePerquintill));
  }
  const price = subnetPrice(state.read, spec, netuid);
  const priceTaoPerAlpha = nearestNumber(price);
  truth.prices.push({ block: context.number, timeMs: context.timeMs, netuid, priceRao: priceRao(price), priceTaoPerAlpha });
}

/** Keeps the price of a subnet when the square root makes way for the balancer: q = T / (T + P A). */
export function balanceQuote(context: BlockContext, netuid: number): void {
  const { state } = context;
  const keys = [storageKey.swap("SwapV3Initialized", netuid), storageKey.swap("AlphaSqrtPrice", netuid)] as const;
  const taoRao = state.amount(storageKey.subnet("SubnetTAO", netuid));
  const alphaInRao = state.amount(storageKey.subnet("SubnetAlphaIn", netuid));
  if (state.amount(keys[0]) === 1n && taoRao > 0n) {
    const { numerator, denominator } = subnetPrice(state.read, SPEC.balancer - 1, netuid);
    const quote = (PERQUINTILL_ONE * taoRao * denominator) / (taoRao * denominator + numerator * alphaInRao);
    state.write(storageKey.swap("SwapBalancer", netuid), u64(quote));
  }
  for (const key of keys) state.delete(key);
}

function writeSquareRoot({ state }: BlockContext, netuid: number, pool: PoolPrice): void {
  if (pool.v3 !== undefined) state.write(storageKey.swap("SwapV3Initialized", netuid), u8(pool.v3 ? 1 : 0));
  const isSquareRoot = state.amount(storageKey.swap("SwapV3Initialized", netuid)) === 1n;
  const bits =
    pool.sqrtPriceBits ?? (isSquareRoot && pool.alphaInRao > 0n ? squareRoot((pool.taoRao << 128n) / pool.alphaInRao) : undefined);
  if (bits !== undefined) state.write(storageKey.swap("AlphaSqrtPrice", netuid), u128(bits));
}

/** The integer square root, by Newton's method from above. */
function squareRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
