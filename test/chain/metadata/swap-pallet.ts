import { accountId, bool, fixedU128, i32Type, perquintill, u16Type, u64Type, u128Type } from "../scale/common-types.js";
import { composite, namedFields } from "../scale/type.js";
import { map, type Pallet } from "./pallet.js";
import { SPEC } from "./specs.js";

/** One half as a Perquintill. */
const HALF = "0000b2d3595bf006";

const balancer = { ...composite("pallet_subtensor_swap::pallet::balancer::Balancer", { quote: perquintill }) };

const position = {
  coldkey: accountId,
  hotkey: accountId,
  netuid: u16Type,
  position_id: u128Type,
  liquidity: u64Type,
  tao: u64Type,
  alpha: u64Type,
};
const fees = { fee_tao: u64Type, fee_alpha: u64Type };
const ticks = { tick_low: i32Type, tick_high: i32Type };

/** The pool of each subnet: none before `SPEC.swap`, user liquidity until `SPEC.balancer`. */
export function swapPallet(spec: number): Pallet | undefined {
  if (spec < SPEC.swap) return undefined;
  if (spec >= SPEC.balancer) {
    return { name: "Swap", index: 28, storage: [map("SwapBalancer", ["Twox64Concat"], u16Type, balancer, HALF)], events: [] };
  }
  return {
    name: "Swap",
    index: 28,
    storage: [
      map("SwapV3Initialized", ["Twox64Concat"], u16Type, bool, "00"),
      map("AlphaSqrtPrice", ["Twox64Concat"], u16Type, fixedU128, "00".repeat(16)),
    ],
    events: [
      { name: "LiquidityAdded", fields: namedFields({ ...position, ...ticks }) },
      { name: "LiquidityRemoved", fields: namedFields({ ...position, ...fees, ...ticks }) },
    ],
  };
}
