import { AntiGamingMonitor } from "../../anti-gaming/index.js";
import { ACCOUNT, type Accounts, ASSET } from "../../books/accounts.js";
import { checkAccounts } from "../../books/conservation.js";
import type { World } from "../../books/world.js";
import { type SignatureScheme, Tribunal, ValidatorRoster } from "../../consensus/index.js";
import type { EpochClose } from "../../epochs/epoch-close.js";
import type { PriceListener } from "../../events/price-events.js";
import type { Planned } from "../../kernel/agenda.js";
import { InvariantError, type Place, TenureError } from "../../kernel/errors.js";
import { floor, min } from "../../kernel/math.js";
import { PHASE_AGENTS, PHASE_EPOCHS, PHASE_PRICES, PHASE_RECORDING, PHASE_VALIDATORS, RANK } from "../../kernel/order.js";
import { randomStreams } from "../../kernel/random.js";
import { ConstantProductPool } from "../../market/constant-product-pool.js";
import { auditFund } from "../../market/fund-audit.js";
import { IndexFund } from "../../market/index-fund.js";
import { PriceBook } from "../../market/price-book.js";
import type { TokenMarket } from "../../market/token-market.js";
import { ToldPriceMarket } from "../../market/told-price-market.js";
import { VolumeTracker } from "../../rewards/index.js";
import { locatedFault, RuleFault } from "../../rules/rule-fault.js";
import type { ResidualRow } from "../../tables/vocabularies/rest-rows.js";
import { CompositionSource } from "./composition-source.js";
import { INDEX_PRICE_NETUID, type IndexSubnetConfiguration } from "./configuration.js";
import { FundCalendar } from "./fund-calendar.js";
import { IndexEpochs } from "./index-epochs.js";
import { IndexRecords } from "./index-records.js";
import { drawMembers, type Members, ownersOf } from "./members.js";
import { premiumOf } from "./premium.js";
import { PremiumStatistics } from "./premium-statistics.js";
import { PriceIntake } from "./price-intake.js";
import { Stakes } from "./stakes.js";
import { IndexTotals } from "./totals.js";
import { TradingFloor } from "./trading-floor.js";

const { POOL, BURN, TREASURY } = ACCOUNT;
const { INDEX_TOKEN } = ASSET;
const NONE = Number.POSITIVE_INFINITY;
/** The most that the column `age_s` holds: 68 years. */
const LARGEST_AGE_S = 2_147_483_647;

/**
 * An index subnet in a run: takes prices, emission rates and compositions from the streams, and does by itself what is due
 * between them, phase by phase of `kernel/order.ts`: with all prices of an instant the fund is founded, pays its management
 * fee and is rebalanced; an epoch that ends then shares its pot; validators hand in and are judged; everyone trades; it is
 * written down.
 */
export class IndexSubnet implements PriceListener {
  readonly members: Members;
  readonly accounts: Accounts;
  readonly prices = new PriceBook();
  readonly fund: IndexFund;
  readonly market: TokenMarket;
  readonly stakes: Stakes;
  readonly floor: TradingFloor;
  readonly epochs: IndexEpochs;
  readonly tribunal: Tribunal;
  readonly premiums = new PremiumStatistics();
  readonly totals: IndexTotals;
  readonly compositions: CompositionSource;
  readonly intake: PriceIntake;
  readonly calendar: FundCalendar;
  readonly accountOf: readonly number[];
  readonly records: IndexRecords;
  readonly startMs: number;

  /** Instant whose prices are being taken; -1: none. */
  #sampleMs = -1;
  #boundaryMs: number;
  /** When NAV becomes stale if no price comes. */
  #staleMs = NONE;
  /** What is planned for the next instant in which something is due. */
  #planned: Planned | null = null;
  /** Of the sample, before anyone acted. */
  #stale = false;
  #premium = 0;
  /** Netuids there are prices of, where prices are written. */
  readonly #priced = new Set<number>();

  constructor(
    private readonly world: World,
    close: EpochClose,
    readonly configuration: IndexSubnetConfiguration,
    signatures: SignatureScheme,
  ) {
    const { seed, replicate, startMs } = world.configuration;
    this.startMs = startMs;
    this.accounts = world.accounts;
    const random = randomStreams(seed, replicate);
    const { accounts, prices } = this;
    this.members = drawMembers(configuration, random);
    const { participants, validators, noiseTraders } = this.members;
    this.fund = new IndexFund(configuration.fund, accounts, prices);
    const { market } = configuration;
    const recorded = market.kind === "recorded" ? new ToldPriceMarket(accounts, INDEX_TOKEN) : null;
    const pool = market.kind === "pool" ? new ConstantProductPool(accounts, POOL, INDEX_TOKEN, market.pool) : null;
    this.market = pool ?? (recorded as ToldPriceMarket);
    this.intake = new PriceIntake(configuration, prices, recorded);
    this.compositions = new CompositionSource(configuration);
    this.accountOf = [...participants, ...validators, ...noiseTraders].map(({ name }) => accounts.open(name));
    const founder = accounts.open("founder");
    const unallocated = accounts.open("unallocated");
    this.totals = new IndexTotals(configuration.rewards.tiers.length);
    this.records = new IndexRecords(world.outputs, participants.length);
    this.stakes = new Stakes(world, world.subnet(configuration.netuid));
    const tracker = new VolumeTracker(participants.length, configuration.rewards.activity);
    const monitor = new AntiGamingMonitor(configuration.antiGaming, ownersOf(this.members), startMs);
    this.#enterAll(monitor);
    const navRaoByBlock = new Map<number, number>();
    const roster = new ValidatorRoster(
      { validators: [...validators], colludingGroups: configuration.colludingGroups },
      participants.map(({ name }) => name),
      random,
      signatures,
    );
    this.tribunal = new Tribunal(configuration.consensus, roster.validators, {
      stakeRao: (validator) => this.stakes.ofHotkey(participants.length + validator),
      take: ({ validator, amountRao, destination }) => this.#slash(validator, amountRao, destination === "burn" ? BURN : TREASURY),
      trueNavRao: (block) => navRaoByBlock.get(block) ?? null,
      signatures,
    });
    const { fund, stakes, records, totals, compositions, members, accountOf } = this;
    this.calendar = new FundCalendar({
      configuration,
      startMs,
      accounts,
      prices,
      fund,
      market: this.market,
      pool,
      compositions,
      members,
      accountOf,
      founder,
      outputs: world.outputs,
      totals,
    });
    this.epochs = new IndexEpochs({
      world,
      close,
      configuration,
      accounts,
      fund,
      stakes,
      tracker,
      monitor,
      roster,
      tribunal: this.tribunal,
      records,
      totals,
      unallocated,
      residualAccount: residualAccounts(accounts, world.configuration.stages?.residual ?? null),
      navRaoByBlock,
      participants: participants.length,
      validators: validators.length,
      withdrawnShare: participants.map(({ withdrawnShare }) => withdrawnShare),
    });
    const firstNoiseTrader = participants.length + validators.length;
    this.floor = new TradingFloor(configuration, this.members, {
      venue: { accounts, prices, fund, market: this.market },
      subnet: stakes.subnet,
      tracker,
      monitor,
      records,
      totals,
      random,
      participantAccounts: this.accountOf.slice(0, participants.length),
      noiseAccounts: this.accountOf.slice(firstNoiseTrader),
      firstNoiseTrader,
    });
    this.#boundaryMs = startMs + configuration.epochMs;
  }

  /** Plans the end of the first epoch. */
  start(): void {
    this.#planInstant(this.#boundaryMs);
  }

  /**
   * Takes a price above 0 of a subnet, or of the token (`INDEX_PRICE_NETUID`).
   * @returns the price as it was taken, shocks included; 0: thrown away for a gap
   */
  takePrice(netuid: number, priceTao: number, timeMs: number, place: () => Place): number {
    if (this.#sampleMs === -1) {
      this.#sampleMs = timeMs;
      this.#planInstant(timeMs);
    }
    const taken = this.intake.take(netuid, priceTao, timeMs, place);
    if (taken > 0 && netuid >= 0 && this.world.outputs.tables.prices !== null) this.#priced.add(netuid);
    return taken;
  }

  /** Plans an instant in which something is due, unless an earlier one is planned. */
  #planInstant(timeMs: number): void {
    if (this.#planned !== null) {
      if (this.#planned.timeMs <= timeMs) return;
      this.world.agenda.cancel(this.#planned);
    }
    this.#planned = this.#plan(timeMs, PHASE_PRICES, () => this.#pricesComplete(timeMs));
  }

  /** Plans work, whose refusals name the instant. */
  #plan(timeMs: number, phase: number, work: () => void): Planned {
    return this.world.agenda.plan(timeMs, phase, RANK.INDEX, 0, () => {
      this.world.provenance.at("index", 0, -1, -1, -1);
      try {
        work();
      } catch (error) {
        if (error instanceof TenureError && error.place === undefined) throw new TenureError({ ...error, place: { timeMs } });
        throw error;
      }
    });
  }

  /** The run is at its end: the books are audited. */
  finish(): void {
    this.records.slashes(this.tribunal.heldRows());
    this.audit();
  }

  /**
   * Checks that nothing was made or lost but by the rules, in every asset and account.
   * @throws InvariantError naming the account or sum and both values
   */
  audit(): void {
    checkAccounts(this.world);
    auditFund(this.accounts, this.fund);
    const { potRao, minersRao, validatorsRao, burntRao, unallocatedRao, elsewhereRao } = this.totals;
    const shared = [minersRao, validatorsRao, burntRao, unallocatedRao, elsewhereRao].reduce((sum, part) => sum + part.toBigInt(), 0n);
    if (shared !== potRao.toBigInt()) throw new InvariantError(`audit: pots of ${potRao} rao were shared out as ${shared}`);
    const emitted = -BigInt(this.accounts.balanceRao(this.stakes.alpha, ACCOUNT.EMISSION));
    if (emitted !== potRao.toBigInt()) throw new InvariantError(`audit: ${emitted} rao were emitted and the pots are ${potRao}`);
  }

  /** The instant is over. */
  #planNext(timeMs: number): void {
    if (this.#sampleMs === timeMs) this.#sampleMs = -1;
    const oldestMs = this.fund.navPriceMs();
    const staleMs = oldestMs < 0 ? NONE : oldestMs + this.configuration.fund.staleAfterMs + 1;
    this.#staleMs = staleMs > timeMs ? staleMs : NONE;
    const sampleMs = this.#sampleMs === -1 ? NONE : this.#sampleMs;
    this.#planned = null;
    this.#planInstant(min(sampleMs, min(this.#boundaryMs, this.#staleMs)));
  }

  /** All prices of the instant are in: what is due with them, and what follows in the later phases. */
  #pricesComplete(timeMs: number): void {
    const isSample = this.#sampleMs === timeMs && timeMs >= this.startMs;
    if (isSample) this.calendar.pricesComplete(timeMs);
    else if (this.#staleMs === timeMs) this.#becomeStale(timeMs);
    if (this.#boundaryMs === timeMs) {
      this.#plan(timeMs, PHASE_EPOCHS, () => this.#share(timeMs));
      this.#plan(timeMs, PHASE_VALIDATORS, () => this.epochs.judge(timeMs));
      this.#plan(timeMs, PHASE_AGENTS, () => this.#endEpoch(timeMs));
    }
    if (isSample) {
      this.#plan(timeMs, PHASE_AGENTS, () => this.#trade(timeMs));
      this.#plan(timeMs, PHASE_RECORDING, () => this.#record(timeMs));
    }
    this.#plan(timeMs, PHASE_RECORDING, () => this.#planNext(timeMs));
  }

  /** @throws TenureError of a score of a plug-in that fails, with the miner, the subnet and the epoch */
  #share(timeMs: number): void {
    try {
      this.epochs.share(timeMs);
    } catch (error) {
      if (!(error instanceof RuleFault)) throw error;
      const { subnet, positionOf } = this.stakes;
      const hotkey = error.miner < 0 ? null : this.world.positions.hotkeyOf(positionOf[error.miner]);
      throw locatedFault(error, { hotkey, netuid: subnet.configuration.netuid, epoch: subnet.epoch, timeMs });
    }
  }

  /** After the validators were judged: who does not keep all of its pay withdraws. */
  #endEpoch(timeMs: number): void {
    this.epochs.withdraw(timeMs);
    this.#boundaryMs = timeMs + this.configuration.epochMs;
    if (this.world.configuration.audit) this.audit();
  }

  /** Everyone trades. */
  #trade(timeMs: number): void {
    const { totals, fund, market, premiums } = this;
    const stale = fund.isStale(timeMs);
    const nav = fund.navTaoPerToken();
    this.#stale = stale;
    this.#premium = premiumOf(market.priceTao, nav);
    if (stale) totals.staleSamples += 1;
    if (stale || !(nav > 0 && market.priceTao > 0)) premiums.skip();
    else premiums.take(timeMs, nav, market.priceTao);
    if (totals.foundedMs !== null) this.floor.act(timeMs);
  }

  #record(timeMs: number): void {
    const { totals, configuration } = this;
    const { tables } = this.world.outputs;
    const { pricesEverySamples, navEverySamples } = configuration.record;
    const sample = totals.samples;
    totals.samples += 1;
    if (tables.nav !== null && sample % navEverySamples === 0) this.#recordNav(timeMs, this.#premium, this.#stale);
    if (tables.prices !== null && sample % pricesEverySamples === 0) this.#recordPrices(timeMs);
  }

  #becomeStale(timeMs: number): void {
    this.totals.staleSpells += 1;
    this.premiums.skip();
    this.#recordNav(timeMs, premiumOf(this.market.priceTao, this.fund.navTaoPerToken()), true);
  }

  #slash(validator: number, amountRao: number, to: number): number {
    const takenRao = this.stakes.slash(this.members.participants.length + validator, this.#boundaryMs, amountRao, to);
    this.totals.slashedRao.add(takenRao);
    return takenRao;
  }

  #enterAll(monitor: AntiGamingMonitor): void {
    const { stakes, startMs, world } = this;
    const { participants, validators } = this.members;
    world.provenance.at("index", 0, -1, -1, -1);
    participants.forEach(({ name, owner }, i) => void stakes.enter(name, owner, this.accountOf[i], "miner", startMs));
    validators.forEach(({ name, stakeRao }, i) => {
      const member = participants.length + i;
      stakes.enter(name, name, this.accountOf[member], "validator", startMs);
      stakes.deposit(member, startMs, stakeRao);
    });
    stakes.listener = (member, timeMs, changeRao) => {
      if (changeRao > 0) monitor.stakeAdded(member, timeMs, changeRao);
      else monitor.stakeRemoved(member, timeMs, -changeRao);
    };
  }

  #recordNav(timeMs: number, premium: number, stale: boolean): void {
    const { fund, market } = this;
    const nav = fund.navTaoPerToken();
    this.world.outputs.tables.nav?.write({
      timeMs,
      navTao: nav,
      priceTao: market.priceTao,
      premium,
      premiumAfter: premiumOf(market.priceTao, nav),
      supplyRao: fund.supplyRao,
      cashRao: fund.cashRao,
      poolTaoRao: market.taoReserveRao,
      poolTokensRao: market.tokenReserveRao,
      stale,
    });
  }

  #recordPrices(timeMs: number): void {
    const { prices } = this.world.outputs.tables;
    const { priceTao } = this.market;
    if (priceTao > 0) prices?.write({ timeMs, netuid: INDEX_PRICE_NETUID, priceTao, ageS: 0 });
    for (const netuid of [...this.#priced].sort((a, b) => a - b)) {
      const ageS = min(LARGEST_AGE_S, floor((timeMs - this.prices.timeOf(netuid)) / 1_000));
      prices?.write({ timeMs, netuid, priceTao: this.prices.priceOf(netuid), ageS });
    }
  }
}

/** Accounts of what a list of stages sends elsewhere than to miners: those that only such a list pays are opened for it. */
function residualAccounts(accounts: Accounts, residual: ResidualRow | null): Readonly<Record<ResidualRow, number>> {
  const own = residual === "recycle" || residual === "owner" ? accounts.open(`residual ${residual}`) : BURN;
  return { burn: BURN, recycle: own, treasury: TREASURY, owner: own };
}
