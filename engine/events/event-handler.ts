import type { StreamKind } from "../tables/streams.js";
import type { StreamCursor } from "./stream-cursor.js";

/** What the rows of a kind of stream do. */
export interface EventHandler {
  /** Takes the row that the cursor stands on, or more of its instant, and advances the cursor behind what it took. */
  take(cursor: StreamCursor): void;
}

/** One for every kind of stream there is. */
export type EventHandlers = { readonly [K in StreamKind]: EventHandler };
