import type { SimulationConfiguration, StreamDescription } from "./configuration.js";
import { refuseConfiguration } from "./configuration-checks.js";
import type { SignatureScheme } from "./consensus/index.js";
import { EventDispatch } from "./dispatch.js";
import { InvariantError } from "./errors.js";
import { IndexSubnet } from "./index-subnet/index-subnet.js";
import { writeParticipants } from "./index-subnet/participants-table.js";
import { summariseIndex } from "./index-subnet/summarise-index.js";
import { PHASE_EPOCHS, PHASE_NONE } from "./kernel/order.js";
import { comesBefore, StreamCursor } from "./kernel/stream-cursor.js";
import { BATCH_ROWS, flushExits } from "./outputs.js";
import type { Simulation, SimulationStep } from "./protocol.js";
import type { AddressBook } from "./registry/addresses.js";
import { summarise, writeClosingTables } from "./summary.js";
import type { ColumnBatch } from "./tables/column.js";
import { World } from "./world.js";

/** Steps between two looks at whether a table has a batch. */
const FLUSH_STEPS = 64;
/** Steps between two progress reports. */
const PROGRESS_STEPS = 8_192;

/**
 * Runs a scenario over its streams: builds the world, takes the rows of all streams in the one total order
 * (`kernel/order.ts`), and hands out tables. See `protocol.ts` for how to drive it.
 *
 * @param signatures how validators of an index subnet sign; null where the configuration has none
 * @throws TenureError for streams that are out of order or against the rules of the ledger
 */
export function* simulate(
  configuration: SimulationConfiguration,
  streams: readonly StreamDescription[],
  addresses: AddressBook,
  signatures: SignatureScheme | null = null,
): Simulation {
  refuseConfiguration(configuration, streams);
  const world = new World(configuration, addresses);
  const index = indexSubnetOf(world, signatures);
  const dispatch = new EventDispatch(world, streams, index);
  const cursors = streams.map((description, source) => new StreamCursor(source, description));
  for (const cursor of cursors) yield* refill(cursor);

  const { startMs, endMs } = configuration;
  let firstMs: number | null = null;
  let lastMs: number | null = null;
  let step = 0;
  for (;;) {
    const cursor = earliest(cursors);
    const streamMs = cursor === undefined ? Number.POSITIVE_INFINITY : cursor.timeMs;
    const phase = cursor === undefined ? PHASE_NONE : cursor.phase;
    const due = dispatch.dueBefore(streamMs, phase);
    // Without a stated end a run ends with its last row, and with what is due at that instant.
    const lastDueMs = endMs ?? (cursor === undefined ? (lastMs ?? startMs) : streamMs);
    if (due !== null && due.dueMs <= lastDueMs) {
      if (lastMs !== null && due.dueMs < lastMs) throw new InvariantError(`work due at ${due.dueMs} after ${lastMs}`);
      lastMs = due.dueMs;
      dispatch.runDue(due);
    } else {
      if (cursor === undefined || (endMs !== null && streamMs > endMs)) break;
      // Rows before the start are history: read, and no part of what the run simulates.
      if (streamMs >= startMs) {
        firstMs ??= streamMs;
        lastMs = streamMs;
      }
      if (cursor.phase === PHASE_EPOCHS) dispatch.collectEmission(cursor);
      else {
        dispatch.row(cursor);
        cursor.advance();
      }
      if (cursor.needsChunk) yield* refill(cursor);
    }
    step += 1;
    if (step % FLUSH_STEPS === 0 || world.book.simulated.exits.rows >= BATCH_ROWS) {
      if (world.book.simulated.exits.rows >= BATCH_ROWS) {
        world.exits += world.book.simulated.exits.rows;
        yield* flushExits(world.book.simulated.exits, world.outputs.tables.exits);
      }
      yield* world.outputs.flush(false);
      if (step % PROGRESS_STEPS === 0) yield { kind: "progress", timeMs: lastMs ?? 0, events: rowsRead(cursors) };
    }
  }
  dispatch.finish();
  if (index !== null) writeParticipants(index, world);
  writeClosingTables(world, lastMs ?? startMs);
  world.exits += world.book.simulated.exits.rows;
  yield* flushExits(world.book.simulated.exits, world.outputs.tables.exits);
  yield* world.outputs.flush(true);
  return summarise(world, dispatch, cursors, firstMs, lastMs, index === null ? null : summariseIndex(index));
}

function indexSubnetOf(world: World, signatures: SignatureScheme | null): IndexSubnet | null {
  const { index } = world.configuration;
  if (index === null) return null;
  if (signatures === null) throw new InvariantError("an index subnet without a signature scheme");
  return new IndexSubnet(world, index, signatures);
}

/** Asks for chunks until the cursor stands on a row or at the end. */
function* refill(cursor: StreamCursor): Generator<SimulationStep, void, ColumnBatch | undefined> {
  while (cursor.needsChunk) {
    const chunk = yield { kind: "need", stream: cursor.source };
    cursor.accept(chunk);
  }
}

function earliest(cursors: readonly StreamCursor[]): StreamCursor | undefined {
  let best: StreamCursor | undefined;
  for (let i = 0; i < cursors.length; i++) {
    const cursor = cursors[i];
    if (!cursor.ended && (best === undefined || comesBefore(cursor, best))) best = cursor;
  }
  return best;
}

function rowsRead(cursors: readonly StreamCursor[]): number {
  let rows = 0;
  for (const cursor of cursors) rows += cursor.read;
  return rows;
}
