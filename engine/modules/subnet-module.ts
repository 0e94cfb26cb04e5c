import type { World } from "../books/world.js";
import type { RunConfiguration } from "../configuration/run-configuration.js";
import type { StreamDescription } from "../configuration/stream-description.js";
import type { SignatureScheme } from "../consensus/index.js";
import type { EpochClose } from "../epochs/epoch-close.js";
import type { EpochMarks, WaitingEmission } from "../epochs/epoch-instants.js";
import type { EventListeners } from "../events/index.js";
import type { RowsRead } from "../rows-read.js";
import type { Warning } from "./warning.js";

/** What a module is built on. */
export interface ModuleGround {
  readonly world: World;
  /** Closes epochs of whatever subnet, from a source that the module gives. */
  readonly close: EpochClose;
  readonly streams: readonly StreamDescription[];
  /** Null: the run has none. */
  readonly signatures: SignatureScheme | null;
}

/** Where recorded epochs end. */
export interface RecordedEnds {
  readonly waiting: WaitingEmission;
  readonly marks: EpochMarks;
}

/** What subnets of one kind do in a run. Subnets and positions of its own it makes where it is built. */
export interface SubnetModule<Summary extends object = object> {
  /** What of the streams it is told, and which subnets it makes. */
  readonly listeners: EventListeners;
  /** No row is taken yet: puts on the agenda what comes first of what is due by itself. */
  start(ends: RecordedEnds): void;
  /**
   * Nothing more is due: its last rows, and its audit.
   * @throws InvariantError for books that do not add up
   */
  finish(): void;
  /** Writes tables of its own that are only known at the end. */
  writeClosingTables(): void;
  /** Its part of the summary, under a key of its own. */
  summary(): Summary;
  warnings(read: RowsRead): readonly Warning[];
}

/**
 * A kind of subnet: how it is checked and built. `Slice` is its part of a configuration and `Summary` that of a summary, each an
 * object of one key that no other module has, or of none.
 */
export interface ModuleDeclaration<Slice extends object, Summary extends object> {
  readonly name: string;
  /** Its part of the summary of a run without it. */
  readonly absent: Summary;
  /** Do positions of recorded subnets part from what was recorded of them, so that both are to be kept? Left out: no. */
  keepsRecorded?(own: Slice): boolean;
  /** @throws TenureError for what no scenario can mean */
  refuse(own: Slice, run: RunConfiguration, streams: readonly StreamDescription[]): void;
  /** Null: the configuration has no such subnet. */
  build(own: Slice, ground: ModuleGround): SubnetModule<Summary> | null;
}

export function declareModule<Slice extends object, Summary extends object>(
  declaration: ModuleDeclaration<Slice, Summary>,
): ModuleDeclaration<Slice, Summary> {
  return declaration;
}
