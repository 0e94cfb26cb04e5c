import type { Subnet } from "../../books/subnet.js";
import type { EpochSheet } from "../../epochs/epoch-sheet.js";
import type { EpochSource } from "../../epochs/epoch-source.js";
import { InvariantError } from "../../kernel/errors.js";
import { MAX_RAO } from "../../kernel/money.js";
import { PotSharing } from "../../kernel/pot.js";
import { ROLES } from "../../tables/streams.js";
import { REST_ROWS } from "../../tables/vocabularies/rest-rows.js";
import type { Measurements } from "../../vesting/measurements.js";
import type { BaseWeights } from "./base-weights.js";
import type { SkillConfiguration } from "./configuration.js";
import type { PotSource } from "./emission-pot.js";
import type { KeyRing } from "./key-ring.js";
import { MovedPay } from "./moved-pay.js";
import { showEpoch } from "./show-epoch.js";
import { type SkillStep, skillStep } from "./skill.js";
import type { SkilledMiner } from "./skilled-miner.js";

const MINER = ROLES.indexOf("miner");
const BURN = REST_ROWS.indexOf("burn");
const RECYCLE = REST_ROWS.indexOf("recycle");

/**
 * Epochs of a subnet whose miners decide for themselves: base weights are made of what the work is worth that is done on each seat, and
 * rows are what each would be paid by these alone.
 */
export class SkillShares implements EpochSource {
  readonly shares = true;
  readonly ruled = true;
  readonly cutsUnmultiplied = true;
  readonly dividesOut = false;
  readonly highestScore = null;
  readonly pays = null;
  /** Share of the last epoch's pay that was burned or recycled. */
  burntShare = 0;
  readonly moved: MovedPay;
  /** Sum over epochs of seats and the time that they were there, ms. */
  seatMs = 0;
  readonly #pot = new PotSharing();
  #entitled = new Float64Array(256);
  #stepMs = -1;
  #step: SkillStep = { kept: 1, spread: 0 };

  constructor(
    private readonly ring: KeyRing<SkilledMiner>,
    private readonly miners: readonly SkilledMiner[],
    private readonly emission: PotSource,
    private readonly skill: SkillConfiguration,
    private readonly weights: BaseWeights,
    groups: readonly string[],
  ) {
    this.moved = new MovedPay(groups);
  }

  gather(subnet: Subnet, sheet: EpochSheet): void {
    const { ring } = this;
    const step = this.#stepOf(sheet.endMs - subnet.epochEndMs);
    for (const miner of this.miners) if (miner.hasBegun) miner.skill.step(step);
    ring.refresh();
    const { seated } = ring;
    this.seatMs += seated.length * (sheet.endMs - subnet.epochEndMs);
    const potRao = this.emission.between(subnet.epochEndMs, sheet.endMs);
    if (potRao > MAX_RAO) throw new InvariantError(`a pot of ${potRao} rao`);
    const count = seated.length;
    sheet.room(count);
    sheet.seat(count);
    sheet.recordedRao = potRao;
    sheet.potRao = potRao;
    for (let k = 0; k < count; k++) {
      const { miner, key } = seated[k];
      sheet.base[k] = miner.skill.value * miner.workOf(key);
    }
    this.weights.weigh(seated, sheet.base.subarray(0, count));
    let sum = 0;
    for (let k = 0; k < count; k++) sum += sheet.base[k];
    sheet.baseSum = sum;
    this.#enterRows(subnet, sheet, potRao);
  }

  settle(): void {}

  closed(subnet: Subnet, sheet: EpochSheet, measured: Measurements): void {
    this.burntShare = sheet.listApplies ? sheet.final[sheet.miners + 1 + BURN] + sheet.final[sheet.miners + 1 + RECYCLE] : 0;
    const { moved } = this;
    const rows = showEpoch(this.ring, subnet, sheet, measured, ({ groupNumber }, entitledRao, paidRao) =>
      moved.take(groupNumber, entitledRao, paidRao),
    );
    moved.settle();
    if (rows !== sheet.miners) throw new InvariantError("a row of a subnet of agents is nobody's");
  }

  /** Epochs are mostly of one length. */
  #stepOf(stepMs: number): SkillStep {
    if (stepMs !== this.#stepMs) {
      this.#stepMs = stepMs;
      this.#step = skillStep(this.skill, stepMs);
    }
    return this.#step;
  }

  /** A row a seat, in the order of uids. */
  #enterRows({ group, configuration }: Subnet, sheet: EpochSheet, potRao: number): void {
    const { seated } = this.ring;
    const { miners: count, base, row, member, uid } = sheet;
    if (this.#entitled.length < count) this.#entitled = new Float64Array(2 * count);
    const entitled = this.#entitled;
    if (!this.#pot.share(potRao, base, count, entitled)) entitled.fill(0, 0, count);
    for (let k = 0; k < count; k++) {
      const { key } = seated[k];
      group.add(key.position, entitled[k], MINER, key.uid, -1);
      row[k] = k;
      member[k] = this.ring.memberOf(key);
      uid[k] = key.uid;
    }
    if (group.count !== count) throw new InvariantError(`subnet ${configuration.netuid} of agents has rows of others`);
  }
}
