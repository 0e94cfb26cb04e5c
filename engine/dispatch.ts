import type { StreamDescription } from "./configuration.js";
import { checkConservation, checkLedgers } from "./conservation.js";
import { ClockEpochs } from "./epochs/clock-epochs.js";
import { EmissionEpochs } from "./epochs/emission-epochs.js";
import { EmissionIntake, refuseAmount } from "./epochs/emission-intake.js";
import { InvariantError, TenureError } from "./errors.js";
import type { IndexSubnet } from "./index-subnet/index-subnet.js";
import { Agenda, type Scheduled } from "./kernel/agenda.js";
import type { StreamCursor } from "./kernel/stream-cursor.js";
import { END_OF_BLOCK } from "./ledger/attributed-streams.js";
import { Flows, type StakeEvent } from "./ledger/flows.js";
import { PairedMoves } from "./ledger/paired-moves.js";
import { PriceContradictions } from "./market/price-contradictions.js";
import { isRao } from "./money.js";
import { Snapshots } from "./registry/snapshots.js";
import { REGISTRY_ACTIONS } from "./tables/streams.js";
import { Instalments } from "./vesting/instalments.js";
import type { World } from "./world.js";

/** One dispatch by event kind: what each row of each stream does to the world, and what is due without a row. */
export class EventDispatch {
  readonly intake: EmissionIntake;
  readonly snapshots: Snapshots;
  /** Null: epochs end by emission. */
  readonly clock: ClockEpochs | null;
  readonly priceContradictions = new PriceContradictions();
  private readonly flows: Flows;
  private readonly pairs: PairedMoves;
  private readonly agenda: Agenda;

  constructor(
    private readonly world: World,
    streams: readonly StreamDescription[],
    private readonly index: IndexSubnet | null = null,
  ) {
    this.flows = new Flows(world);
    this.pairs = new PairedMoves(world, this.flows);
    this.snapshots = new Snapshots(world, this.flows);
    this.intake = new EmissionIntake(world, streams, (cursor, netuid) => this.refuseSimulated(cursor, netuid));
    const epochs = world.configuration.epochs === "tempo" ? new ClockEpochs(world, this.intake) : new EmissionEpochs(world, this.intake);
    this.clock = epochs instanceof ClockEpochs ? epochs : null;
    this.agenda = new Agenda([
      epochs,
      ...(index === null ? [] : [index]),
      ...(world.schedules === null ? [] : [new Instalments(world, world.schedules)]),
    ]);
  }

  /** Takes one row of any stream but emission. */
  row(cursor: StreamCursor): void {
    this.clock?.at(cursor.timeMs, cursor.phase);
    switch (cursor.kind) {
      case "stake":
        this.stake(cursor);
        return;
      case "registry":
        this.registry(cursor);
        return;
      case "price":
        this.price(cursor);
        return;
      case "weights":
        this.weight(cursor);
        return;
      case "balances":
      case "metagraph":
        this.refuseSimulated(cursor, cursor.columnsOf(cursor.kind).netuid[cursor.row]);
        this.pairs.release();
        this.snapshots.take(cursor);
        return;
      case "emission_rate":
        this.emissionRate(cursor);
        return;
      case "index_weights":
        this.indexWeight(cursor);
        return;
      case "emission":
        throw new InvariantError("emission rows are collected, not dispatched");
    }
  }

  /** Takes all emission rows of the current instant that the current chunk holds. */
  collectEmission(cursor: StreamCursor): void {
    this.pairs.release();
    this.clock?.at(cursor.timeMs, cursor.phase);
    this.intake.collect(cursor);
  }

  /** What is due before a stream row of the given time and phase; null: nothing is. */
  dueBefore(streamMs: number, phase: number): Scheduled | null {
    // Nothing more of the extrinsic can come; what was kept back is to be there when an epoch ends.
    this.pairs.releaseBefore(streamMs);
    return this.agenda.before(streamMs, phase);
  }

  runDue(due: Scheduled): void {
    this.pairs.release();
    due.run();
  }

  /** What was kept back is applied; called when the streams are at their end. */
  finish(): void {
    this.pairs.release();
    this.index?.finish();
    if (!this.world.configuration.audit) return;
    checkConservation(this.world);
    checkLedgers(this.world);
  }

  private stake(cursor: StreamCursor): void {
    const { world } = this;
    const { row } = cursor;
    const columns = cursor.columnsOf("stake");
    const block = columns.block[row];
    // Rows that attribution added stand at the end of their block and have no extrinsic of their own.
    const extrinsic = cursor.extrinsic === END_OF_BLOCK ? -1 : cursor.extrinsic;
    const eventIndex = cursor.extrinsic === END_OF_BLOCK ? -1 : cursor.event;
    const amountRao = columns.amountRao[row];
    if (!isRao(amountRao)) refuseAmount(cursor, row, block, amountRao);
    const event: StakeEvent = {
      timeMs: cursor.timeMs,
      action: columns.action[row],
      netuid: columns.netuid[row],
      hotkey: columns.hotkey[row],
      coldkey: columns.coldkey[row],
      amountRao,
      toNetuid: columns.toNetuid[row],
      toHotkey: columns.toHotkey[row],
      toColdkey: columns.toColdkey[row],
      toAmountRao: columns.toAmountRao[row],
    };
    if (!isRao(event.toAmountRao)) refuseAmount(cursor, row, block, event.toAmountRao);
    if (world.configuration.ledger.pairMoves) {
      const stream = cursor.description.name;
      if (this.pairs.take({ event, stream, row: cursor.before + row, block, extrinsic, eventIndex })) return;
    }
    world.at(cursor.description.name, cursor.before + row, block, extrinsic, eventIndex);
    this.flows.apply(event);
  }

  private registry(cursor: StreamCursor): void {
    this.pairs.release();
    const { world } = this;
    const { row, timeMs } = cursor;
    const columns = cursor.columnsOf("registry");
    const netuid = columns.netuid[row];
    const uid = columns.uid[row];
    const hotkey = columns.hotkey[row];
    const coldkey = columns.coldkey[row];
    world.at(cursor.description.name, cursor.before + row, columns.block[row], cursor.extrinsic, cursor.event);
    const subnet = world.subnet(netuid);
    subnet.seatsAreRecorded = true;
    switch (REGISTRY_ACTIONS[columns.action[row]]) {
      case "registered":
        world.recordSeats(subnet, subnet.registry.register(uid, hotkey, coldkey, timeMs, world.lastPay(subnet)), timeMs);
        return;
      case "deregistered": {
        const seat = subnet.registry.deregister(hotkey);
        if (seat !== undefined) world.recordSeat(subnet, seat, "deregistered", timeMs);
        return;
      }
      case "network_removed":
        for (const seat of [...subnet.registry.seats()]) {
          subnet.registry.deregister(seat.hotkey);
          world.recordSeat(subnet, seat, "deregistered", timeMs);
        }
        return;
      case "hotkey_swapped":
      case "coldkey_swapped": {
        // A stake row of the same swap may have passed the seat on already.
        const seat = subnet.registry.seatAt(uid);
        if (seat === undefined || (seat.hotkey === hotkey && seat.coldkey === coldkey)) return;
        const passed = subnet.registry.rekey(seat.hotkey, hotkey, coldkey);
        if (passed !== undefined) world.recordSeat(subnet, passed, "ownership", timeMs);
        return;
      }
    }
  }

  private price(cursor: StreamCursor): void {
    const columns = cursor.columnsOf("price");
    const netuid = columns.netuid[cursor.row];
    const price = columns.priceTaoPerAlpha[cursor.row];
    if (!(price > 0 && price < Number.POSITIVE_INFINITY)) {
      throw new TenureError({
        code: "TEN-MARKET-001",
        what: "A price is not a finite number above 0.",
        place: { stream: cursor.description.name, row: cursor.before + cursor.row },
        found: price,
        allowed: "finite and above 0",
      });
    }
    const { index } = this;
    this.priceContradictions.take(netuid, price, cursor.timeMs);
    const taken = index === null ? price : index.takePrice(netuid, price, cursor.timeMs, () => placeOf(cursor));
    if (taken > 0 && netuid >= 0) this.world.subnet(netuid).priceTaoPerAlpha = taken;
  }

  private emissionRate(cursor: StreamCursor): void {
    const { netuid, emissionRate } = cursor.columnsOf("emission_rate");
    const { row, timeMs } = cursor;
    this.index?.compositions.takeEmissionRate(timeMs, netuid[row], emissionRate[row], placeOf(cursor));
  }

  private indexWeight(cursor: StreamCursor): void {
    const { netuid, weight } = cursor.columnsOf("index_weights");
    this.index?.compositions.takePublished(cursor.timeMs, netuid[cursor.row], weight[cursor.row]);
  }

  /** What an index subnet pays is simulated: a recording of its pay or balances would be a second one. */
  private refuseSimulated(cursor: StreamCursor, netuid: number): void {
    if (this.index === null || netuid !== this.index.configuration.netuid) return;
    throw new TenureError({
      code: "TEN-INDEX-113",
      what: "A stream holds pay or balances of the index subnet, which are simulated.",
      place: placeOf(cursor),
      found: netuid,
      allowed: "price and stake rows of that netuid",
      hint: "Give the index another netuid, or leave the stream out.",
    });
  }

  private weight(cursor: StreamCursor): void {
    const { world } = this;
    const { row } = cursor;
    const columns = cursor.columnsOf("weights");
    const weight = columns.weight[row];
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
      throw new TenureError({
        code: "TEN-RULE-009",
        what: "A base weight is not a finite number of 0 or more.",
        place: { stream: cursor.description.name, row: cursor.before + row },
        found: weight,
        allowed: "finite, 0 or more",
      });
    }
    const position = world.position(columns.netuid[row], columns.hotkey[row], columns.coldkey[row]);
    world.settlement.streamWeights[position] = weight;
    world.settlement.hasStreamWeights = true;
  }
}

function placeOf(cursor: StreamCursor): { readonly stream: string; readonly row: number } {
  return { stream: cursor.description.name, row: cursor.before + cursor.row };
}
