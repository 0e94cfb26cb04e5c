import type { Positions } from "../registry/positions.js";
import type { Flow } from "../tables/results.js";
import { ACCOUNT, type Accounts } from "./accounts.js";
import type { OwnershipListener } from "./ownership-listener.js";

const { OUTSIDE_MARKET, EMISSION } = ACCOUNT;
const NONE = -1;
const ENTERS: ReadonlySet<Flow> = new Set<Flow>(["inflow", "moved_in", "from_outside"]);

/**
 * Positions that have an account, too: of simulated participants, whose alpha must come from somewhere. What a position comes to
 * own is booked in its account, so that the two are always equal, but for instalments that are awarded and not yet due.
 */
export class PositionAccounts implements OwnershipListener {
  /** Account by position. */
  private accountOf = new Int32Array(256).fill(NONE);
  /** The alpha that it holds, by position. */
  private alphaOf = new Int32Array(256).fill(NONE);
  /** Positions with an account, in the order in which they got it. */
  readonly held: number[] = [];

  constructor(
    private readonly accounts: Accounts,
    private readonly positions: Positions,
  ) {}

  /**
   * Gives a position that has none an account.
   * @param heldRao what it holds already: it comes from the outside market
   */
  give(position: number, account: number, heldRao: number): void {
    if (position >= this.accountOf.length) {
      this.accountOf = widened(this.accountOf, position * 2);
      this.alphaOf = widened(this.alphaOf, position * 2);
    }
    this.accountOf[position] = account;
    this.alphaOf[position] = this.accounts.alpha(this.positions.netuid[position]);
    this.held.push(position);
    this.accounts.transfer(this.alpha(position), OUTSIDE_MARKET, account, heldRao);
  }

  /** Its account; -1: it has none. */
  of(position: number): number {
    return position < this.accountOf.length ? this.accountOf[position] : NONE;
  }

  has(position: number): boolean {
    return this.of(position) !== NONE;
  }

  /** What its account holds of its subnet's alpha, rao. */
  balanceRao(position: number): number {
    return this.accounts.balanceRao(this.alpha(position), this.of(position));
  }

  flowed(position: number, _timeMs: number, flow: Flow, amountRao: number, account: number): void {
    const known = this.of(position);
    // Who has no account is counted with the outside market, to which all that leaves and enters by itself goes, too.
    if (known === NONE && account === OUTSIDE_MARKET) return;
    const own = known === NONE ? OUTSIDE_MARKET : known;
    if (ENTERS.has(flow)) this.accounts.transfer(this.alpha(position), account, own, amountRao);
    else this.accounts.transfer(this.alpha(position), own, account, amountRao);
  }

  awarded(position: number, amountRao: number): void {
    const own = this.of(position);
    if (own !== NONE) this.accounts.transfer(this.alphaOf[position], EMISSION, own, amountRao);
  }

  private alpha(position: number): number {
    const known = position < this.alphaOf.length ? this.alphaOf[position] : NONE;
    return known === NONE ? this.accounts.alpha(this.positions.netuid[position]) : known;
  }
}

function widened(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(length).fill(NONE);
  wider.set(array);
  return wider;
}
