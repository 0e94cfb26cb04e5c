import { DAY_MS } from "../../engine/index.js";
import type { PassedTranche, TrancheListener } from "./tranche-pass.js";

/** What is held at the end of the run, by how long it has been. */
export interface AgePyramid {
  /** From this age to the next, days; the last is open. */
  readonly from_days: readonly number[];
  /** Rao held of emission, and of what was put in. */
  readonly emission_rao: readonly number[];
  readonly manual_rao: readonly number[];
  /** Tranches that still hold something. */
  readonly tranches: readonly number[];
}

/** Ages at which a step begins, days: finer where rules of vesting look. */
const STEPS_DAYS = [0, 1, 3, 7, 14, 21, 30, 45, 60, 90, 120, 180, 270, 365] as const;

/** Sums what tranches still hold, by age. */
export class AgePyramidBuilder implements TrancheListener {
  readonly #sums = { emission: STEPS_DAYS.map(() => 0), manual: STEPS_DAYS.map(() => 0) };
  readonly #tranches = STEPS_DAYS.map(() => 0);

  tranche({ entryMs, closedMs, remainingRao, isEmission }: PassedTranche): void {
    if (remainingRao === 0) return;
    const days = (closedMs - entryMs) / DAY_MS;
    let step = STEPS_DAYS.length - 1;
    while (STEPS_DAYS[step] > days) step--;
    this.#sums[isEmission ? "emission" : "manual"][step] += remainingRao;
    this.#tranches[step] += 1;
  }

  /** Null where nothing is held. */
  get pyramid(): AgePyramid | null {
    const last = this.#tranches.findLastIndex((count) => count > 0);
    if (last < 0) return null;
    const upTo = <T>(values: readonly T[]) => values.slice(0, last + 1);
    return {
      from_days: upTo(STEPS_DAYS),
      emission_rao: upTo(this.#sums.emission),
      manual_rao: upTo(this.#sums.manual),
      tranches: upTo(this.#tranches),
    };
  }
}
