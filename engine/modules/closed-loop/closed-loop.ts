import { memberNames } from "../../agents/amount-range.js";
import { ACCOUNT, ASSET } from "../../books/accounts.js";
import { checkAccounts, checkConservation } from "../../books/conservation.js";
import type { Subnet } from "../../books/subnet.js";
import type { World } from "../../books/world.js";
import type { Agreement } from "../../consensus/agreement.js";
import { ClippedWeights } from "../../consensus/clipped-weights.js";
import type { EpochClose } from "../../epochs/epoch-close.js";
import { YumaRecords } from "../../epochs/yuma-records.js";
import { InvariantError } from "../../kernel/errors.js";
import { floor } from "../../kernel/math.js";
import { PHASE_AGENTS, PHASE_EPOCHS, PHASE_RECORDING, RANK } from "../../kernel/order.js";
import { randomStreams } from "../../kernel/random.js";
import { BLOCK_MS } from "../../kernel/time.js";
import { AlphaMarket } from "./alpha-market.js";
import { SKILL_ITSELF } from "./base-weights.js";
import { ClosedLoopRecords, profitTao } from "./closed-loop-records.js";
import type { ClosedLoopConfiguration } from "./configuration.js";
import { Decisions } from "./decisions.js";
import { EmissionPot } from "./emission-pot.js";
import { KeyRing } from "./key-ring.js";
import type { Miner } from "./miner.js";
import { OrderExecution } from "./order-execution.js";
import { drawPopulation } from "./population.js";
import { RatedWeights } from "./rated-weights.js";
import { RecordedPot } from "./recorded-pot.js";
import { SaleOutlook } from "./sale-outlook.js";
import { SimulatedSeats } from "./seat-dealings.js";
import { Sight } from "./sight.js";
import { SkillShares } from "./skill-shares.js";
import type { SkilledMiner } from "./skilled-miner.js";
import { drawValidators } from "./validator.js";
import { byPriority, Wakes } from "./wakes.js";
import { YumaAgreement } from "./yuma-agreement.js";

const { TAO } = ASSET;

/**
 * A subnet whose miners decide for themselves (docs/explanation/closed-loop.md): its epochs end by the clock and share what it emits
 * by skill and the rule; then, in the phase of agents, everybody decides and acts through the market and the books.
 */
export class ClosedLoop {
  readonly subnet: Subnet;
  readonly alpha: AlphaMarket;
  readonly ring: KeyRing<SkilledMiner>;
  /** In the order of the scenario. */
  readonly miners: readonly SkilledMiner[];
  readonly decisions: Decisions;
  /** Prices at the times at which anybody decided, TAO an alpha; 0: there was none. */
  readonly prices = { first: 0, lowest: 0, highest: 0 };
  /** When a stream told the first of them, Unix ms; -1: none did. */
  firstToldMs = -1;
  /** How often miners were to decide before there was one. */
  looksWithoutPrice = 0;
  /** What the subnet is recorded to emit; null: it emits by a schedule. */
  readonly recordedPot: RecordedPot | null;
  /** Base weights, and what the rule made of them. */
  readonly source: SkillShares;
  /** What validators make of the work; null: there are none, and skill is the base weight. */
  readonly rated: RatedWeights | null;
  readonly #sight: Sight;
  readonly #records: ClosedLoopRecords;
  /** Who has begun, by priority. */
  readonly #active: SkilledMiner[] = [];
  /** Who has not, by when it arrives. */
  readonly #coming: SkilledMiner[];
  readonly #tempoMs: number;
  #nextCloseMs: number;

  constructor(
    private readonly world: World,
    private readonly close: EpochClose,
    readonly configuration: ClosedLoopConfiguration,
  ) {
    const { seed, replicate, startMs } = world.configuration;
    const random = randomStreams(seed, replicate);
    this.subnet = world.subnet(configuration.netuid);
    this.#tempoMs = this.subnet.configuration.tempoBlocks * BLOCK_MS;
    this.#nextCloseMs = startMs + this.#tempoMs;
    this.alpha = new AlphaMarket(configuration.market, world.accounts, this.subnet);
    this.ring = new KeyRing(world, this.subnet);
    this.miners = drawPopulation(configuration, world, random);
    const { emission } = configuration;
    this.recordedPot = emission.kind === "recorded" ? new RecordedPot((timeMs) => this.#planClose(timeMs)) : null;
    const pot = emission.kind === "recorded" ? (this.recordedPot as RecordedPot) : new EmissionPot(emission, startMs);
    const { validators, kappa, skill, miners: groups } = configuration;
    const { weights } = world.configuration;
    const yumaRecords = new YumaRecords(world.outputs, world.configuration.record.everyEpochs, close.trace);
    const names = validators.flatMap(memberNames);
    const agreementOf = (stakesRao: readonly number[]): Agreement =>
      weights === null || weights.from === "scores"
        ? new ClippedWeights(stakesRao, kappa)
        : new YumaAgreement(weights, stakesRao, (hotkeys, stakes, yuma, outcome) => {
            const miners = () => Array.from(hotkeys, (hotkey) => world.addresses.nameOf(hotkey));
            yumaRecords.write(this.subnet, yuma, outcome, () => ({ validators: names, miners: miners(), stakesRao: stakes }));
          });
    this.rated =
      validators.length === 0 ? null : new RatedWeights((seatAt) => drawValidators(configuration, world, random, seatAt), agreementOf);
    this.source = new SkillShares(
      this.ring,
      this.miners,
      pot,
      skill,
      this.rated ?? SKILL_ITSELF,
      groups.map(({ name }) => name),
    );
    const { ring, alpha } = this;
    const seats = new SimulatedSeats(world, ring, alpha, configuration.registrationCostRao);
    const execution = new OrderExecution(world, alpha, seats);
    this.#records = new ClosedLoopRecords(world, this.subnet, alpha);
    this.#sight = new Sight({ world, seats, alpha, outlook: new SaleOutlook(world) });
    const wakes = new Wakes(
      (timeMs, work) => this.#plan(timeMs, PHASE_AGENTS, work),
      (miners, timeMs) => {
        this.#look(timeMs, false);
        ring.refresh();
        this.decisions.decide(miners, timeMs);
      },
    );
    this.decisions = new Decisions(this.#sight, execution, this.#records, random("closed_loop/order"), (miner, timeMs) => {
      if (this.#mayWake(timeMs)) wakes.ask(miner, timeMs);
    });
    world.provenance.at("closed_loop", 0, -1, -1, -1);
    this.#coming = [...this.miners].sort((a, b) => a.arrivesMs - b.arrivesMs || a.number - b.number);
    this.#notePrice();
    this.#welcome(startMs, false);
  }

  /** Plans the end of the first epoch, if it is known. */
  start(): void {
    if (this.recordedPot === null) this.#planClose(this.#nextCloseMs);
  }

  /**
   * Checks that what was emitted is what miners were paid and the pool was given.
   * @throws InvariantError for books that do not add up
   */
  audit(): void {
    const { world, miners, alpha } = this;
    checkAccounts(world);
    const emitted = -BigInt(world.accounts.balanceRao(world.accounts.alpha(this.configuration.netuid), ACCOUNT.EMISSION));
    const given = miners.reduce((sum, { totals }) => sum + totals.paidRao.toBigInt(), BigInt(alpha.alphaInRao));
    if (emitted !== given) throw new InvariantError(`audit: ${emitted} rao of alpha were emitted and ${given} given`);
  }

  writeClosingTables(): void {
    this.#records.agents(this.miners, (miner) => this.profitTao(miner));
  }

  /** What a miner has gained since it began, TAO. */
  profitTao(miner: Miner): number {
    const { startPriceTao } = miner;
    const { priceTao } = this.alpha.market;
    return profitTao(this.world, miner, startPriceTao > 0 ? startPriceTao : this.prices.first, priceTao);
  }

  #planClose(endMs: number): void {
    this.world.agenda.plan(endMs, PHASE_EPOCHS, RANK.EPOCHS, this.configuration.netuid, () => this.#end(endMs));
  }

  #end(endMs: number): void {
    const { world, subnet, alpha, close } = this;
    world.provenance.at("closed_loop", 0, -1, -1, -1);
    alpha.settle();
    const fromMs = subnet.epochEndMs;
    close.close(subnet, endMs, this.source);
    alpha.emit(fromMs, endMs, this.source.burntShare);
    // Where epochs end as recorded, nobody knows the next: it is taken to be as long as the last.
    this.#nextCloseMs = endMs + (this.recordedPot === null ? this.#tempoMs : endMs - fromMs);
    this.#plan(endMs, PHASE_AGENTS, () => this.#act(endMs));
    this.#plan(endMs, PHASE_RECORDING, () => this.#records.pool(endMs));
    if (this.recordedPot === null) this.#planClose(this.#nextCloseMs);
  }

  /** An epoch has ended: who has come begins, and everybody decides. */
  #act(timeMs: number): void {
    const { world } = this;
    this.#look(timeMs, true);
    this.#welcome(timeMs, true);
    this.#registerAgain(timeMs);
    this.ring.refresh();
    this.decisions.decide(this.#active, timeMs);
    this.#notePrice();
    if (world.configuration.audit) checkConservation(world);
  }

  /** At the end of an epoch everybody decides anyway. */
  #mayWake(timeMs: number): boolean {
    const isClose = this.recordedPot === null && (timeMs - this.#nextCloseMs) % this.#tempoMs === 0;
    return timeMs > this.world.agenda.nowMs && !isClose;
  }

  #look(timeMs: number, isClose: boolean): void {
    this.world.provenance.at("closed_loop", 0, -1, -1, -1);
    this.alpha.settle();
    this.#notePrice();
    if (this.alpha.market.priceTao === 0) this.looksWithoutPrice += 1;
    const sight = this.#sight;
    sight.timeMs = timeMs;
    sight.epoch = this.subnet.epoch;
    sight.isClose = isClose;
    sight.lastCloseMs = this.subnet.epochEndMs;
    sight.nextCloseMs = this.#nextCloseMs;
  }

  /** Who has come by now begins; who comes later than the start pays for the registration, as everybody then does. */
  #welcome(timeMs: number, pays: boolean): void {
    let came = false;
    while (this.#coming.length > 0 && this.#coming[0].arrivesMs <= timeMs) {
      this.#begin(this.#coming.shift() as SkilledMiner, timeMs, pays);
      came = true;
    }
    if (came) this.#active.sort(byPriority);
  }

  #begin(miner: SkilledMiner, timeMs: number, pays: boolean): void {
    const { world, ring } = this;
    miner.hasBegun = true;
    miner.startPriceTao = this.alpha.market.priceTao;
    world.accounts.transfer(TAO, ACCOUNT.OUTSIDE_MARKET, miner.account, miner.taoStartRao);
    const keys = miner.startKeys;
    const part = floor(miner.stakeStartRao / keys);
    for (let i = 0; i < keys; i++) {
      const key = ring.make(miner);
      const stakeRao = i === 0 ? miner.stakeStartRao - part * (keys - 1) : part;
      world.holdings.depositActed(key.position, timeMs, stakeRao);
      if (!pays) ring.seat(miner, key, timeMs);
      else this.#register(miner, key.key, timeMs);
    }
    this.#active.push(miner);
  }

  #registerAgain(timeMs: number): void {
    this.ring.refresh();
    for (const miner of this.#active) {
      if (!miner.group.registersAgain || miner.keys.length === 0 || miner.keys.some(({ uid }) => uid >= 0)) continue;
      this.#register(miner, miner.keys[0].key, timeMs);
    }
  }

  /** Whoever runs short of the fee goes without a seat; it is written down as an order of its own. */
  #register(miner: SkilledMiner, key: number, timeMs: number): void {
    this.decisions.carryOut(miner, { kind: "register", key }, timeMs);
  }

  #notePrice(): void {
    const { prices } = this;
    const { priceTao } = this.alpha.market;
    if (priceTao === 0) return;
    if (prices.first === 0) {
      prices.first = priceTao;
      this.firstToldMs = this.subnet.toldPrices.lastMs;
    }
    if (prices.lowest === 0 || priceTao < prices.lowest) prices.lowest = priceTao;
    if (priceTao > prices.highest) prices.highest = priceTao;
  }

  #plan(timeMs: number, phase: number, work: () => void): void {
    this.world.agenda.plan(timeMs, phase, RANK.MINERS, this.configuration.netuid, work);
  }
}
