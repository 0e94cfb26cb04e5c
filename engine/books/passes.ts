import { min } from "../kernel/math.js";
import { mulDivFloor } from "../kernel/money.js";
import { ROUNDING_RAO } from "../ledger/rounding.js";
import { EXIT_REASONS, type ExitReason } from "../tables/results.js";
import type { BookSurroundings } from "./book-surroundings.js";
import type { FlowNotes } from "./flow-notes.js";
import type { Pass } from "./pass.js";
import { PassAudit } from "./pass-audit.js";
import type { PositionBook } from "./position-book.js";
import type { RecordedAlone } from "./recorded-alone.js";

const code = (reason: ExitReason): number => EXIT_REASONS.indexOf(reason);

/**
 * Moves, swaps and transfers (docs/explanation/flows.md): neutral for one owner inside a subnet, else an outflow here and an inflow there,
 * under `moves: strict` always, also where both are one position.
 *
 * What arrives is a fact of the recording. The recorded ledger's receiver always gets it, whatever its sender was known to
 * hold; what the sender lacked came `from_outside`. The run's receiver gets, of what the run's sender gave, the part that
 * arrived in the recording, and in addition what came from outside there.
 */
export class Passes {
  private readonly audit: PassAudit | null;

  constructor(
    private readonly around: BookSurroundings,
    private readonly book: PositionBook,
    private readonly notes: FlowNotes,
    private readonly recordedAlone: RecordedAlone,
  ) {
    this.audit = around.configuration.audit ? new PassAudit(around, book) : null;
  }

  apply(pass: Pass): void {
    const { audit } = this;
    const { from, to } = pass;
    audit?.begin(from, to);
    if (this.around.driven.has(from)) this.recordedAlone.pass(pass, this.isNeutral(pass), lossReason(pass));
    else if (!this.isNeutral(pass)) this.send(pass);
    else this.move(pass);
    audit?.end(pass.sentRao, pass.arrivedRao);
  }

  private isNeutral({ from, to }: Pass): boolean {
    const { positions, owners, configuration } = this.around;
    const { netuid, coldkey } = positions;
    return netuid[from] === netuid[to] && owners.same(coldkey[from], coldkey[to]) && configuration.ledger.moves === "neutral_within_subnet";
  }

  /** A neutral move. Of a position onto itself nothing moves, but it loses and brings what any other would. */
  private move(pass: Pass): void {
    const { notes } = this;
    const { timeMs, from, to, sentRao, arrivedRao } = pass;
    const [sender, receiver] = from === to ? [-1, -1] : [from, to];
    const outcome = this.book.move(from, to, timeMs, sentRao, arrivedRao, lossReason(pass));
    notes.flow(timeMs, from, "outflow", outcome.lostRao, receiver);
    if (outcome.recordedLostRao > 0) this.noteLoss(pass, from, outcome.recordedLostRao);
    notes.flow(timeMs, from, "moved_out", outcome.movedRao, to);
    notes.flow(timeMs, to, "moved_in", outcome.movedRao, from);
    this.noteExtra(pass, to, sender, outcome.extraRao, outcome.lackRao);
  }

  private send(pass: Pass): void {
    const { book, notes } = this;
    const { timeMs, action, from, to, sentRao, arrivedRao } = pass;
    const takenRao = book.withdrawRecorded(from, timeMs, sentRao, code(action === "transferred" ? "transfer" : "swap"));
    notes.flow(timeMs, from, "outflow", takenRao, to);
    const lackRao = sentRao - book.recordedTakenRao;
    // Where nothing was sent, what arrives depends on no sender.
    const recordedOutsideRao = sentRao === 0 ? 0 : arrivedRao - mulDivFloor(arrivedRao, book.recordedTakenRao, sentRao);
    const givenRao = sentRao === 0 ? arrivedRao : mulDivFloor(arrivedRao, takenRao, sentRao);
    // The same amounts as recorded: a sender that has what its recorded twin lacked needs nothing from outside.
    const absolute = book.twins && this.around.configuration.emission.withdrawals === "absolute";
    const outsideRao = absolute ? min(recordedOutsideRao, arrivedRao - givenRao) : recordedOutsideRao;
    book.inflow(to, timeMs, arrivedRao, givenRao + outsideRao);
    const rounded = lackRao <= ROUNDING_RAO;
    notes.flow(timeMs, to, "inflow", rounded ? givenRao + outsideRao : givenRao, from);
    if (!rounded) this.noteFromOutside(timeMs, to, from, outsideRao);
  }

  /** What left and did not arrive; of a removal and an addition it is what was removed for good. */
  private noteLoss({ timeMs, paired, sentRao, arrivedRao }: Pass, position: number, lostRao: number): void {
    if (sentRao - arrivedRao <= ROUNDING_RAO) this.notes.unexplained(timeMs, position, "rounding", lostRao);
    else if (!paired) this.notes.unexplained(timeMs, position, "unexplained", lostRao);
  }

  /** What arrived beyond what was given: rounding, an addition of its own, or stake that was not known of. */
  private noteExtra(
    { timeMs, paired, sentRao, arrivedRao }: Pass,
    position: number,
    sender: number,
    extraRao: number,
    lackRao: number,
  ): void {
    const { notes } = this;
    if (extraRao === 0) return;
    if (lackRao > ROUNDING_RAO || (extraRao > ROUNDING_RAO && !paired)) {
      const addedRao = paired && arrivedRao > sentRao ? min(extraRao, arrivedRao - sentRao) : 0;
      notes.flow(timeMs, position, "inflow", addedRao, sender);
      this.noteFromOutside(timeMs, position, sender, extraRao - addedRao);
      return;
    }
    notes.flow(timeMs, position, "inflow", extraRao, sender);
    // What the sender was short of by rounding was written down where it was taken.
    if (extraRao <= ROUNDING_RAO && lackRao === 0) notes.unexplained(timeMs, position, "rounding", extraRao);
  }

  private noteFromOutside(timeMs: number, position: number, sender: number, amountRao: number): void {
    if (amountRao === 0) return;
    this.notes.flow(timeMs, position, "from_outside", amountRao, sender);
    this.notes.unexplained(timeMs, position, "from_outside", amountRao);
  }
}

function lossReason({ sentRao, arrivedRao, paired }: Pass): number {
  if (sentRao - arrivedRao <= ROUNDING_RAO) return code("rounding");
  return code(paired ? "withdraw" : "unexplained");
}
