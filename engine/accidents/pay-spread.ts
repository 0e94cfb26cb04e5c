import type { PayGini } from "../metrics/index.js";
import type { Accident } from "./accident.js";

/** A subnet in production was found at 0.03, paying work and idleness alike; the shipped subnets of unequal miners have 0.35. */
export const FLAT_GINI = 0.05;
/** Of fewer miners a spread says little. */
export const FEWEST_SPREAD = 4;
/** One miner with more than half of the pay decides alone what the subnet is. */
export const ONE_HAS = 0.5;

/** Pay that hardly differs, or that is one miner's. */
export function spreadTold(pay: PayGini, who: string): Accident | null {
  const miners = pay.miners();
  const after = pay.after();
  const top = pay.top();
  if (miners < FEWEST_SPREAD) return null;
  // Who was paid nothing at all was not paid alike.
  if (top === 0) return null;
  if (after < FLAT_GINI) {
    return {
      code: "pay_too_flat",
      text: `${who} pays ${miners} miners nearly alike: the Gini coefficient of pay is ${after.toFixed(4)}, and ${pay.before().toFixed(4)} by base weights. Ask what base weights measure, or pay ranks apart (a stage curve).`,
    };
  }
  if (top <= ONE_HAS) return null;
  return {
    code: "pay_too_concentrated",
    text: `${who} pays ${(top * 100).toFixed(1)} % of what ${miners} miners get to one of them. A flatter curve, a cap on what one may have.`,
  };
}
