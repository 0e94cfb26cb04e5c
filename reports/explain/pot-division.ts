/** Resolution of the integer quotas that shares become (docs/explanation/units.md): 2^52. */
const QUOTA_SCALE = 4_503_599_627_370_496;

/** How one share of a pot became whole rao. */
export interface PotPart {
  /** floor(share / largest share * 2^52). */
  readonly quota: bigint;
  /** floor(pot * quota / sum of quotas). */
  readonly floorRao: bigint;
  /** pot * quota modulo the sum of quotas: what was cut off, in parts of a rao. */
  readonly remainder: bigint;
  /** Place by the remainder, from 1; of equal ones the earlier in order of uid comes first. */
  readonly place: number;
  /** 1 where the place is among the rao that are left over, else 0. */
  readonly roundingRao: bigint;
}

/** A pot that was shared, by largest remainders. */
export interface PotDivision {
  readonly quotaSum: bigint;
  /** Rao that rounding down leaves, one each to the largest remainders. */
  readonly leftRao: bigint;
  readonly parts: readonly PotPart[];
}

/**
 * Shares a pot as the engine does, in bigints, with what each part is made of. Null where nobody has a share.
 * @param shares finite, 0 or more, in the order of uids
 */
export function dividePot(potRao: bigint, shares: ArrayLike<number>): PotDivision | null {
  let largest = 0;
  for (let k = 0; k < shares.length; k++) if (shares[k] > largest) largest = shares[k];
  if (!(largest > 0)) return null;
  const quotas = Array.from(shares, (share) => BigInt(Math.floor((share / largest) * QUOTA_SCALE)));
  const quotaSum = quotas.reduce((sum, quota) => sum + quota, 0n);
  const floors = quotas.map((quota) => (potRao * quota) / quotaSum);
  const remainders = quotas.map((quota, k) => potRao * quota - floors[k] * quotaSum);
  const leftRao = floors.reduce((left, floor) => left - floor, potRao);
  const order = [...remainders.keys()].sort((a, b) => (remainders[a] === remainders[b] ? a - b : remainders[a] > remainders[b] ? -1 : 1));
  const places = new Array<number>(quotas.length);
  order.forEach((k, at) => {
    places[k] = at + 1;
  });
  const parts = quotas.map((quota, k) => ({
    quota,
    floorRao: floors[k],
    remainder: remainders[k],
    place: places[k],
    roundingRao: BigInt(places[k]) <= leftRao ? 1n : 0n,
  }));
  return { quotaSum, leftRao, parts };
}
