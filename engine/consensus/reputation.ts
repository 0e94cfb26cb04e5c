import { max, min } from "../kernel/math.js";
import type { ReputationRules } from "./configuration.js";

/** What is known of a validator by what it did (docs/explanation/consensus.md). All figures are 0..1. */
export class Reputation {
  submissions = 0;
  /** Submissions that agreed with the consensus. */
  agreeing = 0;
  deviations = 0;
  slashes = 0;
  accuracy = 1;
  consistency = 1;
  reliability: number;
  overall: number;

  constructor(private readonly rules: ReputationRules) {
    const { accuracyWeight, consistencyWeight, reliabilityWeight, bookkeeping } = rules;
    this.reliability = bookkeeping === "tao20_original" ? 1 : 0;
    this.overall = accuracyWeight + consistencyWeight + reliabilityWeight * this.reliability;
  }

  /** Brings the figures up to date with the counts; with no submission yet accuracy and consistency are 1. */
  update(): void {
    const { submissions, rules } = this;
    const counted = rules.bookkeeping === "tao20_original" ? 0 : this.agreeing;
    this.accuracy = submissions > 0 ? counted / submissions : 1;
    this.consistency = submissions > 0 ? max(0, 1 - this.deviations / submissions) : 1;
    this.reliability = max(0, min(1, submissions / rules.fullReliabilitySubmissions) - rules.slashPenalty * this.slashes);
    this.overall =
      rules.accuracyWeight * this.accuracy + rules.consistencyWeight * this.consistency + rules.reliabilityWeight * this.reliability;
  }
}
