import type { Standing } from "../tables/vocabularies/consensus.js";
import { Conduct, type PastDeviation, worstDeviation } from "./conduct.js";
import type { ConsensusConfiguration } from "./configuration.js";
import { deviationOf, exactDeviationOf } from "./deviation.js";
import { type Examination, examine } from "./examination.js";
import { type ConsensusResult, reachConsensus } from "./reach-consensus.js";
import { Reputation } from "./reputation.js";
import { type ConsensusRow, consensusRow, type SlashRow, type SubmissionRow, slashRow, type ValidatorRow } from "./rows.js";
import { INNOCENT, type Judgement, judgementOfEpoch, severityWithHistory } from "./severity.js";
import type { SignatureScheme } from "./signature-scheme.js";
import { type Slash, Slashing, type TakeStake } from "./slashing.js";
import { ValidatorStatus } from "./status.js";
import type { Submission } from "./submission.js";

/** What the tribunal must know of a validator. */
export interface KnownValidator {
  readonly name: string;
  /** Null where it can attest nothing. */
  readonly publicKey: Uint8Array | null;
}

/** What the tribunal asks of the world around it. */
export interface TribunalSurroundings {
  /** Stake of a validator now, whole rao. */
  stakeRao(validator: number): number;
  readonly take: TakeStake;
  /** True NAV of a token at a block, whole rao; null where there was none (unknown block, stale prices). */
  trueNavRao(block: number): number | null;
  /** Null where nobody attests anything. */
  readonly signatures: SignatureScheme | null;
}

/** What came of an epoch. */
export interface Verdict {
  readonly consensus: ConsensusResult;
  /** By validator, 1: counted, judged, in agreement and not suspended. These share what validators are paid. */
  readonly inConsensus: Uint8Array;
  /** Slashes decided in the epoch. */
  readonly slashes: readonly Slash[];
  readonly consensusRow: ConsensusRow;
  readonly submissionRows: readonly SubmissionRow[];
  /** Slashes settled since the last epoch, whenever they were decided. */
  readonly slashRows: readonly SlashRow[];
  readonly validatorRows: readonly ValidatorRow[];
}

interface Seat {
  readonly name: string;
  readonly publicKey: Uint8Array | null;
  readonly conduct: Conduct;
  readonly reputation: Reputation;
  readonly status: ValidatorStatus;
  /** Submission in force. */
  latest: Examination | null;
  slashedRao: number;
}

/** What was found of one validator in the current epoch. */
interface Finding {
  readonly standing: Standing;
  readonly stakeRao: number;
  /** The submission it is judged by; null: it is not judged. */
  judgedBy: Examination | null;
  deviation: number;
  judgement: Judgement;
}

/**
 * Judges validators epoch by epoch (docs/explanation/consensus.md): consensus, deviations, slashes, reputation, status. Without a consensus
 * nobody is judged, by their attestations neither.
 */
export class Tribunal {
  readonly slashing: Slashing;
  private readonly seats: readonly Seat[];
  private lastConsensus: Float64Array | null = null;
  /** Settled since the last epoch was closed. */
  private readonly settled: Slash[] = [];

  constructor(
    private readonly configuration: ConsensusConfiguration,
    validators: readonly KnownValidator[],
    private readonly around: TribunalSurroundings,
  ) {
    const { severity, reputation, status, consensus, slashing } = configuration;
    this.slashing = new Slashing(slashing, around.take);
    this.seats = validators.map(({ name, publicKey }) => ({
      name,
      publicKey,
      conduct: new Conduct(severity.window, severity.slashesCounted),
      reputation: new Reputation(reputation),
      status: new ValidatorStatus(status, consensus.minimumStakeRao),
      latest: null,
      slashedRao: 0,
    }));
  }

  /** May this validator vote and earn? */
  isSuspended(validator: number): boolean {
    return this.seats[validator].status.isSuspended;
  }

  /**
   * Closes an epoch.
   *
   * @param epoch rising from call to call
   * @param miners weights a submission must have
   * @param submissions by validator; null: none
   */
  close(epoch: number, timeMs: number, miners: number, submissions: readonly (Submission | null)[]): Verdict {
    for (const slash of this.slashing.due(timeMs)) this.settleDue(slash, timeMs);
    this.seats.forEach((seat, validator) => void seat.status.seeStake(this.around.stakeRao(validator)));
    const findings = this.receive(miners, submissions);
    const consensus = this.vote(findings, miners);
    if (consensus.weights !== null) this.lastConsensus = consensus.weights;
    const persists = this.configuration.consensus.persistence === "latest";
    const reference = consensus.weights ?? (persists ? this.lastConsensus : null);
    if (reference !== null) this.judge(findings, reference, epoch, timeMs);
    const slashes = this.slashAll(epoch, timeMs);
    this.seats.forEach((seat, validator) => void seat.status.seeStake(this.around.stakeRao(validator)));
    const inConsensus = Uint8Array.from(findings, ({ standing, judgedBy, judgement }, validator) =>
      standing === "counted" && judgedBy !== null && judgement.severity === "none" && !this.isSuspended(validator) ? 1 : 0,
    );
    const submissionRows = findings.map((finding, validator) => this.submissionRow(epoch, timeMs, validator, finding));
    return {
      consensus,
      inConsensus,
      slashes,
      consensusRow: consensusRow(epoch, timeMs, consensus, submissionRows, slashes.length),
      submissionRows,
      slashRows: this.settled.splice(0).map(slashRow),
      validatorRows: this.seats.map((_, validator) => this.validatorRow(epoch, timeMs, validator)),
    };
  }

  /**
   * An appeal against a slash is upheld: what is held back is released, the slash no longer counts, and the
   * submission counts as one that agreed.
   * @throws InvariantError unless the slash is held
   */
  uphold(slash: Slash, timeMs: number): void {
    this.slashing.overturn(slash, timeMs);
    const { conduct, status, reputation } = this.seats[slash.validator];
    conduct.acquitted(slash.id, slash.epoch);
    status.acquitted(slash.id);
    reputation.slashes -= 1;
    reputation.deviations -= 1;
    reputation.agreeing += 1;
    reputation.update();
    this.settled.push(slash);
  }

  /** Slashes still held back, for the end of a run. */
  heldRows(): readonly SlashRow[] {
    return this.slashing.slashes.filter(({ state }) => state === "held").map(slashRow);
  }

  private settleDue(slash: Slash, timeMs: number): void {
    const { name } = this.seats[slash.validator];
    const appeal = this.configuration.slashing.appeals.find(({ validator, epoch }) => validator === name && epoch === slash.epoch);
    if (appeal?.outcome === "upheld") {
      this.uphold(slash, timeMs);
      return;
    }
    const stakeBeforeRao = this.around.stakeRao(slash.validator);
    this.slashing.settle(slash, timeMs);
    this.wasTaken(slash, stakeBeforeRao);
  }

  private wasTaken(slash: Slash, stakeBeforeRao: number): void {
    const seat = this.seats[slash.validator];
    seat.slashedRao += slash.takenRao;
    if (slash.takenRao > 0) seat.status.taken(slash.id, stakeBeforeRao);
    this.settled.push(slash);
  }

  /** Looks at what was handed in, and puts it in force where it is sound. */
  private receive(miners: number, submissions: readonly (Submission | null)[]): Finding[] {
    const { consensus, attestations } = this.configuration;
    return this.seats.map((seat, validator) => {
      const stakeRao = this.around.stakeRao(validator);
      const { unsound, examination } = examine(submissions[validator], miners, seat.publicKey, attestations, this.around);
      if (examination !== null || consensus.persistence === "epoch") seat.latest = examination;
      if (examination !== null && this.configuration.reputation.bookkeeping === "tao20_original") seat.reputation.submissions += 1;
      let standing: Standing = unsound ?? "counted";
      if (stakeRao < consensus.minimumStakeRao) standing = unsound === "none" ? unsound : "below_minimum_stake";
      else if (unsound === null && seat.status.isSuspended) standing = "suspended";
      return { standing, stakeRao, judgedBy: null, deviation: 0, judgement: INNOCENT };
    });
  }

  private vote(findings: readonly Finding[], miners: number): ConsensusResult {
    const { consensus, severity } = this.configuration;
    return reachConsensus(
      this.seats.map(({ latest }) => (latest !== null && latest.weights.length === miners ? latest.weights : null)),
      this.seats.map(({ status }, validator) => (status.isSuspended ? 0 : findings[validator].stakeRao)),
      miners,
      consensus,
      severity.minorAbove,
    );
  }

  /** Compares every submission in force with the consensus. */
  private judge(findings: readonly Finding[], reference: Float64Array, epoch: number, timeMs: number): void {
    const { consensus, severity: rules, reputation: reputationRules } = this.configuration;
    findings.forEach((finding, validator) => {
      const { latest, conduct, reputation, status } = this.seats[validator];
      const isJudged = consensus.judged === "everyone" ? !status.isSuspended : finding.standing === "counted";
      if (!isJudged || latest === null || latest.weights.length !== reference.length) return;
      const deviation = deviationOf(latest.weights, reference);
      finding.judgedBy = latest;
      finding.deviation = deviation;
      finding.judgement = judgementOfEpoch(deviation, latest.isFalsified, rules, () => exactDeviationOf(latest.weights, reference));
      const { severity, cause } = finding.judgement;
      const documented = reputationRules.bookkeeping === "documented";
      if (documented) reputation.submissions += 1;
      if (cause === null) {
        reputation.agreeing += 1;
        status.agreed();
      } else {
        conduct.deviated({ epoch, timeMs, deviation, severity, cause });
        reputation.deviations += 1;
        status.deviated();
      }
      if (documented || cause !== null) reputation.update();
    });
  }

  private slashAll(epoch: number, timeMs: number): Slash[] {
    const slashes: Slash[] = [];
    const again = this.configuration.slashing.evaluation === "all_in_window";
    this.seats.forEach(({ conduct }, validator) => {
      const recent = conduct.recentDeviations(epoch, timeMs);
      const fresh = recent.filter((deviation) => deviation.epoch === epoch);
      const slashedFor = again ? recent : fresh;
      if (slashedFor.length === 0) return;
      const slash = this.slash(validator, worstDeviation(slashedFor), recent.length, epoch, timeMs);
      if (slash !== null) slashes.push(slash);
    });
    return slashes;
  }

  private slash(validator: number, worst: PastDeviation, deviations: number, epoch: number, timeMs: number): Slash | null {
    const { conduct, reputation, status } = this.seats[validator];
    const slashesBefore = conduct.countedSlashes(epoch, timeMs);
    const { severity, cause } = severityWithHistory(worst, deviations, slashesBefore, this.configuration.severity);
    if (severity === "none" || cause === null) return null;
    const stakeRao = this.around.stakeRao(validator);
    const slash = this.slashing.decide({ epoch, timeMs, validator, severity, cause, deviation: worst.deviation, deviations }, stakeRao);
    conduct.slashed(slash.id, epoch, timeMs);
    reputation.slashes += 1;
    reputation.update();
    status.slashed(slash.id, severity);
    if (slash.state === "taken") this.wasTaken(slash, stakeRao);
    return slash;
  }

  private submissionRow(epoch: number, timeMs: number, validator: number, finding: Finding): SubmissionRow {
    const { standing, stakeRao, judgedBy, deviation, judgement } = finding;
    const { latest } = this.seats[validator];
    const attestation = latest?.attestation;
    return {
      epoch,
      timeMs,
      validator,
      standing,
      stakeRao,
      judged: judgedBy !== null,
      deviation,
      severity: judgement.severity,
      attestedBlock: attestation?.block ?? -1,
      attestedNavRao: attestation?.navRao ?? 0,
      operation: attestation?.operation ?? "none",
      navError: latest?.navError ?? 0,
      falsified: latest?.isFalsified ?? false,
    };
  }

  private validatorRow(epoch: number, timeMs: number, validator: number): ValidatorRow {
    const { status, reputation, slashedRao } = this.seats[validator];
    const stakeRao = this.around.stakeRao(validator);
    const { submissions, agreeing, deviations, slashes, accuracy, consistency, reliability, overall } = reputation;
    return {
      epoch,
      timeMs,
      validator,
      status: status.status,
      stakeRao,
      heldRao: this.slashing.heldBackRao(validator),
      slashedRao,
      meetsRequirement: stakeRao >= this.configuration.consensus.minimumStakeRao,
      cleanEpochs: status.cleanEpochs,
      submissions,
      agreeing,
      deviations,
      slashes,
      accuracy,
      consistency,
      reliability,
      overall,
    };
  }
}
