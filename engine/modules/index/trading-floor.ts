import { PARTICIPANT_STRATEGIES, type Participant } from "../../agents/participants/index.js";
import { inventoryRatio, MarketObservation } from "../../agents/participants/market-observation.js";
import { NoiseTraders } from "../../agents/participants/noise/noise-traders.js";
import type { ParticipantOrder } from "../../agents/participants/order.js";
import { executeOrder, observe, type Venue } from "../../agents/participants/order-execution.js";
import type { ParticipantCosts } from "../../agents/participants/participant-costs.js";
import { ParticipantMetrics } from "../../agents/participants/participant-metrics.js";
import type { AntiGamingMonitor } from "../../anti-gaming/index.js";
import type { Subnet } from "../../books/subnet.js";
import type { RandomStream } from "../../kernel/random.js";
import type { Trade } from "../../market/token-market.js";
import type { VolumeTracker } from "../../rewards/volume-tracker.js";
import type { IndexSubnetConfiguration } from "./configuration.js";
import type { IndexRecords } from "./index-records.js";
import type { Members } from "./members.js";
import type { IndexTotals } from "./totals.js";

export interface TradingSurroundings {
  readonly venue: Venue;
  readonly subnet: Subnet;
  readonly tracker: VolumeTracker;
  readonly monitor: AntiGamingMonitor;
  readonly records: IndexRecords;
  readonly totals: IndexTotals;
  readonly random: (name: string) => RandomStream;
  /** Account of each participant, and of each noise trader. */
  readonly participantAccounts: readonly number[];
  readonly noiseAccounts: readonly number[];
  /** Number of the first noise trader in the table `participants`. */
  readonly firstNoiseTrader: number;
}

/** A participant at work: who decides for it, what acting costs it, and what became of it. */
interface Trading {
  readonly agent: Participant;
  readonly costs: ParticipantCosts;
  readonly metrics: ParticipantMetrics;
}

/** Everybody who trades, one after the other in a fixed order: noise traders, then participants. */
export class TradingFloor {
  readonly participants: readonly Trading[];
  readonly #noise: NoiseTraders | null;
  readonly #seen = new MarketObservation();
  #timeMs = 0;

  constructor(
    configuration: IndexSubnetConfiguration,
    members: Members,
    private readonly around: TradingSurroundings,
  ) {
    const { random, venue, noiseAccounts } = around;
    this.participants = members.participants.map(({ name, configuration }) => {
      const { strategy, transactionCostRao, basketCost } = configuration;
      const costs = { transactionCostRao, basketCost };
      const metrics = new ParticipantMetrics();
      const means = { costs, random: random(`index/${name}/decisions`), metrics };
      return { agent: PARTICIPANT_STRATEGIES[strategy].bind(configuration as never, means), costs, metrics };
    });
    const noise = configuration.market.kind === "pool" ? configuration.market.noiseTraders : null;
    const draws = members.noiseTraders.map(({ name }) => random(`index/${name}/trades`));
    this.#noise = noise === null ? null : new NoiseTraders(noise.configuration, venue.accounts, noiseAccounts, draws);
  }

  /** Lets everyone act once on what the market is at this instant. */
  act(timeMs: number): void {
    this.#timeMs = timeMs;
    const { venue, participantAccounts } = this.around;
    this.#noise?.act(venue.market, this.#noiseTrade);
    for (let participant = 0; participant < this.participants.length; participant++) {
      observe(venue, participantAccounts[participant], timeMs, this.#seen);
      const { agent, metrics } = this.participants[participant];
      metrics.seeInventory(inventoryRatio(this.#seen));
      const order = agent.decide(this.#seen);
      if (order !== null) this.#execute(participant, order, timeMs);
    }
  }

  #execute(participant: number, order: ParticipantOrder, timeMs: number): void {
    const { venue, participantAccounts, tracker, monitor, records, totals, subnet } = this.around;
    const { agent, costs, metrics } = this.participants[participant];
    const outcome = executeOrder(venue, participantAccounts[participant], order, costs, timeMs);
    metrics.settle(outcome);
    agent.settle?.(outcome);
    totals.order(outcome, costs.transactionCostRao);
    records.order(subnet.epoch + 1, participant, outcome);
    if (!outcome.done) return;
    // Agents decide after the boundary of their own instant, so what they do belongs to the window that begins with it.
    tracker.record(participant, timeMs + 1, order.side, outcome.valueRao);
    monitor.operation(participant, timeMs, order.side, outcome.valueRao);
    const { trade } = outcome;
    if (trade !== null) monitor.trade(participant, timeMs, trade.side, trade.side === "buy" ? trade.paidRao : trade.receivedRao);
  }

  readonly #noiseTrade = (trader: number, trade: Trade): void => {
    const { totals, records, venue, subnet, firstNoiseTrader } = this.around;
    totals.noise(trade);
    records.noise(subnet.epoch + 1, this.#timeMs, firstNoiseTrader + trader, trade, venue.fund.navTaoPerToken());
  };
}
