import type { ExitReason } from "../tables/results.js";
import { EXIT_REASONS } from "../tables/results.js";
import type { BookSurroundings } from "./book-surroundings.js";
import type { FlowNotes } from "./flow-notes.js";
import type { Pass } from "./pass.js";
import type { PositionBook } from "./position-book.js";

const code = (reason: ExitReason): number => EXIT_REASONS.indexOf(reason);

/**
 * What driven positions were recorded to do of their own accord (`DrivenPositions`): it applies to their recorded twins alone. More than
 * these hold is taken as `on_invalid` says, and told nobody: whether the recording contradicts itself there is not the run's business.
 */
export class RecordedAlone {
  constructor(
    private readonly around: BookSurroundings,
    private readonly book: PositionBook,
    private readonly notes: FlowNotes,
  ) {}

  deposit(position: number, timeMs: number, amountRao: number): void {
    this.book.inflow(position, timeMs, amountRao, 0);
    this.around.driven.actsOf(position)?.came(amountRao);
  }

  withdraw(position: number, timeMs: number, amountRao: number, reason: ExitReason): void {
    this.around.driven.actsOf(position)?.left(this.book.withdrawFromTwin(position, timeMs, amountRao, code(reason)));
  }

  startAnew(position: number, timeMs: number): void {
    this.around.driven.actsOf(position)?.left(this.book.startTwinAnew(position, timeMs, code("unexplained")));
  }

  /**
   * What a driven position sends. Who else was to get it gets as much, as an inflow of its own; what goes from one driven position to
   * another does not happen.
   */
  pass(pass: Pass, isNeutral: boolean, lossReason: number): void {
    const { book, around, notes } = this;
    const { driven } = around;
    const { timeMs, from, to, sentRao, arrivedRao, action } = pass;
    const sender = driven.actsOf(from);
    const receiver = driven.actsOf(to);
    // Tranches that move in the recording alone have no counterpart that a later withdrawal could follow: these come as one inflow.
    const carries = isNeutral && (receiver !== undefined || !book.followsTranches);
    const takenRao = carries
      ? book.moveTwin({ from, to, timeMs, sentRao, arrivedRao, lossReason })
      : book.withdrawFromTwin(from, timeMs, sentRao, code(action === "transferred" ? "transfer" : "swap"));
    const sentByItselfRao = from === to ? takenRao - arrivedRao : takenRao;
    if (sentByItselfRao > 0) sender?.left(sentByItselfRao);
    if (receiver !== undefined) {
      if (!carries) book.inflow(to, timeMs, arrivedRao, 0);
      if (from !== to) receiver.came(arrivedRao);
      else if (sentByItselfRao < 0) receiver.came(-sentByItselfRao);
      return;
    }
    book.inflow(to, timeMs, carries ? 0 : arrivedRao, arrivedRao);
    notes.flow(timeMs, to, "inflow", arrivedRao, -1);
    sender?.arrivedElsewhere(arrivedRao);
  }
}
