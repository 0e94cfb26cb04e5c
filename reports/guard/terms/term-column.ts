/** A term that a run writes down of every position and epoch, in the order of computing. */
export interface TermColumn {
  /** As `tenure explain` calls its kind: `holdings.received`, `stage.curve.share`, `weight.final`. */
  readonly id: string;
  /** The rule that gives it, in words. */
  readonly rule: string;
  /** Does it depend on all who share, not on its own terms alone? */
  readonly isShared: boolean;
  /** Is it what a rule makes of the terms before it, of this epoch alone? */
  readonly isAnswer?: boolean;
  /** Is it the same for all who have it: stated by the scenario, or of the pot? */
  readonly isCommon?: boolean;
  /** Is it a choice of a few, whose number says nothing? */
  readonly isChoice?: boolean;
  /** Of a shared term: what of those who share it depends on; of another: what of its own; left out: all that comes before it. */
  readonly inputs?: RegExp;
  /** Does it also depend on its inputs in epochs before? */
  readonly isOfPast?: boolean;
  /** What a stage is asked for besides, and no term holds. */
  readonly unseen?: readonly UnseenFact[];
}

/** What stages are told by streams and by the chain. */
export type UnseenFact = "collateral" | "volume" | "age" | "scores" | "obligations" | "price" | "tao_price";
