import type { LedgerConfiguration } from "../configuration/ledger-configuration.js";
import type { HoldingRuleConfiguration } from "../configuration/rule-configuration.js";
import type { RunConfiguration } from "../configuration/run-configuration.js";
import { Agenda } from "../kernel/agenda.js";
import type { LedgerRules } from "../ledger/ledger.js";
import type { AddressBook } from "../registry/addresses.js";
import { Owners } from "../registry/owners.js";
import { Positions } from "../registry/positions.js";
import { Registry, type Seat, type SeatChange } from "../registry/registry.js";
import type { SeatChangeKind } from "../tables/results.js";
import { ROLES } from "../tables/streams.js";
import { Accounts } from "./accounts.js";
import type { BookSurroundings } from "./book-surroundings.js";
import { DrivenPositions } from "./driven-positions.js";
import { FlowTotals } from "./flow-totals.js";
import { Holdings } from "./holdings.js";
import { LedgerReports } from "./ledger-reports.js";
import { Outputs } from "./outputs.js";
import type { Payroll } from "./payroll.js";
import { PositionBook, type PositionsHeld } from "./position-book.js";
import { PositionPast } from "./position-past.js";
import { Provenance } from "./provenance.js";
import { Schedules } from "./schedules.js";
import { StreamWeights } from "./stream-weights.js";
import { Subnet } from "./subnet.js";
import { ValidatorWeights } from "./validator-weights.js";

const MINER = ROLES.indexOf("miner");

/** The state of a run: positions, subnets, ledgers, and the tables on their way out. */
export class World implements BookSurroundings {
  readonly positions: Positions;
  readonly owners: Owners;
  readonly outputs: Outputs;
  readonly provenance = new Provenance();
  readonly flowTotals = new FlowTotals();
  /** Positions for which somebody decides from an instant on, though a recording tells of them. */
  readonly driven = new DrivenPositions();
  /** TAO, tokens and alphas of whoever is simulated. */
  readonly accounts = new Accounts();
  /** What positions hold, to be read. */
  readonly book: PositionsHeld;
  readonly schedules: Schedules | null;
  /** What positions own changes through it alone. */
  readonly holdings: Holdings;
  readonly streamWeights = new StreamWeights();
  readonly validatorWeights = new ValidatorWeights();
  /** What stages ask of the past of positions. */
  readonly past: PositionPast;
  /** Latest price of a TAO in USD, 0: none, and when it was told, Unix ms. */
  readonly usdPerTao = { price: 0, toldMs: -1 };
  readonly subnets = new Map<number, Subnet>();
  readonly agenda = new Agenda();
  /** Told of a subnet that is met for the first time, before anything happens on it. */
  readonly subnetListeners: ((subnet: Subnet) => void)[] = [];
  /** Role of a position, code of `ROLES`: that of a miner once it was paid as one, else what it was last paid for. */
  role = new Uint8Array(256);
  /** 1 for who was ever paid as a miner. */
  private paidAsMiner = new Uint8Array(256);
  /** Numbers of agents that are taken: who comes next begins here. */
  agents = 0;

  /** @param keepsRecorded whether the recorded positions are to be kept beside those of the run whatever the emission mode */
  constructor(
    readonly configuration: RunConfiguration,
    readonly addresses: AddressBook,
    keepsRecorded = false,
  ) {
    const { ledger, vesting, emission, schedules } = configuration;
    this.positions = new Positions(addresses);
    this.owners = new Owners(ledger.ownerGroups, addresses);
    this.outputs = new Outputs(configuration.record.tables);
    const redistribute = emission.mode === "redistribute";
    const { recordedRule } = emission;
    const reports = new LedgerReports(this.outputs, this.positions, this.flowTotals, this.provenance);
    const book = new PositionBook(
      ledgerRules(ledger, vesting),
      // A replay books both ledgers alike; the recorded one is there to be measured under another rule.
      redistribute ? emission.withdrawals : "absolute",
      redistribute || recordedRule !== null || keepsRecorded ? ledgerRules(ledger, recordedRule ?? vesting) : null,
      reports,
      configuration.audit,
    );
    reports.store = book.simulated.store;
    this.provenance.followedBy(book);
    this.book = book;
    this.schedules = schedules === null ? null : new Schedules(schedules);
    this.holdings = new Holdings(this, book, this.schedules, this.accounts);
    this.past = new PositionPast(this.holdings);
  }

  /** What each position was paid. */
  get payroll(): Payroll {
    return this.holdings.payroll;
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
      for (const listener of this.subnetListeners) listener(subnet);
    }
    return subnet;
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
    const { netuid, hotkey } = this.positions;
    this.validatorWeights.rename(netuid[from], hotkey[from], hotkey[to]);
    this.past.passOn(from, to);
    this.paidAsMiner[to] |= this.paidAsMiner[from];
    this.role[to] = this.paidAsMiner[to] === 1 ? MINER : this.role[from];
  }

  /** Notes that a position is paid, or takes part, in a role. */
  noteRole(position: number, role: number): void {
    if (role === MINER) this.paidAsMiner[position] = 1;
    this.role[position] = this.paidAsMiner[position] === 1 ? MINER : role;
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
    this.outputs.tables.registrations?.write({ timeMs, netuid, uid: seat.uid, position, change, block: this.provenance.block });
  }

  private welcome(position: number, netuid: number): void {
    const count = position + 1;
    this.holdings.ensurePositions(count);
    this.streamWeights.ensurePositions(count);
    this.past.ensurePositions(count);
    if (count > this.role.length) {
      const wider = new Uint8Array(this.role.length * 2);
      wider.set(this.role);
      this.role = wider;
      const miners = new Uint8Array(wider.length);
      miners.set(this.paidAsMiner);
      this.paidAsMiner = miners;
    }
    const subnet = this.subnet(netuid);
    this.positions.onSubnet[position] = subnet.positionCount;
    subnet.addPosition(position);
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
