import type { StreamDescription } from "./configuration.js";
import { checkConservation, checkLedgers } from "./conservation.js";
import { InvariantError, TenureError } from "./errors.js";
import type { IndexSubnet } from "./index-subnet/index-subnet.js";
import { PHASE_EMISSION } from "./kernel/order.js";
import type { StreamCursor } from "./kernel/stream-cursor.js";
import { BLOCK_MS } from "./kernel/time.js";
import { END_OF_BLOCK } from "./ledger/attributed-streams.js";
import { Flows, type StakeEvent } from "./ledger/flows.js";
import { PairedMoves } from "./ledger/paired-moves.js";
import { isRao, MAX_RAO } from "./money.js";
import { Snapshots } from "./registry/snapshots.js";
import type { EmissionGroup, Subnet } from "./subnet.js";
import { REGISTRY_ACTIONS, ROLES } from "./tables/streams.js";
import type { World } from "./world.js";

const MINER = ROLES.indexOf("miner");
const NONE = Number.POSITIVE_INFINITY;

/** One dispatch by event kind: what each row of each stream does to the world, and what is due without a row. */
export class EventDispatch {
  /** Instant of the emission collected and not yet settled; -1: none. */
  pendingMs = -1;
  /** Instant of the row being taken. */
  private nowMs = 0;
  private readonly pending = new Set<Subnet>();
  private readonly flows: Flows;
  readonly snapshots: Snapshots;
  private readonly byTempo: boolean;
  private nextBoundary: { subnet: Subnet; timeMs: number } | null = null;
  private readonly pairs: PairedMoves;
  /** Positions that were paid as miners, seated where no registry stream seats anyone. */
  private seated = new Uint8Array(256);

  constructor(
    private readonly world: World,
    streams: readonly StreamDescription[],
    private readonly index: IndexSubnet | null = null,
  ) {
    this.flows = new Flows(world);
    this.pairs = new PairedMoves(world, this.flows);
    this.snapshots = new Snapshots(world, this.flows);
    this.byTempo = world.configuration.epochs === "tempo";
    this.recordedSeats = streams.some((stream) => stream.kind === "registry" || stream.kind === "metagraph");
    if (!this.byTempo) return;
    for (const subnet of world.configuration.subnets) this.world.subnet(subnet.netuid);
    world.onSubnet = (subnet) => this.catchUp(subnet);
  }

  private readonly recordedSeats: boolean;

  /** Takes one row of any stream but emission. */
  row(cursor: StreamCursor): void {
    this.nowMs = cursor.timeMs;
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
        if (this.index !== null) this.refuseSimulated(cursor, (cursor.columns[2] as Int32Array)[cursor.row]);
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

  /** Collects all rows of the current instant that the current chunk holds. */
  collectEmission(cursor: StreamCursor): void {
    this.pairs.release();
    const { world } = this;
    const timeMs = cursor.timeMs;
    this.nowMs = timeMs;
    this.pendingMs = timeMs;
    const columns = cursor.columns;
    const times = columns[0] as Float64Array;
    const blocks = columns[1] as Int32Array;
    const netuids = columns[2] as Int32Array;
    const hotkeys = columns[3] as Int32Array;
    const coldkeys = columns[4] as Int32Array;
    const uids = columns[5] as Int32Array;
    const roles = columns[6] as Uint8Array;
    const amounts = columns[7] as Float64Array;
    const rows = cursor.rows;
    let row = cursor.row;
    let subnet: Subnet | undefined;
    for (; row < rows && times[row] === timeMs; row++) {
      const amount = amounts[row];
      if (!isRao(amount)) this.refuseAmount(cursor, row, amount);
      if (amount === 0) continue;
      const netuid = netuids[row];
      if (subnet === undefined || subnet.configuration.netuid !== netuid) {
        if (this.index !== null) this.refuseSimulated(cursor, netuid);
        subnet = world.subnet(netuid);
        this.pending.add(subnet);
        subnet.groupBlock = blocks[row];
      }
      const position = world.position(netuid, hotkeys[row], coldkeys[row]);
      const role = roles[row];
      world.role[position] = role;
      if (role === MINER && !this.recordedSeats) this.seatImplicitly(subnet, position, uids[row], timeMs);
      let uid = uids[row];
      if (uid < 0) uid = subnet.registry.seatOf(hotkeys[row])?.uid ?? position;
      subnet.group.add(position, amount, role, uid);
    }
    cursor.row = row - 1;
    cursor.advance();
  }

  /** Settles what the instant paid: ends the epoch with it, or books it for an epoch that ends by the clock. */
  settlePending(): void {
    const { world } = this;
    const timeMs = this.pendingMs;
    this.pendingMs = -1;
    const subnets = [...this.pending].sort((a, b) => a.configuration.netuid - b.configuration.netuid);
    this.pending.clear();
    for (const subnet of subnets) {
      world.at("emission", 0, subnet.groupBlock, -1, -1);
      if (this.byTempo) this.bookInside(subnet, timeMs);
      else this.settle(subnet, timeMs, false);
    }
  }

  /** Time of what is due before a stream row of the given time and phase; -1: nothing is. */
  agendaBefore(streamMs: number, phase: number): number {
    const ledgerMs = this.ledgerAgendaBefore(streamMs, phase);
    if (this.index === null) return ledgerMs;
    // All phases of an index subnet come after the instalments and epochs of its instant.
    const indexMs = this.index.dueMs;
    this.indexIsNext = indexMs < streamMs && (ledgerMs === -1 || indexMs < ledgerMs);
    return this.indexIsNext ? indexMs : ledgerMs;
  }

  private indexIsNext = false;

  private ledgerAgendaBefore(streamMs: number, phase: number): number {
    // Nothing more of the extrinsic can come; what was kept back is to be there when an epoch ends.
    this.pairs.releaseBefore(streamMs);
    const dueMs = this.world.schedules?.nextDueMs ?? NONE;
    const boundary = this.byTempo ? this.boundary() : NONE;
    if (dueMs !== NONE && dueMs <= boundary && (dueMs < streamMs || (dueMs === streamMs && phase > PHASE_EMISSION))) return dueMs;
    if (boundary !== NONE && boundary < streamMs) return boundary;
    return -1;
  }

  runAgenda(timeMs: number): void {
    this.pairs.release();
    if (this.indexIsNext && this.index !== null) {
      this.index.run(timeMs);
      return;
    }
    if (this.world.schedules !== null && this.world.schedules.nextDueMs <= timeMs) {
      this.payInstalments(timeMs);
      return;
    }
    if (this.nextBoundary !== null) this.endByClock(this.nextBoundary.subnet, timeMs);
  }

  /** What was kept back is applied; called when the streams are at their end. */
  finish(lastMs: number): void {
    this.pairs.release();
    this.index?.finish(lastMs);
    if (!this.world.configuration.audit) return;
    checkConservation(this.world);
    checkLedgers(this.world);
  }

  private settle(subnet: Subnet, timeMs: number, booked: boolean): void {
    this.world.settlement.settle(subnet, timeMs, booked);
    if (this.world.configuration.audit) checkConservation(this.world);
  }

  private stake(cursor: StreamCursor): void {
    const { world } = this;
    const { columns, row } = cursor;
    const block = (columns[1] as Int32Array)[row];
    // Rows that attribution added stand at the end of their block and have no extrinsic of their own.
    const extrinsic = cursor.extrinsic === END_OF_BLOCK ? -1 : cursor.extrinsic;
    const eventIndex = cursor.extrinsic === END_OF_BLOCK ? -1 : cursor.event;
    const amountRao = (columns[8] as Float64Array)[row];
    if (!isRao(amountRao)) this.refuseAmount(cursor, row, amountRao);
    const event: StakeEvent = {
      timeMs: cursor.timeMs,
      action: (columns[4] as Uint8Array)[row],
      netuid: (columns[5] as Int32Array)[row],
      hotkey: (columns[6] as Int32Array)[row],
      coldkey: (columns[7] as Int32Array)[row],
      amountRao,
      toNetuid: (columns[9] as Int32Array)[row],
      toHotkey: (columns[10] as Int32Array)[row],
      toColdkey: (columns[11] as Int32Array)[row],
      toAmountRao: (columns[12] as Float64Array)[row],
    };
    if (!isRao(event.toAmountRao)) this.refuseAmount(cursor, row, event.toAmountRao);
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
    const { columns, row, timeMs } = cursor;
    const netuid = (columns[5] as Int32Array)[row];
    const uid = (columns[6] as Int32Array)[row];
    const hotkey = (columns[7] as Int32Array)[row];
    const coldkey = (columns[8] as Int32Array)[row];
    world.at(cursor.description.name, cursor.before + row, (columns[1] as Int32Array)[row], cursor.extrinsic, cursor.event);
    const subnet = world.subnet(netuid);
    subnet.seatsAreRecorded = true;
    switch (REGISTRY_ACTIONS[(columns[4] as Uint8Array)[row]]) {
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
    const netuid = (cursor.columns[2] as Int32Array)[cursor.row];
    const price = (cursor.columns[3] as Float64Array)[cursor.row];
    if (!(price > 0 && price < NONE)) {
      throw new TenureError({
        code: "TEN-MARKET-001",
        what: "A price is not a finite number above 0.",
        place: { stream: cursor.description.name, row: cursor.before + cursor.row },
        found: price,
        allowed: "finite and above 0",
      });
    }
    const { index } = this;
    const taken = index === null ? price : index.takePrice(netuid, price, cursor.timeMs, () => placeOf(cursor));
    if (taken > 0 && netuid >= 0) this.world.subnet(netuid).priceTaoPerAlpha = taken;
  }

  private emissionRate({ description, before, row, columns, timeMs }: StreamCursor): void {
    const place = { stream: description.name, row: before + row };
    this.index?.compositions.takeEmissionRate(timeMs, (columns[2] as Int32Array)[row], (columns[3] as Float64Array)[row], place);
  }

  private indexWeight({ row, columns, timeMs }: StreamCursor): void {
    this.index?.compositions.takePublished(timeMs, (columns[1] as Int32Array)[row], (columns[4] as Float64Array)[row]);
  }

  /** What an index subnet pays is simulated: a recording of its pay or balances would be a second one. */
  private refuseSimulated(cursor: StreamCursor, netuid: number): void {
    if (netuid !== this.index?.configuration.netuid) return;
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
    const { columns, row } = cursor;
    const weight = (columns[6] as Float64Array)[row];
    if (!(weight >= 0 && weight < NONE)) {
      throw new TenureError({
        code: "TEN-RULE-009",
        what: "A base weight is not a finite number of 0 or more.",
        place: { stream: cursor.description.name, row: cursor.before + row },
        found: weight,
        allowed: "finite, 0 or more",
      });
    }
    const position = world.position((columns[2] as Int32Array)[row], (columns[3] as Int32Array)[row], (columns[4] as Int32Array)[row]);
    world.settlement.streamWeights[position] = weight;
    world.settlement.hasStreamWeights = true;
  }

  /** Without a registry, who is paid as a miner counts as seated from then on. */
  private seatImplicitly(subnet: Subnet, position: number, uid: number, timeMs: number): void {
    if (position >= this.seated.length) {
      const wider = new Uint8Array(position * 2);
      wider.set(this.seated);
      this.seated = wider;
    }
    if (this.seated[position] === 1) return;
    this.seated[position] = 1;
    const { world } = this;
    const { hotkey, coldkey } = world.positions;
    const changes = subnet.registry.register(uid, hotkey[position], coldkey[position], timeMs, world.lastPay(subnet));
    world.recordSeats(subnet, changes, timeMs);
  }

  /** Emission inside an epoch that ends by the clock: booked at once, but for miners' pay that will be shared anew. */
  private bookInside(subnet: Subnet, timeMs: number): void {
    const { world } = this;
    const { group } = subnet;
    const first = this.collected.get(subnet) ?? 0;
    const redistribute = world.configuration.emission.mode === "redistribute";
    for (let i = first; i < group.count; i++) {
      if (redistribute && group.role[i] === MINER) continue;
      world.settlement.bookPay(subnet, group.position[i], timeMs, group.amountRao[i], group.amountRao[i], group.role[i]);
    }
    this.collected.set(subnet, group.count);
  }

  private readonly collected = new Map<Subnet, number>();

  private endByClock(subnet: Subnet, timeMs: number): void {
    this.world.at("epoch", 0, -1, -1, -1);
    sumByPosition(subnet.group);
    this.collected.delete(subnet);
    this.settle(subnet, timeMs, true);
    this.nextBoundary = null;
  }

  /** Ends the epochs that went by before the first event of a subnet; nobody held anything on it. */
  private catchUp(subnet: Subnet): void {
    const lengthMs = subnet.configuration.tempoBlocks * BLOCK_MS;
    while (subnet.epochEndMs + lengthMs < this.nowMs) this.world.settlement.settle(subnet, subnet.epochEndMs + lengthMs, true);
  }

  /** The earliest clock boundary of any subnet. */
  private boundary(): number {
    if (this.nextBoundary !== null && this.world.subnets.size === this.boundarySubnets) return this.nextBoundary.timeMs;
    this.nextBoundary = null;
    this.boundarySubnets = this.world.subnets.size;
    for (const subnet of this.world.subnets.values()) {
      const timeMs = subnet.epochEndMs + subnet.configuration.tempoBlocks * BLOCK_MS;
      if (this.nextBoundary === null || timeMs < this.nextBoundary.timeMs) this.nextBoundary = { subnet, timeMs };
    }
    return this.nextBoundary === null ? NONE : (this.nextBoundary as { timeMs: number }).timeMs;
  }

  private boundarySubnets = -1;

  private payInstalments(timeMs: number): void {
    const { world } = this;
    for (const { schedule, number, dueMs, amountRao } of world.schedules?.takeDue(timeMs) ?? []) {
      world.at("schedules", schedule.id, -1, -1, -1);
      const tranche = world.book.emission(schedule.position, dueMs, 0, amountRao);
      world.outputs.tables.payments?.push(schedule.id, number, dueMs, schedule.position, amountRao, tranche);
      if (amountRao > 0) world.noteEmission(schedule.position, dueMs, amountRao);
    }
  }

  private refuseAmount(cursor: StreamCursor, row: number, found: number): never {
    const block = (cursor.columns[1] as Int32Array)[row];
    throw new TenureError({
      code: "TEN-LEDGER-002",
      what: "An amount is not a whole number of rao in range.",
      place: { stream: cursor.description.name, row: cursor.before + row, block },
      found,
      allowed: `whole rao from 0 to ${MAX_RAO} (2^53 - 1)`,
      hint: "Amounts are integers of rao: 1 token is 1000000000.",
    });
  }
}

function placeOf(cursor: StreamCursor): { readonly stream: string; readonly row: number } {
  return { stream: cursor.description.name, row: cursor.before + cursor.row };
}

/** Joins rows of one position and role; the first row's place stays. */
function sumByPosition(group: EmissionGroup): void {
  const rows = new Map<number, number>();
  let kept = 0;
  for (let i = 0; i < group.count; i++) {
    const key = group.position[i] * ROLES.length + group.role[i];
    const row = rows.get(key);
    if (row !== undefined) {
      group.amountRao[row] += group.amountRao[i];
      continue;
    }
    rows.set(key, kept);
    group.position[kept] = group.position[i];
    group.amountRao[kept] = group.amountRao[i];
    group.role[kept] = group.role[i];
    group.uid[kept] = group.uid[i];
    kept += 1;
  }
  group.count = kept;
}
