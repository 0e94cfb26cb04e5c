import { ACCOUNT } from "../../books/accounts.js";
import type { OwnershipListener } from "../../books/ownership-listener.js";
import type { Subnet } from "../../books/subnet.js";
import type { World } from "../../books/world.js";
import { PotSharing } from "../../kernel/pot.js";
import type { Flow } from "../../tables/results.js";
import { ROLES, type Role } from "../../tables/streams.js";

/** Told of stake that a member adds or takes out. */
export type StakeListener = (member: number, timeMs: number, changeRao: number) => void;

/**
 * Stake of participants and validators on the index subnet: who has which position, and an account in which every rao of its alpha
 * comes from somewhere.
 */
export class Stakes implements OwnershipListener {
  readonly alpha: number;
  /** Position by member: participants, then validators. */
  readonly positionOf: number[] = [];
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
  ) {
    this.alpha = world.accounts.alpha(subnet.configuration.netuid);
    world.holdings.listen(this);
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
    world.noteRole(position, ROLES.indexOf(role));
    this.#memberOf.set(position, this.positionOf.length);
    this.positionOf.push(position);
    world.holdings.giveAccount(position, account);
    this.#hotkeyOf.push(hotkeyId);
    world.recordSeats(subnet, subnet.registry.register(-1, hotkeyId, coldkeyId, timeMs, world.lastPay(subnet)), timeMs);
  }

  /** A member stakes alpha that it brings with it. */
  deposit(member: number, timeMs: number, amountRao: number): void {
    this.world.holdings.depositActed(this.positionOf[member], timeMs, amountRao);
  }

  /** Pays a member out of emission. */
  pay(member: number, timeMs: number, paidRao: number, role: number): void {
    // What is recorded of a simulated subnet is what it pays.
    this.world.holdings.pay(this.positionOf[member], timeMs, paidRao, paidRao, role, -1);
  }

  /** A member takes stake out, as far as there is so much. @returns what it took, rao */
  withdraw(member: number, timeMs: number, amountRao: number): number {
    return this.world.holdings.withdrawActed(this.positionOf[member], timeMs, amountRao);
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
      sumRao += this.world.holdings.slash(position, timeMs, parts[i], to);
    });
    return sumRao;
  }

  /** Stake that a member adds or takes out, by itself or as a stream tells; what it is slashed of it does not do. */
  flowed(position: number, timeMs: number, flow: Flow, amountRao: number, account: number): void {
    const member = this.#memberOf.get(position);
    if (member === undefined || account !== ACCOUNT.OUTSIDE_MARKET) return;
    const enters = flow === "inflow" || flow === "moved_in" || flow === "from_outside";
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
