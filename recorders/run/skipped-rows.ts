import { type ColumnBatch, columnIndex, ExactSum, instantText, STAKE_ACTIONS, STREAMS, type StreamKind } from "../../engine/index.js";
import { flowTotals } from "../streams/index.js";

/** The rows of one recorded stream that lie before the start of a run: how many, from when, and of how much. */
export class SkippedRows {
  rows = 0;
  /** Of the first one; null: there is none. */
  firstMs: number | null = null;
  private readonly paidRao = new ExactSum();
  private readonly byAction = STAKE_ACTIONS.map(() => new ExactSum());

  constructor(readonly kind: StreamKind) {}

  /** Takes `count` rows of a chunk, the first ones unless told otherwise. */
  add({ columns }: ColumnBatch, count: number, first = 0): void {
    if (count === 0) return;
    this.rows += count;
    this.firstMs ??= (columns[0] as Float64Array)[first];
    if (this.kind !== "emission" && this.kind !== "stake") return;
    const declaration = STREAMS[this.kind];
    const amounts = columns[columnIndex(declaration, "amount_rao")] as Float64Array;
    if (this.kind === "emission") {
      for (let row = first; row < first + count; row++) this.paidRao.add(amounts[row]);
      return;
    }
    const actions = columns[columnIndex(declaration, "action")] as Uint8Array;
    for (let row = first; row < first + count; row++) this.byAction[actions[row]].add(amounts[row]);
  }

  /** What was not read, in words; nothing where all was. */
  warnings(stream: string): string[] {
    if (this.firstMs === null) return [];
    const rows = this.rows === 1 ? "1 row up to the start of the run was" : `${this.rows} rows up to the start of the run were`;
    return [`${stream}: ${rows} not read, the first of ${instantText(this.firstMs)}${this.amounts()}.`];
  }

  private amounts(): string {
    if (this.kind === "emission") return `: ${this.paidRao} rao of emission`;
    if (this.kind !== "stake") return "";
    const { in_rao, out_rao, between_rao } = flowTotals(this.byAction);
    return `: ${in_rao} rao of stake that came in, ${out_rao} that went out, ${between_rao} that was moved or transferred`;
  }
}

/** How to have read what was not; nothing where all was. */
export function startHint(skipped: readonly SkippedRows[]): string[] {
  const first = Math.min(...skipped.flatMap(({ firstMs }) => firstMs ?? []));
  if (!Number.isFinite(first)) return [];
  // Pay at the very start is of the epoch before.
  return [`To have the rows up to the start read, set time.start to ${instantText(Math.max(0, first - 1))}.`];
}
