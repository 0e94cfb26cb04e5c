import type { Outputs } from "../books/outputs.js";
import type { EmissionGroup, Subnet } from "../books/subnet.js";
import type { World } from "../books/world.js";
import { Residuals } from "../epochs/residuals.js";
import { Fraction } from "../kernel/decimal.js";
import { InvariantError, TenureError } from "../kernel/errors.js";
import { floor } from "../kernel/math.js";
import { ExactSum, MAX_RAO } from "../kernel/money.js";
import { weightScale } from "../kernel/normalise.js";
import { PotSharing } from "../kernel/pot.js";
import { BLOCK_MS } from "../kernel/time.js";
import { type EpochEvidence, movedShare, RunMetrics, SAME_SHARES } from "../metrics/index.js";
import type { PendingRows } from "../tables/pending-rows.js";
import { ROLES } from "../tables/streams.js";
import { REST_ROWS } from "../tables/vocabularies/rest-rows.js";
import { ColdkeyTotals } from "./coldkey-totals.js";
import { EpochRecords } from "./epoch-records.js";
import type { Measurements } from "./measurements.js";
import type { Multipliers } from "./multipliers.js";
import { StagedShares } from "./staged-shares.js";
import { applyMultipliers, type FactorReaches } from "./weights.js";

const MINER = ROLES.indexOf("miner");
const UNALLOCATED = REST_ROWS.indexOf("unallocated");
/**
 * The end of an epoch on a subnet (docs/explanation/weights.md): measure every position, turn recorded shares (or a weights stream)
 * into base weights, apply multipliers, and pay - as recorded, or each its share of the pot.
 */
export class Settlement {
  readonly unallocatedRao = new ExactSum();
  readonly outsideRao = new ExactSum();
  readonly residuals: Residuals;
  /** What was recorded to be paid to miners without a seat, and to how many; it is shared by the others. */
  readonly unseated = { rao: new ExactSum(), positions: new Set<number>() };
  epochs = 0;
  /** Under `outside`: what all miners of the subnet are taken to earn, and what those of the streams were recorded to, rao. */
  readonly wholePotRao = new ExactSum();
  readonly recordedPotRao = new ExactSum();
  /** Epochs in which the recorded miners' pay was above the whole pot that `outside` states. */
  potExceeded = 0;
  /** Figures of the run. */
  readonly metrics = new RunMetrics();

  private readonly pot = new PotSharing();
  private order = new Int32Array(256);
  base = new Float64Array(257);
  factor = new Float64Array(257);
  final = new Float64Array(257);
  /** What the rule answers for a miner, applied or not; its number on the subnet, -1 for `outside`. */
  shown = new Float64Array(257);
  member = new Int32Array(257);
  private uid = new Int32Array(257);
  /** Under a list of stages: what would be, or is, shared out; miners, `outside`, then `REST_ROWS`. */
  private staged = new Float64Array(257);
  private baseSum = 0;
  private allocated = false;
  private evidence: EpochEvidence = { sharers: 0, differ: false, holdings: 0, partly: 0 };
  private paid = new Float64Array(257);
  private shares = new Float64Array(257);
  private readonly coldkeys: ColdkeyTotals;
  /** Null: base weights become shares by the rule that `vesting` states. */
  readonly stages: StagedShares | null;
  /** Whether the list decides pay; in shadow mode it is only computed. */
  readonly appliesStages: boolean;
  private readonly configuration: World["configuration"];
  private readonly outputs: Outputs;
  private readonly records: EpochRecords;

  constructor(
    private readonly world: World,
    private readonly multipliers: Multipliers,
    /** Multipliers of the recorded holdings under `emission.recorded_rule`; null where none is stated. */
    private readonly recordedMultipliers: Multipliers | null = null,
  ) {
    this.configuration = world.configuration;
    this.outputs = world.outputs;
    this.residuals = new Residuals(world.outputs);
    this.records = new EpochRecords(world.outputs, world.configuration.record.everyEpochs);
    this.coldkeys = new ColdkeyTotals(world.outputs, world.positions, multipliers);
    const { stages, vesting } = world.configuration;
    this.stages = stages === null || vesting.mode === "off" ? null : new StagedShares(stages, world, multipliers);
    this.appliesStages = this.stages !== null && vesting.mode === "on";
  }

  /** Ends an epoch: measures, shares the pot, books what of the pay was not booked when it came, and records. */
  settle(subnet: Subnet, endMs: number): void {
    const { configuration, outputs } = this;
    subnet.epoch += 1;
    this.epochs += 1;
    outputs.dropProvisional(subnet.configuration.netuid);
    const measured = this.multipliers.measure(subnet, endMs);
    this.records.holdings(subnet, measured);
    this.coldkeys.record(subnet, measured, endMs, !this.records.isRecorded(subnet));
    const group = subnet.group;
    const redistribute = configuration.emission.mode === "redistribute";
    let recordedRao = 0;
    for (let i = 0; i < group.count; i++) recordedRao += group.amountRao[i];
    if (recordedRao > MAX_RAO) throw potTooLarge(subnet, endMs, recordedRao);
    this.reserve(group.count + 1 + REST_ROWS.length);
    let outside = 0;
    let unallocated = 0;
    let residual = 0;
    let unchanged = true;
    const miners = this.orderMiners(subnet);
    const potRao = this.weigh(subnet, measured, miners, endMs);
    if (redistribute) {
      if (potRao > MAX_RAO) throw potTooLarge(subnet, endMs, potRao);
      unchanged = this.sharesAreRecorded(subnet, miners);
      if (!unchanged) {
        const isStaged = this.appliesStages;
        const sharers = isStaged ? miners + 1 + REST_ROWS.length : miners + 1;
        const allocated = this.pot.share(potRao, this.final, sharers, this.shares);
        if (allocated) outside = this.shares[miners];
        else unallocated = potRao;
        if (isStaged) {
          unallocated = this.shares[miners + 1 + UNALLOCATED];
          residual = this.residuals.take(subnet, this.final, this.shares, miners + 1);
        }
        for (let k = 0; k < miners; k++) this.paid[this.order[k]] = this.shares[k];
      } else outside = potRao - this.sumOfMiners(miners);
    }
    this.records.weights(subnet, miners, this);
    this.takeMetrics(subnet, miners, potRao, endMs);
    // Nothing to decide row by row: half of all events go this way, so they go together.
    const { holdings, payroll } = this.world;
    const together = !group.anyBooked && !group.manyBlocks && group.count > 0 && holdings.paysTogether;
    let paidRao = 0;
    let minersPaidRao = 0;
    if (together) {
      holdings.payAsRecorded(group.position, group.amountRao, group.count, endMs, group.block[0], subnet.epoch);
      paidRao = recordedRao;
    }
    for (let i = together ? group.count : 0; i < group.count; i++) {
      const position = group.position[i];
      const role = group.role[i];
      const recorded = group.amountRao[i];
      const paid = role === MINER && !unchanged ? this.paid[i] : recorded;
      paidRao += paid;
      if (role === MINER) minersPaidRao += paid;
      payroll.note(subnet.epoch, position, paid);
      this.bookRest(group, i, endMs, paid);
    }
    if (redistribute && minersPaidRao + unallocated + outside + residual !== potRao) {
      throw new InvariantError(
        `a pot of ${potRao} rao became ${minersPaidRao} paid, ${unallocated} unallocated, ${outside} outside, ${residual} elsewhere`,
      );
    }
    this.records.rewards(subnet, unchanged ? null : this.paid);
    this.unallocatedRao.add(unallocated);
    this.outsideRao.add(outside);
    this.records.epoch(subnet, measured, endMs, recordedRao, paidRao, unallocated, outside);
    subnet.epochEndMs = endMs;
    subnet.epochEndBlock = endBlock(subnet, endMs);
    group.clear();
  }

  /** Books what of a row's pay was not booked when it came. */
  private bookRest(group: EmissionGroup, row: number, endMs: number, paidRao: number): void {
    const booked = group.bookedRao[row];
    const recorded = group.amountRao[row];
    if (booked > 0 && booked === recorded) return;
    const block = group.block[row];
    this.world.holdings.pay(group.position[row], endMs, recorded - booked, paidRao - booked, group.role[row], block);
  }

  /** Begins the end of an epoch whose pot is shared by other rules than a recording: counts it and measures every position. */
  beginSharedEpoch(subnet: Subnet, endMs: number): Measurements {
    subnet.epoch += 1;
    this.epochs += 1;
    this.outputs.dropProvisional(subnet.configuration.netuid);
    const measured = this.multipliers.measure(subnet, endMs);
    this.records.holdings(subnet, measured);
    this.coldkeys.record(subnet, measured, endMs, !this.records.isRecorded(subnet));
    return measured;
  }

  /** Makes the rows that follow provisional where the epoch is not one that is recorded. */
  openRows(subnet: Subnet, table: PendingRows | null): void {
    if (table !== null && !this.records.isRecorded(subnet)) this.outputs.beginProvisional(table, subnet.configuration.netuid);
  }

  /** Ends such an epoch: its pay is booked (`bookPay`), what could not be given is counted. */
  endSharedEpoch(subnet: Subnet, endMs: number, measured: Measurements, potRao: number, paidRao: number, unallocatedRao: number): void {
    this.unallocatedRao.add(unallocatedRao);
    this.records.epoch(subnet, measured, endMs, potRao, paidRao, unallocatedRao, 0);
    subnet.epochEndMs = endMs;
  }

  /** Rows of the group that are miners' in uid order, into `order`; answers how many. */
  private orderMiners(subnet: Subnet): number {
    const { group } = subnet;
    let miners = 0;
    let sorted = true;
    for (let i = 0; i < group.count; i++) {
      if (group.role[i] !== MINER) continue;
      if (miners > 0 && group.uid[i] < group.uid[this.order[miners - 1]]) sorted = false;
      this.order[miners++] = i;
    }
    if (!sorted) {
      const rows = [...this.order.subarray(0, miners)].sort((a, b) => group.uid[a] - group.uid[b] || a - b);
      this.order.set(rows);
    }
    return miners;
  }

  /**
   * Base weights, factors and final weights of the miners (index = place in `order`), `outside` last.
   * Answers the pot, rao.
   */
  private weigh(subnet: Subnet, measured: Measurements, miners: number, endMs: number): number {
    const { group } = subnet;
    const { base, factor, order, shown, member, uid } = this;
    const { streamWeights } = this.world;
    const { onSubnet } = this.world.positions;
    const { vesting, emission } = this.configuration;
    const { eligible, receivedRao, heldShare } = measured;
    const applied = vesting.mode === "on";
    const seated = subnet.seatsAreRecorded ? subnet.seated(this.world.positions.hotkey) : null;
    let baseSum = 0;
    let sharers = 0;
    let firstAnswer = 1;
    let differ = false;
    let holdings = 0;
    let partly = 0;
    const undone = this.recordedMultipliers?.measure(subnet, endMs).multiplier ?? null;
    let minersRao = 0;
    for (let k = 0; k < miners; k++) {
      const row = order[k];
      const position = group.position[row];
      const i = onSubnet[position];
      const recorded = group.amountRao[row];
      minersRao += recorded;
      let weight = recorded;
      const given = streamWeights.isGiven ? streamWeights.of(position) : Number.NaN;
      if (!Number.isNaN(given)) weight = recorded > 0 ? given : 0;
      else if (undone !== null) weight = this.divideOut(recorded, undone[i], position, endMs);
      if (seated !== null && seated[i] === 0) {
        if (recorded > 0) this.noteUnseated(position, recorded);
        weight = 0;
      }
      base[k] = weight;
      const reaches = eligible[i] === 1;
      const answer = measured.factor[i];
      shown[k] = answer;
      factor[k] = applied ? answer : 1;
      member[k] = i;
      uid[k] = group.uid[row];
      baseSum += weight;
      if (weight > 0) {
        if (sharers === 0) firstAnswer = answer;
        else if (answer !== firstAnswer) differ = true;
        sharers += 1;
      }
      if (reaches && receivedRao[i] > 0) {
        holdings += 1;
        const held = heldShare[i];
        if (held > 0 && held < 1) partly += 1;
      }
    }
    const scale = weightScale(base, miners);
    if (scale !== 1) {
      baseSum = 0;
      for (let k = 0; k < miners; k++) {
        base[k] *= scale;
        baseSum += base[k];
      }
    }
    let potRao = minersRao;
    base[miners] = 0;
    factor[miners] = 1;
    shown[miners] = 1;
    member[miners] = -1;
    if (emission.outside !== null) {
      potRao = this.wholePot(subnet, endMs, minersRao);
      const outsideRao = potRao - minersRao;
      this.wholePotRao.add(potRao);
      this.recordedPotRao.add(minersRao);
      // Who is outside keeps a multiplier of 1, under the recorded rule as under this one: nothing is divided out there.
      base[miners] = streamWeights.isGiven && minersRao > 0 ? outsideRao * (baseSum / minersRao) : outsideRao;
      baseSum += base[miners];
      if (base[miners] > 0) {
        if (sharers > 0 && firstAnswer !== 1) differ = true;
        sharers += 1;
      }
    }
    this.baseSum = baseSum;
    this.evidence = { sharers, differ, holdings, partly };
    if (this.stages !== null) {
      this.runStages(this.stages, subnet, measured, miners, endMs);
      this.evidence = {
        ...this.evidence,
        differ: movedShare(base, baseSum, this.staged, true, miners + 1 + REST_ROWS.length) > SAME_SHARES,
      };
    }
    if (this.appliesStages) {
      this.final.set(this.staged.subarray(0, miners + 1 + REST_ROWS.length));
      this.allocated = this.stagedAllocates(miners);
    } else {
      this.allocated = applyMultipliers(base, factor, miners + 1, vesting.redistribution, this.final, applied ? this.reaches : undefined);
    }
    return potRao;
  }

  /** Shares of the pot by the list of stages, into `staged`; the product of the factors of each, into `shown`. */
  private runStages(stages: StagedShares, subnet: Subnet, measured: Measurements, miners: number, endMs: number): void {
    const { base, member, uid, staged, shown, factor } = this;
    const isOutside = base[miners] > 0;
    const list = stages.run(subnet, measured, { miners, member, uid, base }, isOutside, endMs);
    staged.set(list.shares.subarray(0, miners));
    staged[miners] = isOutside ? list.shares[miners] : 0;
    staged.set(list.rest, miners + 1);
    base.fill(0, miners + 1, miners + 1 + REST_ROWS.length);
    member.fill(-1, miners + 1, miners + 1 + REST_ROWS.length);
    shown.set(list.product.subarray(0, miners));
    if (this.appliesStages) factor.set(list.product.subarray(0, miners));
  }

  /** Does anybody get anything of a pot that the stages share? */
  private stagedAllocates(miners: number): boolean {
    for (let k = 0; k <= miners; k++) if (this.staged[k] > 0) return true;
    return false;
  }

  /** Is what the rule answers for a miner at least a limit? */
  private readonly reaches: FactorReaches = (k, limit) => {
    const { multipliers, member, shown } = this;
    const i = member[k];
    // Who is outside, or below the minimum and cut, has a number that no rule computed.
    const isAnswer = i !== -1 && shown[k] === multipliers.measured.multiplier[i];
    return isAnswer ? multipliers.reaches(i, limit) : Fraction.decimal(shown[k]).compare(limit) >= 0;
  };

  /** The recorded share without the multiplier of `recorded_rule`. */
  private divideOut(recordedRao: number, multiplier: number, position: number, endMs: number): number {
    if (multiplier > 0) return recordedRao / multiplier;
    throw new TenureError({
      code: "TEN-RULE-010",
      what: `The recording pays ${this.world.positions.nameOf(position)}, whose multiplier under emission.recorded_rule is 0.`,
      place: { path: "emission.recorded_rule", timeMs: endMs },
      found: recordedRao,
      allowed: "0 rao",
      hint: "The recording was not made under this rule; leave emission.recorded_rule out, or name the rule it was made under.",
    });
  }

  private noteUnseated(position: number, recordedRao: number): void {
    this.unseated.rao.add(recordedRao);
    this.unseated.positions.add(position);
  }

  /** The miners' pot of the epoch by blocks, at least what is recorded. */
  private wholePot(subnet: Subnet, endMs: number, minersRao: number): number {
    const perBlock = this.configuration.emission.outside?.minerPotRaoPerBlock ?? 0;
    const block = endBlock(subnet, endMs);
    const blocks =
      subnet.epochEndBlock >= 0 && block >= 0 ? block - subnet.epochEndBlock : floor((endMs - subnet.epochEndMs) / BLOCK_MS + 0.5);
    const potRao = floor(perBlock * blocks);
    if (potRao >= minersRao) return potRao;
    this.potExceeded += 1;
    return minersRao;
  }

  /**
   * Where no factor moves anything, the recording itself is the division in proportion to the recording; sharing it
   * anew through quotas could only add rounding.
   */
  private sharesAreRecorded(subnet: Subnet, miners: number): boolean {
    if (this.world.streamWeights.isGiven || this.recordedMultipliers !== null) return false;
    if (this.appliesStages) return false;
    const { group } = subnet;
    for (let k = 0; k < miners; k++) {
      if (this.factor[k] !== 1) return false;
      if (this.base[k] !== group.amountRao[this.order[k]]) return false;
      if (this.base[k] > 0 !== this.final[k] > 0) return false;
    }
    return true;
  }

  private sumOfMiners(miners: number): number {
    let sum = 0;
    for (let k = 0; k < miners; k++) sum += this.base[k];
    return sum;
  }

  /** Takes the epoch into the figures of the run: in shadow mode by the shares that there would have been. */
  private takeMetrics(subnet: Subnet, miners: number, potRao: number, endMs: number): void {
    const { vesting } = this.configuration;
    const { base, baseSum, member, evidence } = this;
    let { final, allocated } = this;
    if (this.stages !== null) {
      final = this.staged;
      allocated = this.stagedAllocates(miners);
    } else if (vesting.mode === "shadow") {
      final = this.shares;
      allocated = applyMultipliers(base, this.shown, miners + 1, vesting.redistribution, final, this.reaches);
    }
    const { netuid } = subnet.configuration;
    this.metrics.take({
      netuid,
      endMs,
      potRao,
      count: this.stages === null ? miners + 1 : miners + 1 + REST_ROWS.length,
      base,
      baseSum,
      final,
      allocated,
      member,
      members: subnet.positionCount,
      evidence,
    });
  }

  private reserve(rows: number): void {
    if (rows < this.base.length) return;
    const length = rows * 2;
    this.order = new Int32Array(length);
    this.base = new Float64Array(length);
    this.factor = new Float64Array(length);
    this.final = new Float64Array(length);
    this.shown = new Float64Array(length);
    this.member = new Int32Array(length);
    this.uid = new Int32Array(length);
    this.staged = new Float64Array(length);
    this.paid = new Float64Array(length);
    this.shares = new Float64Array(length);
  }
}

/** Block of the mark that ends an epoch, or of the emission that was paid at its very end; -1: there is none, or it is not known. */
function endBlock({ group, markBlock }: Subnet, endMs: number): number {
  if (markBlock >= 0) return markBlock;
  if (group.instantMs !== endMs || group.count === 0) return -1;
  let block = group.block[0];
  if (group.manyBlocks) for (let row = 1; row < group.count; row++) if (group.block[row] > block) block = group.block[row];
  return block;
}

function potTooLarge(subnet: Subnet, timeMs: number, found: number): TenureError {
  return new TenureError({
    code: "TEN-LEDGER-005",
    what: `The emission of one epoch on netuid ${subnet.configuration.netuid} is more than can be shared exactly.`,
    place: { timeMs },
    found,
    allowed: `at most ${MAX_RAO} rao an epoch`,
    hint: "Check the amounts: they are rao, not tokens.",
  });
}
