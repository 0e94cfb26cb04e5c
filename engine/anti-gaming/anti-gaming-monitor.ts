import { InvariantError } from "../kernel/errors.js";
import { min } from "../kernel/math.js";
import { isRao, MAX_RAO } from "../kernel/money.js";
import type { OperationSide } from "../rewards/volume-tracker.js";
import { behaviourClusters } from "./behaviour-clusters.js";
import { BehaviourFingerprints } from "./behaviour-fingerprints.js";
import { BoundaryStake } from "./boundary-stake.js";
import type { AntiGamingConfiguration } from "./configuration.js";
import { EvidenceLog } from "./evidence-log.js";
import type { FlagEvidence } from "./flags.js";
import { OppositeOperations } from "./opposite-operations.js";
import { TransactionLimits } from "./transaction-limits.js";

/**
 * Watches what accounts do and raises flags with evidence at each epoch's end (docs/explanation/anti-gaming.md). Events come in order of
 * time; each is O(1) amortised. Accounts are numbered from 0.
 */
export class AntiGamingMonitor {
  private readonly log: EvidenceLog;
  private readonly limits: TransactionLimits;
  private readonly operations: OppositeOperations;
  private readonly trades: OppositeOperations;
  private readonly boundaries: BoundaryStake;
  private readonly fingerprints: BehaviourFingerprints | null;
  private epochStartMs: number;

  /**
   * @param ownerOf owner of each account: 0 up to the number of owners
   * @param startMs beginning of the first epoch
   */
  constructor(
    private readonly configuration: AntiGamingConfiguration,
    private readonly ownerOf: Int32Array,
    startMs: number,
  ) {
    const accounts = ownerOf.length;
    const log = new EvidenceLog(accounts);
    this.log = log;
    this.limits = new TransactionLimits(accounts, configuration.minTransactionRao, configuration.maxTransactionsPerMinute);
    this.operations = new OppositeOperations(ownerOf, configuration.washWindowMs, (earlier, later, amountRao, fromMs, toMs) => {
      if (earlier === later) log.add("round_trip", later, -1, amountRao, fromMs, toMs);
      else this.washTrade(earlier, later, amountRao, fromMs, toMs);
    });
    this.trades = new OppositeOperations(ownerOf, configuration.washWindowMs, (earlier, later, amountRao, fromMs, toMs) => {
      // To buy and to sell again by oneself is trading; only between two own accounts is it a show.
      if (earlier !== later) this.washTrade(earlier, later, amountRao, fromMs, toMs);
    });
    this.boundaries = new BoundaryStake(accounts, configuration.boundaryWindowMs, (account, amountRao, fromMs, toMs) =>
      log.add("boundary_stake", account, -1, amountRao, fromMs, toMs),
    );
    this.fingerprints = configuration.clusters === null ? null : new BehaviourFingerprints(accounts, configuration.clusters);
    this.epochStartMs = startMs;
  }

  /** An account mints or redeems. */
  operation(account: number, timeMs: number, side: OperationSide, amountRao: number): void {
    this.assertEvent(account, amountRao);
    if (this.limits.isUnderMinimum(amountRao)) this.log.add("under_minimum_size", account, -1, amountRao, timeMs, timeMs);
    if (this.limits.isOverRate(account, timeMs)) this.log.add("over_rate", account, -1, amountRao, timeMs, timeMs);
    if (amountRao === 0) return;
    const signedRao = side === "mint" ? amountRao : -amountRao;
    this.operations.add(account, timeMs, signedRao);
    this.fingerprints?.record(account, timeMs, signedRao);
  }

  /** An account trades in the pool. */
  trade(account: number, timeMs: number, side: "buy" | "sell", amountRao: number): void {
    this.assertEvent(account, amountRao);
    if (amountRao > 0) this.trades.add(account, timeMs, side === "buy" ? amountRao : -amountRao);
  }

  stakeAdded(account: number, timeMs: number, amountRao: number): void {
    this.assertEvent(account, amountRao);
    this.boundaries.stakeAdded(account, timeMs, amountRao);
  }

  stakeRemoved(account: number, timeMs: number, amountRao: number): void {
    this.assertEvent(account, amountRao);
    this.boundaries.stakeRemoved(account, timeMs, amountRao);
  }

  /**
   * Ends an epoch: what was noticed in it, by account, kind and other party. Boundary stake is noticed when it leaves, in
   * the epoch after the boundary.
   */
  closeEpoch(endMs: number): FlagEvidence[] {
    const { minFlaggedRao } = this.configuration;
    const noticed = this.log
      .take()
      .filter(({ kind, amountRao }) => kind === "under_minimum_size" || kind === "over_rate" || amountRao >= minFlaggedRao);
    this.boundaries.boundary(endMs);
    const flags = [...noticed, ...this.clusters(endMs)];
    this.epochStartMs = endMs;
    return flags.sort((a, b) => a.subject - b.subject);
  }

  private clusters(endMs: number): FlagEvidence[] {
    const { fingerprints } = this;
    const { clusters } = this.configuration;
    if (fingerprints === null || clusters === null) return [];
    fingerprints.closeEpoch(this.epochStartMs, endMs);
    return behaviourClusters(fingerprints, this.ownerOf, clusters).map(({ account, members, closest }) => ({
      kind: "equal_behaviour",
      subject: account,
      count: members,
      // A window of epochs can hold more than one epoch's exact count.
      amountRao: min(MAX_RAO, fingerprints.windowVolumeRao[account]),
      fromMs: fingerprints.windowStartMs,
      toMs: endMs,
      otherParty: closest,
    }));
  }

  private washTrade(earlier: number, later: number, amountRao: number, fromMs: number, toMs: number): void {
    this.log.add("wash_trade", earlier, later, amountRao, fromMs, toMs);
    this.log.add("wash_trade", later, earlier, amountRao, fromMs, toMs);
  }

  private assertEvent(account: number, amountRao: number): void {
    if (!(account >= 0 && account < this.ownerOf.length)) throw new InvariantError(`there is no account ${account} to watch`);
    if (!isRao(amountRao)) throw new InvariantError(`account ${account} moves ${amountRao} rao`);
  }
}
