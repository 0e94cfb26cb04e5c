import type { Role, StreamKind } from "../tables/streams.js";

/** A stream the engine will ask chunks of. */
export interface StreamDescription {
  /** Name shown in errors, e.g. `mining/balances`. */
  readonly name: string;
  readonly kind: StreamKind;
  /** Does it hold the whole subnet, or only some positions of it? */
  readonly coverage: "subnet" | "partial";
  /** The role that attributed emission (kind `balances`) is booked under. */
  readonly role: Role;
  /** Kind `epoch_marks`: the subnets that have marks, known before the first row, since pay before the first mark ends no epoch. */
  readonly marked?: readonly number[];
}
