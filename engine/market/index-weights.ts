import { LARGEST_NETUID } from "../books/accounts.js";
import { TenureError } from "../kernel/errors.js";
import { abs, floor } from "../kernel/math.js";
import type { IndexWeight } from "./composition.js";

/** How far from 1 the sum of weights may be: published weights are rounded. */
const SUM_TOLERANCE = 1e-9;

/**
 * Refuses weights that no fund can follow.
 *
 * @param path dotted path of the list, for the error
 * @throws TenureError TEN-MARKET-107 (empty), -108 (netuid), -109 (weight), -110 (named twice), -111 (sum)
 */
export function refuseIndexWeights(weights: readonly IndexWeight[], path: string): void {
  const refuse = (code: string, what: string, at: string, found: unknown, allowed: string, hint?: string): never => {
    throw new TenureError({ code, what, place: { path: at }, found, allowed, ...(hint === undefined ? {} : { hint }) });
  };
  if (weights.length === 0) refuse("TEN-MARKET-107", "An index without subnets has no value.", path, 0, "at least one subnet");
  const seen = new Set<number>();
  let sum = 0;
  weights.forEach(({ netuid, weight }, index) => {
    const at = `${path}[${index}]`;
    if (!(netuid >= 1 && netuid <= LARGEST_NETUID && floor(netuid) === netuid)) {
      refuse("TEN-MARKET-108", "An index holds alpha of subnets only.", `${at}.netuid`, netuid, `a netuid from 1 to ${LARGEST_NETUID}`);
    }
    if (!(weight > 0 && weight <= 1)) refuse("TEN-MARKET-109", "A weight is out of range.", `${at}.weight`, weight, "above 0, at most 1");
    if (seen.has(netuid)) refuse("TEN-MARKET-110", "A subnet stands in the index twice.", `${at}.netuid`, netuid, "each subnet once");
    seen.add(netuid);
    sum += weight;
  });
  if (!(abs(sum - 1) <= SUM_TOLERANCE)) {
    refuse("TEN-MARKET-111", "The weights of the index do not sum to 1.", path, sum, `1, to ${SUM_TOLERANCE}`, "Divide each by their sum.");
  }
}
