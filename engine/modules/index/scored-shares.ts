import { ACCOUNT } from "../../books/accounts.js";
import type { Subnet } from "../../books/subnet.js";
import type { EpochSheet } from "../../epochs/epoch-sheet.js";
import type { EpochSource, RowPayer } from "../../epochs/epoch-source.js";
import { InvariantError } from "../../kernel/errors.js";
import { floor, max } from "../../kernel/math.js";
import { BLOCK_MS } from "../../kernel/time.js";
import { EpochDistributor, type EpochRewards } from "../../rewards/index.js";
import { ROLES } from "../../tables/streams.js";
import { RESIDUAL_ROWS, REST_ROWS } from "../../tables/vocabularies/rest-rows.js";
import type { EpochSurroundings } from "./epoch-surroundings.js";
import type { MinerScoring } from "./miner-scoring.js";
import { PayRecords } from "./pay-records.js";

const { EMISSION, BURN } = ACCOUNT;
const MINER = ROLES.indexOf("miner");
const VALIDATOR = ROLES.indexOf("validator");

/**
 * Epochs of an index subnet: rows are what participants, then validators, are entitled to of its emission, by scores, tiers and
 * pools (docs/explanation/rewards.md). Multipliers share anew what participants are entitled to; a list of stages shares the
 * base pool alone, by score, and tiers stay aside. Validators share their pool by the consensus of the epoch before, since
 * this epoch's comes after its pot.
 */
export class ScoredShares implements EpochSource {
  readonly shares = true;
  readonly cutsUnmultiplied = false;
  readonly dividesOut = false;
  readonly ruled: boolean;
  readonly pays: RowPayer;
  readonly distributor: EpochDistributor;
  /** Pay of each participant and validator over all epochs, for figures; a double, exact below 2^53. */
  readonly paidSoFar: Float64Array;
  /** 1: a validator took part in the latest consensus. */
  readonly inConsensus: Uint8Array;
  highestScore = 0;
  readonly #validatorStake: Float64Array;
  readonly #uid: Int32Array;
  readonly #member: Int32Array;
  readonly #records: PayRecords;
  /** Of the epoch that ended last. */
  #shared: EpochRewards | null = null;

  constructor(
    private readonly around: EpochSurroundings,
    private readonly scoring: MinerScoring,
  ) {
    const { world, configuration, stakes, participants, validators } = around;
    this.ruled = configuration.vestingMultipliers || world.configuration.stages !== null;
    this.pays = (row, endMs, paidRao, role) => stakes.pay(row, endMs, paidRao, role);
    this.distributor = new EpochDistributor(configuration.rewards, participants, validators);
    this.paidSoFar = new Float64Array(participants + validators);
    this.inConsensus = new Uint8Array(validators);
    this.#validatorStake = new Float64Array(validators);
    const { positions } = world;
    const { registry } = stakes.subnet;
    const of = stakes.positionOf.slice(0, participants);
    this.#uid = Int32Array.from(of, (position) => registry.seatOf(positions.hotkey[position])?.uid ?? -1);
    this.#member = Int32Array.from(of, (position) => positions.onSubnet[position]);
    const { tracker } = around;
    const minerOf = new Map([...this.#member].map((member, miner) => [member, miner]));
    stakes.subnet.volumeRaoOf = (member) => {
      const miner = minerOf.get(member);
      return miner === undefined ? 0 : tracker.mintRao[miner] + tracker.redeemRao[miner];
    };
    this.#records = new PayRecords(world, this.distributor.tiers, scoring, around);
  }

  /** How the epoch that ended last was shared. */
  get shared(): EpochRewards {
    if (this.#shared === null) throw new InvariantError("no epoch of the index subnet was shared");
    return this.#shared;
  }

  gather(subnet: Subnet, sheet: EpochSheet): void {
    const { stakes, participants, validators } = this.around;
    this.scoring.score(subnet.epoch, sheet.endMs);
    this.highestScore = this.#highestScore();
    for (let v = 0; v < validators; v++) this.#validatorStake[v] = stakes.ofHotkey(participants + v);
    const rewards = this.#entitle(subnet, sheet);
    this.#shared = rewards;
    const { group } = subnet;
    for (let miner = 0; miner < participants; miner++) {
      group.add(stakes.positionOf[miner], rewards.paidRao[miner], MINER, this.#uid[miner], -1);
    }
    for (let v = 0; v < validators; v++) group.add(stakes.positionOf[participants + v], rewards.validatorRao[v], VALIDATOR, -1, -1);
    sheet.room(group.count);
    sheet.seat(participants);
    this.#seat(sheet, rewards);
    sheet.recordedRao = rewards.potRao;
    sheet.asRecorded = true;
  }

  settle(sheet: EpochSheet): void {
    const { distributor, shared } = this;
    const { miners, paid, final } = sheet;
    for (let miner = 0; miner < miners; miner++) {
      shared.paidRao[miner] = paid[miner];
      if (sheet.listApplies) shared.baseRao[miner] = sheet.parts[miner];
    }
    shared.remain(sheet.listApplies ? "base" : "multipliers", null, "unallocated", sheet.unallocatedRao);
    distributor.settle(elsewhereRao(sheet));
    for (let miner = 0; miner < miners; miner++) {
      paid[miner] = shared.paidRao[miner];
      final[miner] = shared.weight[miner];
    }
    sheet.unallocatedRao = shared.remainingRao("unallocated");
  }

  closed(subnet: Subnet, sheet: EpochSheet): void {
    const { accounts, stakes, totals, unallocated, residualAccount, participants } = this.around;
    const { shared, paidSoFar } = this;
    for (let member = 0; member < paidSoFar.length; member++) {
      const paidRao = sheet.paid[member];
      paidSoFar[member] += paidRao;
      (member < participants ? totals.minersRao : totals.validatorsRao).add(paidRao);
    }
    for (const { destination, amountRao } of shared.remainders) {
      const burns = destination === "burn";
      accounts.transfer(stakes.alpha, EMISSION, burns ? BURN : unallocated, amountRao);
      (burns ? totals.burntRao : totals.unallocatedRao).add(amountRao);
    }
    if (sheet.listApplies) {
      for (const goesTo of RESIDUAL_ROWS) {
        const amountRao = restRao(sheet, goesTo);
        if (amountRao > 0) accounts.transfer(stakes.alpha, EMISSION, residualAccount[goesTo], amountRao);
      }
    }
    totals.potRao.add(shared.potRao);
    totals.elsewhereRao.add(elsewhereRao(sheet));
    this.#records.write(subnet.epoch, sheet, shared);
  }

  #highestScore(): number {
    const { scores, ranking } = this.scoring;
    let highest = 0;
    for (let k = 0; k < ranking.count; k++) highest = max(highest, scores.score[ranking.miners[k]]);
    return highest;
  }

  /** What everybody is entitled to of the emission of the blocks since the last epoch. */
  #entitle(subnet: Subnet, sheet: EpochSheet): EpochRewards {
    const { scores, ranking } = this.scoring;
    const blocks = floor(sheet.endMs / BLOCK_MS) - floor(subnet.epochEndMs / BLOCK_MS);
    const potRao = this.around.configuration.emission.potRaoPerBlock * blocks;
    const validators = { stakeRao: this.#validatorStake, inConsensus: this.inConsensus };
    const list = sheet.listApplies ? "applied" : sheet.listed ? "shadow" : "none";
    return this.distributor.entitle(potRao, scores, ranking, validators, list);
  }

  /** The participants' places, weights and pot. */
  #seat(sheet: EpochSheet, { paidRao, tierRao, baseWeight, basePotRao }: EpochRewards): void {
    let entitledRao = 0;
    let tiersRao = 0;
    for (let miner = 0; miner < sheet.miners; miner++) {
      sheet.row[miner] = miner;
      sheet.member[miner] = this.#member[miner];
      sheet.uid[miner] = this.#uid[miner];
      sheet.base[miner] = paidRao[miner];
      entitledRao += paidRao[miner];
      tiersRao += tierRao[miner];
    }
    sheet.baseSum = entitledRao;
    sheet.potRao = entitledRao;
    if (!sheet.listed) return;
    sheet.start = baseWeight;
    sheet.aside = tierRao;
    sheet.asideSumRao = tiersRao;
    sheet.potRao = basePotRao + tiersRao;
  }
}

/** What a list of stages sends to a row of `REST_ROWS`, rao. */
function restRao({ parts, miners }: EpochSheet, row: (typeof REST_ROWS)[number]): number {
  return parts[miners + 1 + REST_ROWS.indexOf(row)];
}

/** What it sends elsewhere than to miners, rao. */
function elsewhereRao(sheet: EpochSheet): number {
  let sum = 0;
  if (sheet.listApplies) for (const row of RESIDUAL_ROWS) sum += restRao(sheet, row);
  return sum;
}
