import type { BehaviourFingerprints } from "./behaviour-fingerprints.js";
import type { ClusterConfiguration } from "./configuration.js";

/** An account that behaves like one of another owner. */
export interface ClusterMember {
  readonly account: number;
  /** Members of its cluster: all that are joined by likeness, directly or through others. */
  readonly members: number;
  /** The most alike account of another owner; ties to the lower one. */
  readonly closest: number;
}

/** Clusters of equal behaviour among accounts of different owners, by account. */
export function behaviourClusters(
  fingerprints: BehaviourFingerprints,
  ownerOf: Int32Array,
  { similarity, minOperations }: ClusterConfiguration,
): ClusterMember[] {
  const { accounts, windowOperations } = fingerprints;
  const parent = Int32Array.from({ length: accounts }, (_, account) => account);
  const closest = new Int32Array(accounts).fill(-1);
  const closestConcordance = new Float64Array(accounts).fill(Number.NEGATIVE_INFINITY);
  const root = (account: number): number => {
    let at = account;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  };
  const note = (account: number, other: number, concordance: number) => {
    if (concordance <= closestConcordance[account]) return;
    closestConcordance[account] = concordance;
    closest[account] = other;
  };
  for (let one = 0; one < accounts; one++) {
    if (windowOperations[one] < minOperations) continue;
    for (let other = one + 1; other < accounts; other++) {
      if (windowOperations[other] < minOperations || ownerOf[one] === ownerOf[other]) continue;
      const concordance = fingerprints.concordance(one, other);
      if (!fingerprints.areAlike(one, other, similarity)) continue;
      note(one, other, concordance);
      note(other, one, concordance);
      parent[root(other)] = root(one);
    }
  }
  const sizes = new Int32Array(accounts);
  for (let account = 0; account < accounts; account++) if (closest[account] >= 0) sizes[root(account)] += 1;
  const members: ClusterMember[] = [];
  for (let account = 0; account < accounts; account++) {
    if (closest[account] >= 0) members.push({ account, members: sizes[root(account)], closest: closest[account] });
  }
  return members;
}
