import type { LedgerConfiguration } from "../configuration/ledger-configuration.js";
import type { HoldingRuleConfiguration } from "../configuration/rule-configuration.js";
import type { RunConfiguration } from "../configuration/run-configuration.js";
import { Agenda } from "../kernel/agenda.js";
import { ExactSum } from "../kernel/money.js";
import { EmptiedTranches } from "../ledger/emptied-tranches.js";
import type { LedgerListener, LedgerRules } from "../ledger/ledger.js";
import { writeHandOver, writeTranche } from "../ledger/tranche-rows.js";
import { TRANCHE } from "../ledger/tranche-store.js";
import type { AddressBook } from "../registry/addresses.js";
import { Positions } from "../registry/positions.js";
import { Registry, type Seat, type SeatChange } from "../registry/registry.js";
import type { Flow, RejectionCause, SeatChangeKind } from "../tables/results.js";
import { Outputs } from "./outputs.js";
import { Payroll } from "./payroll.js";
import { PositionBook } from "./position-book.js";
import { Schedules } from "./schedules.js";
import { StakeRows } from "./stake-rows.js";
import { StreamWeights } from "./stream-weights.js";
import { Subnet } from "./subnet.js";
import { Withdrawals } from "./withdrawals.js";

/** The state of a run: positions, subnets, ledgers, and the tables on their way out. */
export class World {
  readonly positions: Positions;
  readonly outputs: Outputs;
  readonly book: PositionBook;
  readonly payroll: Payroll;
  readonly streamWeights = new StreamWeights();
  readonly schedules: Schedules | null;
  readonly subnets = new Map<number, Subnet>();
  readonly agenda = new Agenda();
  /** Told of a subnet that is met for the first time, before anything happens on it. */
  onSubnet: ((subnet: Subnet) => void) | null = null;
  /** Told of every flow of a stake event, after it is booked. */
  onFlow: ((position: number, timeMs: number, flow: Flow, amountRao: number) => void) | null = null;
  readonly rejections: Record<RejectionCause, number> = { more_than_held: 0, nothing_held: 0, shortfall: 0 };
  /** What rows ask to be taken of positions, rejected or not. */
  readonly withdrawals = new Withdrawals();
  readonly stakeRows = new StakeRows();
  readonly inflowRao = new ExactSum();
  readonly outflowRao = new ExactSum();
  /** What transfers and moves brought beyond what their senders were known to hold; not in `inflowRao`. */
  readonly fromOutsideRao = new ExactSum();
  readonly unexplainedRao = new ExactSum();
  readonly roundingRao = new ExactSum();
  exits = 0;
  /** Role a position was last paid for, code of `ROLES`. */
  role = new Uint8Array(256);
  /** Owner group of a coldkey id; -1: none. */
  private readonly ownerGroups = new Map<number, number>();
  /** Event being processed, for provenance and errors. */
  private stream = "";
  private row = 0;
  block = -1;
  extrinsic = -1;
  event = -1;

  constructor(
    readonly configuration: RunConfiguration,
    readonly addresses: AddressBook,
  ) {
    this.positions = new Positions(addresses);
    this.outputs = new Outputs(configuration.record.tables);
    const { ledger, vesting, emission } = configuration;
    const redistribute = emission.mode === "redistribute";
    const { recordedRule } = emission;
    this.book = new PositionBook(
      ledgerRules(ledger, vesting),
      // A replay books both ledgers alike; the recorded one is there to be measured under another rule.
      redistribute ? emission.withdrawals : "absolute",
      redistribute || recordedRule !== null ? ledgerRules(ledger, recordedRule ?? vesting) : null,
      this.listener(),
      configuration.audit,
    );
    this.schedules = configuration.schedules === null ? null : new Schedules(configuration.schedules);
    this.payroll = new Payroll(this.book, this.outputs, this.schedules);
    ledger.ownerGroups.forEach((group, number) => {
      for (const coldkey of group) this.ownerGroups.set(addresses.intern(coldkey), number);
    });
  }

  /** The number of a position, new to the world where it was not met before. */
  position(netuid: number, hotkey: number, coldkey: number): number {
    const known = this.positions.count;
    const position = this.positions.of(netuid, hotkey, coldkey);
    if (position === known) this.welcome(position, netuid);
    return position;
  }

  subnet(netuid: number): Subnet {
    let subnet = this.subnets.get(netuid);
    if (subnet === undefined) {
      const named = this.configuration.subnets.find((candidate) => candidate.netuid === netuid);
      const configuration = named ?? { netuid, ...this.configuration.subnetDefaults };
      subnet = new Subnet(configuration, new Registry(configuration.capacity, configuration.immunityMs), this.configuration.startMs);
      this.subnets.set(netuid, subnet);
      this.onSubnet?.(subnet);
    }
    return subnet;
  }

  /** Are the two coldkeys one owner's? */
  sameOwner(coldkey: number, other: number): boolean {
    if (coldkey === other) return true;
    const group = this.ownerGroups.get(coldkey);
    return group !== undefined && group === this.ownerGroups.get(other);
  }

  /** Provenance of what follows: the row, and the event it stands for. */
  at(stream: string, row: number, block: number, extrinsic: number, event: number): void {
    this.stream = stream;
    this.row = row;
    this.block = block;
    this.extrinsic = extrinsic;
    this.event = event;
    this.book.at(block, extrinsic, event);
  }

  /** Where processing stands, for errors. */
  place(): { stream: string; row: number; block: number; extrinsic: number; event: number } {
    return { stream: this.stream, row: this.row, block: this.block, extrinsic: this.extrinsic, event: this.event };
  }

  /**
   * A position takes another's place whole, by a swap of keys: what is not stake yet goes along too - pay of an epoch that has not
   * ended, instalments that are due later, pay that prunes, and a base weight.
   */
  passOn(from: number, to: number): void {
    const subnet = this.subnet(this.positions.netuid[from]);
    subnet.group.passOn(from, to);
    this.schedules?.passOn(from, to);
    this.payroll.passOn(subnet.epoch, from, to);
    this.streamWeights.passOn(from, to);
    this.role[to] = this.role[from];
  }

  lastPay(subnet: Subnet): (seat: Seat) => number {
    return (seat) => this.payroll.lastPayOf(subnet.epoch, this.position(subnet.configuration.netuid, seat.hotkey, seat.coldkey));
  }

  recordSeats(subnet: Subnet, changes: readonly SeatChange[], timeMs: number): void {
    for (const { seat, change } of changes) this.recordSeat(subnet, seat, change, timeMs);
  }

  recordSeat(subnet: Subnet, seat: Seat, change: SeatChangeKind, timeMs: number): void {
    const { netuid } = subnet.configuration;
    const position = this.position(netuid, seat.hotkey, seat.coldkey);
    this.outputs.tables.registrations?.write({ timeMs, netuid, uid: seat.uid, position, change, block: this.block });
  }

  private welcome(position: number, netuid: number): void {
    const count = position + 1;
    this.book.ensurePositions(count);
    this.payroll.ensurePositions(count);
    this.streamWeights.ensurePositions(count);
    if (count > this.role.length) {
      const wider = new Uint8Array(this.role.length * 2);
      wider.set(this.role);
      this.role = wider;
    }
    const subnet = this.subnet(netuid);
    this.positions.onSubnet[position] = subnet.positionCount;
    subnet.addPosition(position);
  }

  private listener(): LedgerListener {
    const { outputs, rejections, withdrawals, positions } = this;
    const tranches = outputs.tables.tranches;
    const emptied = new EmptiedTranches();
    return {
      rejected: (position, timeMs, requestedRao, heldRao, takenRao) => {
        const cause: RejectionCause = takenRao > 0 ? "shortfall" : heldRao === 0 ? "nothing_held" : "more_than_held";
        rejections[cause] += 1;
        withdrawals.shortRao.add(requestedRao - takenRao);
        const { block, extrinsic, event } = this;
        outputs.tables.rejections?.write({ timeMs, position, cause, requestedRao, heldRao, block, extrinsic, event });
      },
      rounded: (position, timeMs, excessRao) => {
        this.roundingRao.add(excessRao);
        outputs.tables.unexplained?.write({ timeMs, position, kind: "rounding", amountRao: excessRao, block: this.block });
      },
      closed: (position, source, timeMs, cell, origin) => {
        const { store } = this.book.simulated;
        emptied.add(position, source, store.cells[cell + TRANCHE.RECEIVED]);
        if (tranches !== null) writeTranche(tranches, store, position, source, cell, origin, timeMs);
      },
      movedAll: (from, to, timeMs) => {
        const { block, extrinsic, event } = this;
        for (let source = 0; source < 2; source++) {
          for (const receivedRao of emptied.handOver(from, to, source)) {
            if (tranches !== null) writeHandOver(tranches, { from, to, source, timeMs, receivedRao, block, extrinsic, event });
          }
        }
      },
      reportsClosures: tranches !== null,
      describe: (position) => ({ name: positions.nameOf(position), place: this.place() }),
    };
  }
}

/** How a ledger books, and what it keeps for holdings to be measured under a rule. */
function ledgerRules(ledger: LedgerConfiguration, rule: HoldingRuleConfiguration): LedgerRules {
  return {
    withdrawalOrder: ledger.withdrawalOrder,
    equalTimes: ledger.equalTimes,
    onInvalid: ledger.onInvalid,
    basisAllStake: rule.retentionBasis === "all_stake",
    basisAfterMs: rule.startMs ?? -1,
    windowed: rule.retentionScope === "window",
    wholeDays: rule.rounding === "whole_days",
  };
}
