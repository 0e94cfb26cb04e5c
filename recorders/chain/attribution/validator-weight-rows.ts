import type { UidWeights } from "../storage/read-validator-weights.js";
import type { BlockTime, RegistryRow, ValidatorWeightRow } from "./block-rows.js";
import type { Seated } from "./seat-changes.js";

/** A validator that does not count, or no more: next to no stake, and nobody rated. Stake of 0 would stand for what it holds. */
const UNCOUNTED_RAO = 1;

/**
 * What validators had set when an epoch was computed, in the order of uids: a permitted one's weights to seats that are taken, by
 * hotkey, of one that is inactive with next to no stake, as the chain keeps its weights and takes its stake; one without a permit as uncounted.
 * @param seated who sits where then
 */
export function validatorWeightRows(
  at: BlockTime,
  { netuid, hotkeys }: Pick<Seated, "netuid" | "hotkeys">,
  set: readonly UidWeights[],
): ValidatorWeightRow[] {
  return set.flatMap(({ uid, isPermitted, isActive, weights }): ValidatorWeightRow[] => {
    const validator = hotkeys[uid];
    if (validator === undefined) return [];
    const rated = weights.flatMap(([to, weight]) => {
      const hotkey = hotkeys[to];
      return hotkey === undefined ? [] : [{ at, netuid, validator, hotkey, weight, stakeRao: isActive ? 0 : UNCOUNTED_RAO }];
    });
    return isPermitted && rated.length > 0 ? rated : [uncounted(at, netuid, validator)];
  });
}

/** Who loses its seat sets weights no more. */
export function weightsThatEnd(registry: readonly RegistryRow[]): ValidatorWeightRow[] {
  return registry.filter(({ action }) => action === "deregistered").map(({ at, netuid, hotkey }) => uncounted(at, netuid, hotkey));
}

function uncounted(at: BlockTime, netuid: number, validator: string): ValidatorWeightRow {
  return { at, netuid, validator, hotkey: validator, weight: 0, stakeRao: UNCOUNTED_RAO };
}
