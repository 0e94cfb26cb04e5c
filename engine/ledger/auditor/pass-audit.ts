import { formatPlace, InvariantError } from "../../kernel/errors.js";
import type { World } from "../../world.js";
import type { Ledger } from "../ledger.js";

/** Stake of the two ends of a pass in one ledger, rao. */
interface Ends {
  readonly from: bigint;
  readonly to: bigint;
}

/**
 * Looks at both ends of a move, swap or transfer before and after, and knows nothing of how it was booked (mechanisms 2, what
 * arrives): the recorded receiver gets what the recording says; in the run the two ends together change by flows in, less
 * flows out, and what came from outside; and a sender that lacked nothing passes on the part that the recording says.
 */
export class PassAudit {
  private from = -1;
  private to = -1;
  private recorded: Ends = { from: 0n, to: 0n };
  private simulated: Ends = { from: 0n, to: 0n };
  private told = 0n;

  constructor(private readonly world: World) {}

  begin(from: number, to: number): void {
    const { book } = this.world;
    this.from = from;
    this.to = to;
    this.recorded = this.endsOf(book.recorded);
    this.simulated = this.endsOf(book.simulated);
    this.told = this.toldSoFar();
  }

  /**
   * @param sentRao what the recording says left
   * @param arrivedRao what it says arrived
   * @param isNeutral whether history went along
   * @throws InvariantError naming the two positions, the event and both values
   */
  end(sentRao: number, arrivedRao: number, isNeutral: boolean): void {
    const { book } = this.world;
    const [sent, arrived] = [BigInt(sentRao), BigInt(arrivedRao)];
    const [before, after] = [this.recorded, this.endsOf(book.recorded)];
    const [ownBefore, ownAfter] = [this.simulated, this.endsOf(book.simulated)];
    const isOne = this.from === this.to;
    const ownChange = ownAfter.to - ownBefore.to + (isOne ? 0n : ownAfter.from - ownBefore.from);
    this.same("change of both ends and flows in - flows out + from outside", ownChange, this.toldSoFar() - this.told);
    if (isOne) {
      const change = after.to - before.to;
      // It may lack what it loses.
      const lacks = arrived < sent && change <= 0n && change > arrived - sent;
      if (!lacks) this.same("recorded change of a position that moves onto itself", change, arrived - sent);
      return;
    }
    this.same("what arrives in the recording", after.to - before.to, arrived);
    const taken = before.from - after.from;
    if (taken < 0n || taken > sent) this.fail("what leaves in the recording", taken, sent);
    if (isNeutral || sent === 0n || taken !== sent) return;
    this.same("what arrives in the run", ownAfter.to - ownBefore.to, (arrived * (ownBefore.from - ownAfter.from)) / taken);
  }

  private endsOf(ledger: Ledger): Ends {
    return { from: BigInt(ledger.totalOf(this.from)), to: BigInt(ledger.totalOf(this.to)) };
  }

  /** What the run says came in and went out. */
  private toldSoFar(): bigint {
    const { inflowRao, fromOutsideRao, outflowRao } = this.world;
    return inflowRao.toBigInt() + fromOutsideRao.toBigInt() - outflowRao.toBigInt();
  }

  private same(what: string, found: bigint, expected: bigint): void {
    if (found !== expected) this.fail(what, found, expected);
  }

  private fail(what: string, found: bigint, expected: bigint): never {
    const { positions } = this.world;
    const names = `${positions.nameOf(this.from)} and ${positions.nameOf(this.to)}`;
    throw new InvariantError(`audit: ${formatPlace(this.world.place())}: ${what}: ${found} and ${expected} rao; positions ${names}`);
  }
}
