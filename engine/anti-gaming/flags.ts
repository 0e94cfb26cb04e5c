import type { FlagKind } from "../tables/vocabularies/flags.js";

/** What was noticed about an account in an epoch, all occurrences together. */
export interface FlagEvidence {
  readonly kind: FlagKind;
  /** Account that is flagged. */
  readonly subject: number;
  /**
   * `under_minimum_size`, `over_rate`: transactions; `round_trip`, `wash_trade`: matched pairs; `boundary_stake`: removals
   * that took stake out again; `equal_behaviour`: members of the cluster.
   */
  readonly count: number;
  /**
   * Rao: moved in those transactions; matched; taken out again; for `equal_behaviour` minted and redeemed by the subject in
   * the window. At most 2^53 - 1.
   */
  readonly amountRao: number;
  /** First and last thing seen; for `equal_behaviour` the window that was compared. */
  readonly fromMs: number;
  readonly toMs: number;
  /** The account at the other end, the most alike one in a cluster; -1: none. */
  readonly otherParty: number;
}
