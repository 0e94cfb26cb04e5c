import { SPEC } from "../metadata/specs.js";
import { storageKey } from "../state/storage-key.js";
import type { BlockContext } from "./block-context.js";

/** Whether a subnet's epoch falls into the block: by block number, from `SPEC.balancer` on by the block of the last one. */
export function isEpochDue({ state, number, runtime }: BlockContext, netuid: number): boolean {
  const tempo = state.number(storageKey.subnet("Tempo", netuid));
  if (tempo === 0) return false;
  if (runtime.spec >= SPEC.balancer) return number >= state.number(storageKey.subnet("LastEpochBlock", netuid)) + tempo;
  return (number + netuid + 1) % (tempo + 1) === 0;
}
