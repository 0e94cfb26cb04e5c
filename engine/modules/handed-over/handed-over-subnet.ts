import { bindMiner } from "../../agents/miners/index.js";
import { ACCOUNT, ASSET } from "../../books/accounts.js";
import { checkConservation } from "../../books/conservation.js";
import type { Subnet } from "../../books/subnet.js";
import type { World } from "../../books/world.js";
import type { EpochSheet } from "../../epochs/epoch-sheet.js";
import { TenureError } from "../../kernel/errors.js";
import { MAX_RAO } from "../../kernel/money.js";
import { PHASE_AGENTS, RANK } from "../../kernel/order.js";
import { randomStreams } from "../../kernel/random.js";
import { BLOCK_MS } from "../../kernel/time.js";
import type { Measurements } from "../../vesting/measurements.js";
import { AlphaMarket } from "../closed-loop/alpha-market.js";
import { ClosedLoopRecords } from "../closed-loop/closed-loop-records.js";
import { Decisions } from "../closed-loop/decisions.js";
import { KeyRing } from "../closed-loop/key-ring.js";
import type { Miner } from "../closed-loop/miner.js";
import { OrderExecution } from "../closed-loop/order-execution.js";
import { SaleOutlook } from "../closed-loop/sale-outlook.js";
import { showEpoch } from "../closed-loop/show-epoch.js";
import { Sight } from "../closed-loop/sight.js";
import { Wakes } from "../closed-loop/wakes.js";
import type { HandedOverConfiguration } from "./configuration.js";
import { HandedMiner } from "./handed-miner.js";
import { RecordedCourse } from "./recorded-course.js";
import { RecordedSeats } from "./recorded-seats.js";

const { TAO } = ASSET;

/**
 * A recorded subnet some of whose positions are handed over (docs/explanation/closed-loop.md): everybody else follows the recording, and
 * so does pay, as far as the emission mode has it; who decides does so in the phase of agents after each of its epochs.
 */
export class HandedOverSubnet {
  readonly alpha: AlphaMarket;
  readonly records: ClosedLoopRecords;
  readonly decisions: Decisions;
  /** The first price at a time at which anybody began or decided, TAO an alpha; 0: there was none. */
  firstPriceTao = 0;
  /** When a stream told it, Unix ms. */
  firstPriceMs = -1;
  readonly #miners: HandedMiner[] = [];
  readonly #ring: KeyRing<HandedMiner>;
  readonly #seats: RecordedSeats;
  readonly #sight: Sight;
  readonly #tempoMs: number | null;
  /** Where they end by the clock it is known, elsewhere taken to be as long after the last as that was after the one before. */
  #nextCloseMs: number;

  constructor(
    private readonly world: World,
    readonly subnet: Subnet,
  ) {
    const { seed, replicate, epochs } = world.configuration;
    const tempoMs = subnet.configuration.tempoBlocks * BLOCK_MS;
    this.#tempoMs = epochs === "tempo" ? tempoMs : null;
    this.#nextCloseMs = subnet.epochEndMs + tempoMs;
    this.alpha = new AlphaMarket({ kind: "prices" }, world.accounts, subnet);
    this.#ring = new KeyRing(world, subnet);
    const seats = new RecordedSeats(world, subnet);
    this.#seats = seats;
    const { alpha } = this;
    this.records = new ClosedLoopRecords(world, subnet, alpha);
    this.#sight = new Sight({ world, seats, alpha, outlook: new SaleOutlook(world) });
    const wakes = new Wakes(
      (timeMs, work) => this.#plan(timeMs, work),
      (miners, timeMs) => this.#act(miners, timeMs, false),
    );
    const order = randomStreams(seed, replicate)("handed_over/order");
    this.decisions = new Decisions(this.#sight, new OrderExecution(world, alpha, seats), this.records, order, (miner, timeMs) => {
      const isClose = this.#tempoMs !== null && (timeMs - this.#nextCloseMs) % this.#tempoMs === 0;
      if (timeMs > world.agenda.nowMs && !isClose) wakes.ask(miner, timeMs);
    });
  }

  /**
   * Positions are one's who decides, from now on.
   * @param positions one or more, of one owner
   * @param path of the entry in the scenario, dotted
   */
  handOver(handed: HandedOverConfiguration, positions: readonly number[], path: string): HandedMiner {
    const { world, alpha } = this;
    const { accounts, book, driven, configuration } = world;
    const { netuid, name, strategy, hotkeys, taoRao } = handed;
    const random = randomStreams(configuration.seed, configuration.replicate)(`handed_over/${name}/decisions`);
    const course = new RecordedCourse(alpha, world.agenda, (from, to) => this.#passOn(miner, from, to, path));
    const miner: HandedMiner = new HandedMiner(
      world.agents,
      handed,
      world.positions.coldkey[positions[0]],
      accounts.open(`handed_over/${netuid}/${name}`),
      bindMiner(strategy, { random, keys: hotkeys.length }),
      course,
    );
    world.agents += 1;
    alpha.settle();
    this.#notePrice();
    miner.hasBegun = true;
    miner.startPriceTao = alpha.market.priceTao;
    miner.taoStartRao = taoRao;
    accounts.transfer(TAO, ACCOUNT.OUTSIDE_MARKET, miner.account, taoRao);
    for (const position of positions) {
      this.#ring.adopt(miner, position);
      driven.drive(position, course);
      miner.begins(world, position);
      miner.stakeStartRao += book.totalOf(position);
    }
    miner.recordedStartRao = miner.recordedStakeRao(world);
    if (miner.stakeStartRao > MAX_RAO) throw tooLarge(miner, path);
    this.#miners.push(miner);
    return miner;
  }

  /** An epoch of the subnet has ended. */
  closed(sheet: EpochSheet, measured: Measurements): void {
    const { subnet } = this;
    const { endMs } = sheet;
    showEpoch(this.#ring, subnet, sheet, measured);
    this.#seats.show(measured);
    this.#nextCloseMs = endMs + (this.#tempoMs ?? endMs - subnet.epochEndMs);
    this.#plan(endMs, () => this.#act(this.#miners, endMs, true));
  }

  /** Prices of the end. */
  finish(): void {
    this.alpha.settle();
  }

  #act(miners: Miner[], timeMs: number, isClose: boolean): void {
    const { world, alpha, subnet } = this;
    world.provenance.at("handed_over", 0, -1, -1, -1);
    alpha.settle();
    this.#notePrice();
    const sight = this.#sight;
    sight.timeMs = timeMs;
    sight.epoch = subnet.epoch;
    sight.isClose = isClose;
    sight.lastCloseMs = subnet.epochEndMs;
    sight.nextCloseMs = this.#nextCloseMs;
    this.#ring.refresh();
    this.decisions.decide(miners, timeMs);
    if (world.configuration.audit) checkConservation(world);
  }

  #passOn(miner: HandedMiner, from: number, to: number, path: string): void {
    const { world } = this;
    if (this.#ring.ownerOf(to) !== undefined) {
      throw new TenureError({
        code: "TEN-LOOP-128",
        what: "A recorded swap of keys makes one position of two that are handed over.",
        place: { ...world.provenance.place(), path },
        found: `${world.positions.nameOf(from)} becomes ${world.positions.nameOf(to)}`,
        allowed: "positions that stay apart",
        hint: "Hand over one of them.",
      });
    }
    miner.ends(world, from);
    miner.begins(world, to);
    this.#ring.passOn(miner, from, to);
    world.driven.drive(to, miner.course);
  }

  #notePrice(): void {
    if (this.firstPriceTao > 0 || this.alpha.market.priceTao === 0) return;
    this.firstPriceTao = this.alpha.market.priceTao;
    this.firstPriceMs = this.subnet.toldPrices.lastMs;
  }

  #plan(timeMs: number, work: () => void): void {
    this.world.agenda.plan(timeMs, PHASE_AGENTS, RANK.MINERS, this.subnet.configuration.netuid, work);
  }
}

function tooLarge({ handed, stakeStartRao }: HandedMiner, path: string): TenureError {
  return new TenureError({
    code: "TEN-LOOP-127",
    what: "The positions that one decides for hold more together than can be counted exactly.",
    place: { path, timeMs: handed.fromMs },
    found: stakeStartRao,
    allowed: `at most ${MAX_RAO} rao (9.007 million tokens)`,
    hint: "Hand some of them over to somebody else: in an entry of their own.",
  });
}
