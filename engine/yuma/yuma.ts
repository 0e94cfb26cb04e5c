import { max, min, trunc } from "../kernel/math.js";
import { BOND_MARKETS, type BondMarket, type BondTrade } from "./bonds/index.js";
import { EPSILON, shareOf } from "./epsilon.js";
import { LiquidAlpha } from "./liquid-alpha.js";
import { NeededStake } from "./needed-stake.js";
import { SupportedWeight } from "./supported-weight.js";
import type { YumaConfiguration } from "./yuma-configuration.js";
import { type YumaState, yumaBegins } from "./yuma-state.js";

/** Steps of the grid of consensus, as the chain stores weights. */
const GRID = 65_535;

/** What some epochs are computed otherwise than their formulas say. */
export interface YumaExceptions {
  /** With winner takes all, and where nobody has any rank, all share the incentive, as in the public simulator. Otherwise nobody has any. */
  readonly winnersOfNothing: boolean;
}

/**
 * Yuma consensus in double precision, as the public simulator has it (docs/explanation/yuma.md): what validators set is clipped to what
 * a part `kappa` of the stake supports; miners earn by what is left, validators by their bonds to them. Nothing is allocated in an epoch.
 */
export class Yuma {
  readonly validators: number;
  readonly miners: number;
  readonly state: YumaState;
  /** By pair, at `miner * validators + validator`: weights of the sum 1 a validator, and what of them counts. */
  readonly weights: Float64Array;
  readonly clipped: Float64Array;
  /** By miner: mean weight by stake; the supported weight; the same of the sum 1 on the grid; mean of what counts; its share. */
  readonly prerank: Float64Array;
  readonly consensusRaw: Float64Array;
  readonly consensus: Float64Array;
  readonly rank: Float64Array;
  /** Of the sum 1; all 0 where nothing that anybody set has support. */
  readonly incentive: Float64Array;
  /** Rank over prerank; 0 where nobody set anything. */
  readonly minerTrust: Float64Array;
  /** By validator: what of its weights counts, 0..1. */
  readonly validatorTrust: Float64Array;
  /** By validator: of the sum 1 or little less; all 0 where nobody has bonds that pay. */
  readonly dividends: Float64Array;
  /** By validator, of the sum 1; all 0 where nobody has any. */
  readonly stake: Float64Array;
  readonly #needed: NeededStake;
  readonly #supported: SupportedWeight;
  readonly #trade: BondTrade;
  readonly #market: BondMarket;
  readonly #liquidAlpha: LiquidAlpha | null;
  readonly #mixed: Float64Array;

  /** @param state of the epochs before, which goes on in this; left out: there were none */
  constructor(
    private readonly configuration: YumaConfiguration,
    validators: number,
    miners: number,
    state: YumaState = yumaBegins(validators, miners),
    private readonly exceptions: YumaExceptions = { winnersOfNothing: false },
  ) {
    const pairs = validators * miners;
    this.validators = validators;
    this.miners = miners;
    this.state = state;
    this.weights = new Float64Array(pairs);
    this.clipped = new Float64Array(pairs);
    this.prerank = new Float64Array(miners);
    this.consensusRaw = new Float64Array(miners);
    this.consensus = new Float64Array(miners);
    this.rank = new Float64Array(miners);
    this.incentive = new Float64Array(miners);
    this.minerTrust = new Float64Array(miners);
    this.validatorTrust = new Float64Array(validators);
    this.dividends = new Float64Array(validators);
    this.stake = new Float64Array(validators);
    this.#mixed = new Float64Array(miners);
    this.#needed = new NeededStake(configuration.kappa);
    this.#supported = new SupportedWeight(validators);
    this.#market = BOND_MARKETS[configuration.version];
    this.#liquidAlpha = configuration.liquidAlpha === null ? null : new LiquidAlpha(configuration.liquidAlpha);
    this.#trade = {
      validators,
      miners,
      configuration,
      stake: this.stake,
      weights: this.weights,
      clipped: this.clipped,
      liquidAlpha: null,
      setWeights: this.weights,
      liquidConsensus: this.consensus,
      isFirst: true,
      bonds: state.bonds,
      incentive: this.incentive,
      bought: new Float64Array(validators),
      dividends: this.dividends,
    };
  }

  /**
   * Computes an epoch.
   * @param stakes by validator, each finite and 0 or more
   * @param set what validators set, relative to each other, each finite and 0 or more: at `validator * miners + miner`
   */
  epoch(stakes: ArrayLike<number>, set: ArrayLike<number>): void {
    const { state } = this;
    const total = this.#takeStakes(stakes);
    this.#takeWeights(set);
    this.#agree(stakes, total);
    // The weights of the epoch before are what yuma2b counts; in the first epoch they are this one's.
    const counted = this.configuration.version === "yuma2b" && state.epochs > 0 ? state.weights : this.weights;
    this.#clip(counted);
    this.#rank();
    this.#tradeBonds(counted);
    state.weights.set(this.weights);
    state.consensus.set(this.consensus);
    state.epochs += 1;
  }

  #takeStakes(stakes: ArrayLike<number>): number {
    let total = 0;
    for (let i = 0; i < this.validators; i++) total += stakes[i];
    for (let i = 0; i < this.validators; i++) this.stake[i] = shareOf(stakes[i], total);
    return total;
  }

  #takeWeights(set: ArrayLike<number>): void {
    const { validators, miners, weights } = this;
    for (let i = 0, at = 0; i < validators; i++) {
      let sum = 0;
      for (let j = 0; j < miners; j++) sum += set[at + j];
      sum += EPSILON;
      for (let j = 0, pair = i; j < miners; j++, at++, pair += validators) weights[pair] = set[at] / sum;
    }
  }

  #agree(stakes: ArrayLike<number>, total: number): void {
    const { miners, validators, consensusRaw, consensus, weights, stake, prerank } = this;
    const supported = this.#supported;
    const needed = this.#needed.of(stakes, total);
    let sum = 0;
    for (let j = 0, first = 0; j < miners; j++, first += validators) {
      let mean = 0;
      for (let i = 0; i < validators; i++) mean += stake[i] * weights[first + i];
      prerank[j] = mean;
      const raw = mean === 0 ? 0 : supported.of(needed, stakes, weights, first);
      consensusRaw[j] = raw;
      sum += raw;
    }
    for (let j = 0; j < miners; j++) consensus[j] = sum === 0 ? 0 : trunc((consensusRaw[j] / sum) * GRID) / GRID;
  }

  #clip(counted: Float64Array): void {
    const { miners, validators, consensus, clipped, validatorTrust, stake, rank, weights } = this;
    validatorTrust.fill(0);
    for (let j = 0, pair = 0; j < miners; j++) {
      const agreed = consensus[j];
      let mean = 0;
      for (let i = 0; i < validators; i++, pair++) {
        const weight = min(counted[pair], agreed);
        clipped[pair] = weight;
        mean += stake[i] * weight;
        validatorTrust[i] += weight;
      }
      rank[j] = mean;
    }
    const set = this.#trade.bought.fill(0);
    for (let j = 0, pair = 0; j < miners; j++) for (let i = 0; i < validators; i++, pair++) set[i] += weights[pair];
    for (let i = 0; i < validators; i++) validatorTrust[i] = shareOf(validatorTrust[i], set[i]);
  }

  #rank(): void {
    const { miners, rank, prerank, incentive, minerTrust } = this;
    let sum = 0;
    let highest = 0;
    for (let j = 0; j < miners; j++) {
      sum += rank[j];
      highest = max(highest, rank[j]);
      minerTrust[j] = shareOf(rank[j], prerank[j]);
    }
    if (!this.configuration.winnerTakesAll) {
      for (let j = 0; j < miners; j++) incentive[j] = shareOf(rank[j], sum);
      return;
    }
    let winners = 0;
    for (let j = 0; j < miners; j++) if (rank[j] === highest) winners += 1;
    const isWon = highest > 0 || this.exceptions.winnersOfNothing;
    for (let j = 0; j < miners; j++) incentive[j] = isWon && rank[j] === highest ? 1 / winners : 0;
  }

  #tradeBonds(counted: Float64Array): void {
    const { validators, dividends, state } = this;
    const trade = this.#trade;
    trade.weights = counted;
    trade.isFirst = state.epochs === 0;
    trade.liquidAlpha = trade.isFirst ? null : this.#liquidAlpha;
    trade.liquidConsensus = this.#liquidConsensus();
    dividends.fill(0);
    this.#market(trade);
    let sum = EPSILON;
    for (let i = 0; i < validators; i++) sum += dividends[i];
    for (let i = 0; i < validators; i++) dividends[i] /= sum;
  }

  #liquidConsensus(): Float64Array {
    const { liquidAlpha, version } = this.configuration;
    if (liquidAlpha === null || version !== "yuma3" || liquidAlpha.consensus === "current") return this.consensus;
    if (liquidAlpha.consensus === "previous") return this.state.consensus;
    for (let j = 0; j < this.miners; j++) this.#mixed[j] = max(this.consensus[j], this.state.consensus[j]);
    return this.#mixed;
  }
}
