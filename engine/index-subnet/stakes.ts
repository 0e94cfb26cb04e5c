import { ACCOUNT, type Accounts } from "../books/accounts.js";
import type { Subnet } from "../books/subnet.js";
import type { World } from "../books/world.js";
import { InvariantError } from "../kernel/errors.js";
import { floor } from "../kernel/math.js";
import { PotSharing } from "../kernel/pot.js";
import { EXIT_REASONS, type Flow } from "../tables/results.js";
import { ROLES, type Role } from "../tables/streams.js";

const { OUTSIDE_MARKET, EMISSION } = ACCOUNT;
const WITHDRAW = EXIT_REASONS.indexOf("withdraw");
const SLASH = EXIT_REASONS.indexOf("slash");
/** What the subnet does by itself has no counterparty, and no event of a chain. */
const UNRECORDED = { counterparty: -1, block: -1, extrinsic: -1, event: -1 };

/** Told of stake that a member adds or takes out. */
export type StakeListener = (member: number, timeMs: number, changeRao: number) => void;

/**
 * Stake of participants and validators on the index subnet, in two books that must agree: positions of the run's ledger,
 * which know tranches and ages, and accounts, in which every rao of alpha comes from somewhere.
 */
export class Stakes {
  readonly alpha: number;
  /** Position and account by member: participants, then validators. */
  readonly positionOf: number[] = [];
  readonly #accountOf: number[] = [];
  readonly #hotkeyOf: number[] = [];
  readonly #memberOf = new Map<number, number>();
  readonly #pot = new PotSharing();
  /** Positions of a hotkey on the subnet, as far as positions were known when they were last looked for. */
  readonly #byHotkey = new Map<number, number[]>();
  #known = -1;
  #listener: StakeListener = () => undefined;

  constructor(
    private readonly world: World,
    readonly subnet: Subnet,
    private readonly accounts: Accounts,
  ) {
    this.alpha = accounts.alpha(subnet.configuration.netuid);
    world.onFlow = (position, timeMs, flow, amountRao) => this.#observe(position, timeMs, flow, amountRao);
  }

  set listener(listener: StakeListener) {
    this.#listener = listener;
  }

  /** Seats a member on the next uid and gives it a position. */
  enter(hotkey: string, coldkey: string, account: number, role: Role, timeMs: number): void {
    const { world, subnet } = this;
    const hotkeyId = world.addresses.intern(hotkey);
    const coldkeyId = world.addresses.intern(coldkey);
    const position = world.position(subnet.configuration.netuid, hotkeyId, coldkeyId);
    world.role[position] = ROLES.indexOf(role);
    this.#memberOf.set(position, this.positionOf.length);
    this.positionOf.push(position);
    this.#accountOf.push(account);
    this.#hotkeyOf.push(hotkeyId);
    world.recordSeats(subnet, subnet.registry.register(-1, hotkeyId, coldkeyId, timeMs, world.lastPay(subnet)), timeMs);
  }

  /** A member stakes alpha that it brings with it. */
  deposit(member: number, timeMs: number, amountRao: number): void {
    if (amountRao === 0) return;
    const { world } = this;
    const position = this.positionOf[member];
    world.book.inflow(position, timeMs, amountRao);
    world.inflowRao.add(amountRao);
    world.outputs.tables.flows?.write({ timeMs, position, flow: "inflow", amountRao, ...UNRECORDED });
    this.accounts.transfer(this.alpha, OUTSIDE_MARKET, this.#accountOf[member], amountRao);
    this.#listener(member, timeMs, amountRao);
  }

  /** Pays a member out of emission. */
  pay(member: number, timeMs: number, paidRao: number, role: number): void {
    // What is recorded of a simulated subnet is what it pays.
    this.world.payroll.pay(this.positionOf[member], timeMs, paidRao, paidRao, role, -1);
    this.accounts.transfer(this.alpha, EMISSION, this.#accountOf[member], paidRao);
  }

  /** A member takes stake out, as far as there is so much. @returns what it took, rao */
  withdraw(member: number, timeMs: number, amountRao: number): number {
    const { world } = this;
    const position = this.positionOf[member];
    const heldRao = world.book.totalOf(position);
    const takenRao = this.#leave(position, timeMs, amountRao < heldRao ? amountRao : heldRao, WITHDRAW);
    if (takenRao === 0) return 0;
    this.accounts.transfer(this.alpha, this.#accountOf[member], OUTSIDE_MARKET, takenRao);
    this.#listener(member, timeMs, -takenRao);
    return takenRao;
  }

  /** Stake on a member's hotkey, all its owners' together, rao. */
  ofHotkey(member: number): number {
    let sumRao = 0;
    for (const position of this.#positionsOf(this.#hotkeyOf[member])) sumRao += this.world.book.totalOf(position);
    return sumRao;
  }

  ofMember(member: number): number {
    return this.world.book.totalOf(this.positionOf[member]);
  }

  /** Takes stake of a member's hotkey from all its positions pro rata, for another account. @returns what was taken, rao */
  slash(member: number, timeMs: number, amountRao: number, to: number): number {
    const positions = this.#positionsOf(this.#hotkeyOf[member]);
    const held = Float64Array.from(positions, (position) => this.world.book.totalOf(position));
    const parts = new Float64Array(positions.length);
    let heldRao = 0;
    for (const rao of held) heldRao += rao;
    this.#pot.share(amountRao < heldRao ? amountRao : heldRao, held, positions.length, parts);
    let sumRao = 0;
    positions.forEach((position, i) => {
      const takenRao = this.#leave(position, timeMs, parts[i], SLASH);
      const owner = this.#memberOf.get(position);
      // Who delegated to the hotkey has no account here: its alpha is counted with the outside market.
      this.accounts.transfer(this.alpha, owner === undefined ? OUTSIDE_MARKET : this.#accountOf[owner], to, takenRao);
      sumRao += takenRao;
    });
    return sumRao;
  }

  /**
   * Checks that position and account of every member hold the same.
   * @throws InvariantError naming the position and both values
   */
  audit(): void {
    const { world } = this;
    const promised = new Map<number, number>();
    for (const { position, amountRao, paidRao } of world.schedules?.all ?? []) {
      if (paidRao < amountRao) promised.set(position, (promised.get(position) ?? 0) + amountRao - paidRao);
    }
    this.positionOf.forEach((position, member) => {
      const staked = world.book.totalOf(position) + (promised.get(position) ?? 0);
      const counted = this.accounts.balanceRao(this.alpha, this.#accountOf[member]);
      if (staked !== counted) {
        throw new InvariantError(
          `audit: position ${world.positions.nameOf(position)} is owed ${staked} rao and its account holds ${counted}`,
        );
      }
    });
  }

  #leave(position: number, timeMs: number, amountRao: number, reason: number): number {
    const { world } = this;
    const askedRao = floor(amountRao);
    world.withdrawals.ask(askedRao);
    const takenRao = world.book.outflow(position, timeMs, askedRao, reason);
    if (takenRao === 0) return 0;
    world.outflowRao.add(takenRao);
    world.outputs.tables.flows?.write({ timeMs, position, flow: "outflow", amountRao: takenRao, ...UNRECORDED });
    return takenRao;
  }

  /** Stake events of a stream that touch a member. */
  #observe(position: number, timeMs: number, flow: Flow, amountRao: number): void {
    const member = this.#memberOf.get(position);
    if (member === undefined || flow === "emission") return;
    const enters = flow === "inflow" || flow === "moved_in" || flow === "from_outside";
    const account = this.#accountOf[member];
    if (enters) this.accounts.transfer(this.alpha, OUTSIDE_MARKET, account, amountRao);
    else this.accounts.transfer(this.alpha, account, OUTSIDE_MARKET, amountRao);
    this.#listener(member, timeMs, enters ? amountRao : -amountRao);
  }

  #positionsOf(hotkey: number): readonly number[] {
    const { positions } = this.world;
    if (positions.count !== this.#known) {
      this.#known = positions.count;
      this.#byHotkey.clear();
      const { netuid } = this.subnet.configuration;
      for (let position = 0; position < positions.count; position++) {
        if (positions.netuid[position] !== netuid) continue;
        const one = positions.hotkey[position];
        const list = this.#byHotkey.get(one);
        if (list === undefined) this.#byHotkey.set(one, [position]);
        else list.push(position);
      }
    }
    return this.#byHotkey.get(hotkey) ?? [];
  }
}
