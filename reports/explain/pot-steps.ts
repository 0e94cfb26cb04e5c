import type { PotDivision } from "./pot-division.js";
import type { StepList } from "./step-list.js";

/** How a part of a pot came to be whole rao. */
export interface PartOf {
  /** Of the ids: `pay`, `tier`, `base`. */
  readonly prefix: string;
  /** The steps of the share and of the pot. */
  readonly share: string;
  readonly pot: string;
  /** The step of what all others bring in, where it has one. */
  readonly others?: string;
  /** What the part is called, and what it is. */
  readonly part: string;
  readonly words: string;
}

/** From a share and a pot to the rao, and the rounding. */
export function addPotPart(list: StepList, division: PotDivision, k: number, { prefix, share, pot, others, part, words }: PartOf): void {
  const { quota, floorRao, remainder, place, roundingRao } = division.parts[k];
  const id = (name: string) => `${prefix}.${name}`;
  list.add(id("quota"), quota, { from: [share], words: "floor(share / largest share of all * 2^52)" });
  list.add(id("quota_sum"), division.quotaSum, {
    from: [id("quota"), ...(others === undefined ? [] : [others])],
    words: "sum of the quotas of all who share",
  });
  list.add(id("floor"), floorRao, {
    unit: "rao",
    from: [pot, id("quota"), id("quota_sum")],
    words: "floor(pot * quota / quota_sum)",
  });
  list.add(id("remainder"), remainder, {
    from: [pot, id("quota"), id("quota_sum"), id("floor")],
    words: "pot * quota - floor * quota_sum",
  });
  list.add(id("remainder_place"), place, {
    from: [id("remainder")],
    words: "place among the remainders of all who share, the largest first; of equal ones the lower uid",
  });
  list.add(id("left_over"), division.leftRao, {
    unit: "rao",
    from: [pot],
    words: "rao of the pot that rounding down leaves, one each to the largest remainders",
  });
  list.add(id("rounding"), roundingRao, {
    unit: "rao",
    from: [id("remainder_place"), id("left_over")],
    words: "1 where remainder_place <= left_over, else 0",
  });
  list.add(part, floorRao + roundingRao, { unit: "rao", from: [id("floor"), id("rounding")], words });
}
