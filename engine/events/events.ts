import type { World } from "../books/world.js";
import type { StreamDescription } from "../configuration/stream-description.js";
import { CollateralEvents } from "./collateral-events.js";
import { type CompositionListener, EmissionRateEvents, IndexWeightEvents } from "./composition-events.js";
import { EmissionIntake, type PotIntake } from "./emission-intake.js";
import { EpochMarkEvents } from "./epoch-mark-events.js";
import type { EventHandlers } from "./event-handler.js";
import { ObligationEvents } from "./obligation-events.js";
import { PriceEvents, type PriceListener } from "./price-events.js";
import { RegistryEvents } from "./registry-events.js";
import { SimulatedSubnets } from "./row-refusals.js";
import { ScoreEvents } from "./score-events.js";
import { SnapshotEvents } from "./snapshot-events.js";
import { StakeEvents } from "./stake-events.js";
import { StakeFlows } from "./stake-flows.js";
import type { StreamCursor } from "./stream-cursor.js";
import { TaoPriceEvents } from "./tao-price-events.js";
import { ValidatorWeightEvents } from "./validator-weight-events.js";
import { WeightEvents } from "./weight-events.js";

/** Who is told of rows beside the world; what is left out is not asked for. */
export interface EventListeners {
  readonly prices?: PriceListener;
  readonly compositions?: CompositionListener;
  /** Subnets whose pay and balances are simulated, so that they may not be recorded. */
  readonly simulatedNetuids?: readonly number[];
  /** By netuid: who takes what simulated subnets are recorded to emit. */
  readonly pots?: ReadonlyMap<number, PotIntake>;
}

/** What the rows of each kind of stream do to the world. */
export class Events {
  readonly intake: EmissionIntake;
  readonly snapshots: SnapshotEvents;
  readonly prices: PriceEvents;
  readonly taoPrices: TaoPriceEvents;
  readonly marks: EpochMarkEvents;
  private readonly handlers: EventHandlers;

  constructor(world: World, streams: readonly StreamDescription[], listeners: readonly EventListeners[]) {
    const compositions = listeners.flatMap((one) => one.compositions ?? []);
    const flows = new StakeFlows(world);
    const stake = new StakeEvents(world, streams, flows);
    const simulated = new SimulatedSubnets(new Set(listeners.flatMap((one) => one.simulatedNetuids ?? [])));
    this.snapshots = new SnapshotEvents(world, flows, stake, simulated);
    const pots = new Map(listeners.flatMap((one) => [...(one.pots ?? [])]));
    this.intake = new EmissionIntake(world, streams, simulated, pots);
    this.prices = new PriceEvents(
      world,
      listeners.flatMap((one) => one.prices ?? []),
    );
    this.taoPrices = new TaoPriceEvents(world);
    this.marks = new EpochMarkEvents(world, simulated, new Set(pots.keys()));
    this.handlers = {
      stake,
      emission: this.intake,
      balances: this.snapshots,
      metagraph: this.snapshots,
      price: this.prices,
      registry: new RegistryEvents(world, stake),
      weights: new WeightEvents(world),
      validator_weights: new ValidatorWeightEvents(world),
      emission_rate: new EmissionRateEvents(compositions),
      index_weights: new IndexWeightEvents(compositions),
      epoch_marks: this.marks,
      collateral: new CollateralEvents(world),
      obligations: new ObligationEvents(world),
      scores: new ScoreEvents(world),
      tao_price: this.taoPrices,
    };
  }

  /** Takes the row that the cursor stands on, or more of its instant. */
  take(cursor: StreamCursor): void {
    this.handlers[cursor.kind].take(cursor);
  }
}
