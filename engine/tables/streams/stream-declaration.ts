import type { TableDeclaration } from "../column.js";

/** A kind of stream: its columns, and where its rows come in an instant. */
export interface StreamDeclaration extends TableDeclaration {
  /** Phase of the instant in which its rows count (`kernel/order.ts`). */
  readonly phase: number;
  /** `event`: something happened; `state`: how things are after the block, so after every event of the instant. */
  readonly rows: "event" | "state";
}

export function declareStream<const T extends StreamDeclaration>(stream: T): T {
  return stream;
}
