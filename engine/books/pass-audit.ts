import { formatPlace, InvariantError } from "../kernel/errors.js";
import type { Ledger } from "../ledger/ledger.js";
import { POSITION_STATE } from "../ledger/position-state.js";
import type { BookSurroundings } from "./book-surroundings.js";
import type { PositionsHeld } from "./position-book.js";

/** What a position holds and what ever came to it and went, rao. */
interface Account {
  readonly stake: bigint;
  readonly inflow: bigint;
  readonly outflow: bigint;
  /** Moved in less moved out. */
  readonly moved: bigint;
}

/** The two ends of a pass in one ledger; one account twice where a position sends to itself. */
interface Ends {
  readonly from: Account;
  readonly to: Account;
}

const NO_ACCOUNT: Account = { stake: 0n, inflow: 0n, outflow: 0n, moved: 0n };
const NOTHING: Ends = { from: NO_ACCOUNT, to: NO_ACCOUNT };
const { STRIDE, INFLOW, OUTFLOW, MOVED_IN, MOVED_OUT } = POSITION_STATE;

/**
 * Looks at both ends of a move, swap or transfer before and after, and knows nothing of how it was booked (docs/explanation/exactness.md,
 * what arrives): the recorded receiver gets what the recording says; in the run the two ends together change by flows in, less
 * flows out, and what came from outside; and a sender that lacked nothing passes on the part that the recording says. What is
 * not neutral has no history: it leaves by an outflow and comes by an inflow, in full and on both sides, even of one position.
 */
export class PassAudit {
  private from = -1;
  private to = -1;
  private recorded: Ends = NOTHING;
  private simulated: Ends = NOTHING;
  private told = 0n;

  constructor(
    private readonly around: BookSurroundings,
    private readonly book: PositionsHeld,
  ) {}

  begin(from: number, to: number): void {
    const { book } = this;
    this.from = from;
    this.to = to;
    this.recorded = this.endsOf(book.recorded);
    this.simulated = this.endsOf(book.simulated);
    this.told = this.toldSoFar();
  }

  /**
   * @param sentRao what the recording says left
   * @param arrivedRao what it says arrived
   * @throws InvariantError naming the two positions, the event and both values
   */
  end(sentRao: number, arrivedRao: number): void {
    const { book } = this;
    const [sent, arrived] = [BigInt(sentRao), BigInt(arrivedRao)];
    const [before, after] = [this.recorded, this.endsOf(book.recorded)];
    const [ownBefore, ownAfter] = [this.simulated, this.endsOf(book.simulated)];
    const isOne = this.from === this.to;
    const ownChange = ownAfter.to.stake - ownBefore.to.stake + (isOne ? 0n : ownAfter.from.stake - ownBefore.from.stake);
    this.same("change of both ends and flows in - flows out + from outside", ownChange, this.toldSoFar() - this.told);
    if (this.around.driven.has(this.from)) this.passedOver(ownBefore, ownAfter, arrived);
    if (!this.isNeutral()) {
      const taken = this.sold("the recording", before, after, sent, arrived);
      // Where the recorded sender lacked nothing, the run's receiver gets of what left here the part that arrived there.
      const ownTaken = ownAfter.from.outflow - ownBefore.from.outflow;
      const isPart = sent > 0n && taken === sent && !this.around.driven.has(this.from);
      this.sold("the run", ownBefore, ownAfter, null, isPart ? (arrived * ownTaken) / sent : null);
    } else if (isOne) this.stayed(before, after, sent, arrived);
    else {
      this.same("what arrives in the recording", after.to.stake - before.to.stake, arrived);
      const taken = before.from.stake - after.from.stake;
      if (taken < 0n || taken > sent) this.fail("what leaves in the recording", taken, sent);
    }
  }

  /**
   * One ledger's side of an outflow here and an inflow there. Answers the outflow.
   * @param most what may leave; null: whatever there is
   * @param arrived what must arrive; null: not known
   */
  private sold(where: string, before: Ends, after: Ends, most: bigint | null, arrived: bigint | null): bigint {
    const taken = after.from.outflow - before.from.outflow;
    const limit = most === null || most > before.from.stake ? before.from.stake : most;
    if (taken < 0n || taken > limit) this.fail(`what leaves in ${where}`, taken, limit);
    const came = after.to.inflow - before.to.inflow;
    if (arrived !== null) this.same(`what arrives in ${where}`, came, arrived);
    for (const end of ["from", "to"] as const) this.same(`what moves in ${where}`, after[end].moved - before[end].moved, 0n);
    const isOne = this.from === this.to;
    this.same(`change of the sender in ${where}`, after.from.stake - before.from.stake, isOne ? came - taken : -taken);
    if (!isOne) this.same(`change of the receiver in ${where}`, after.to.stake - before.to.stake, came);
    return taken;
  }

  /** What a driven position was recorded to send it keeps in the run; who is not driven gets as much all the same. */
  private passedOver(before: Ends, after: Ends, arrived: bigint): void {
    this.same("what a driven position has after it was recorded to send", after.from.stake, before.from.stake);
    if (this.from === this.to) return;
    this.same("what arrives of what is passed over", after.to.stake - before.to.stake, this.around.driven.has(this.to) ? 0n : arrived);
  }

  /** A neutral move of a position onto itself changes it by what arrives, less what it gave: all that was sent, or what it had. */
  private stayed(before: Ends, after: Ends, sent: bigint, arrived: bigint): void {
    const gave = arrived - (after.to.stake - before.to.stake);
    if (sent <= before.to.stake) this.same("what a position that moves onto itself gives", gave, sent);
    else if (gave < 0n || gave > before.to.stake) this.fail("what a position that moves onto itself gives", gave, before.to.stake);
  }

  /** Does history go along? Of one owner and one subnet, unless the scenario says that it never does. */
  private isNeutral(): boolean {
    const { configuration, positions, owners } = this.around;
    const { netuid, coldkey } = positions;
    const { from, to } = this;
    if (configuration.ledger.moves === "strict" || netuid[from] !== netuid[to]) return false;
    return owners.same(coldkey[from], coldkey[to]);
  }

  private endsOf(ledger: Ledger): Ends {
    return { from: accountOf(ledger, this.from), to: accountOf(ledger, this.to) };
  }

  /** What the run says came in and went out. */
  private toldSoFar(): bigint {
    const { inflowRao, fromOutsideRao, outflowRao } = this.around.flowTotals;
    return inflowRao.toBigInt() + fromOutsideRao.toBigInt() - outflowRao.toBigInt();
  }

  private same(what: string, found: bigint, expected: bigint): void {
    if (found !== expected) this.fail(what, found, expected);
  }

  private fail(what: string, found: bigint, expected: bigint): never {
    const { positions, provenance } = this.around;
    const names = `${positions.nameOf(this.from)} and ${positions.nameOf(this.to)}`;
    throw new InvariantError(`audit: ${formatPlace(provenance.place())}: ${what}: ${found} and ${expected} rao; positions ${names}`);
  }
}

function accountOf(ledger: Ledger, position: number): Account {
  const base = position * STRIDE;
  const sum = (field: number): bigint => ledger.states.cumulative(base + field);
  return { stake: BigInt(ledger.totalOf(position)), inflow: sum(INFLOW), outflow: sum(OUTFLOW), moved: sum(MOVED_IN) - sum(MOVED_OUT) };
}
