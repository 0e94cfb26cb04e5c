import type { Verdict } from "../../consensus/index.js";
import { floor, min } from "../../kernel/math.js";
import { MAX_RAO, RAO_PER_TOKEN } from "../../kernel/money.js";
import { BLOCK_MS } from "../../kernel/time.js";
import type { EpochRewards } from "../../rewards/index.js";
import type { EpochSurroundings } from "./epoch-surroundings.js";

/** Validators hand in what they saw of an epoch whose pot was shared, and are judged (docs/explanation/consensus.md). */
export class Judgement {
  #lastConsensus: Float64Array | null = null;

  constructor(
    private readonly around: EpochSurroundings,
    /** Is told who took part in the consensus: 1, by validator. */
    private readonly inConsensus: Uint8Array,
  ) {}

  close(epoch: number, endMs: number, rewards: EpochRewards): void {
    const { fund, roster, tribunal, records, totals, navRaoByBlock, participants } = this.around;
    const block = floor(endMs / BLOCK_MS);
    const navRao = fund.isStale(endMs) ? null : min(MAX_RAO, floor(fund.navTaoPerToken() * RAO_PER_TOKEN));
    if (navRao !== null) navRaoByBlock.set(block, navRao);
    const truth = { block, weights: rewards.weight, navRao, operation: "epoch" as const };
    const submissions = roster.submissions(truth, this.#lastConsensus);
    const verdict: Verdict = tribunal.close(epoch, endMs, participants, submissions);
    this.inConsensus.set(verdict.inConsensus);
    const { weights, cause } = verdict.consensus;
    if (weights !== null) {
      this.#lastConsensus = weights;
      totals.consensusReached += 1;
    } else totals.noConsensus.add(cause);
    records.verdict(verdict, epoch);
  }
}
