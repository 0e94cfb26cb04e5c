import { checkConservation, checkLedgers } from "./books/conservation.js";
import { Instalments } from "./books/instalments.js";
import { BATCH_ROWS, flushExits } from "./books/outputs.js";
import type { SimulationStep } from "./books/simulation-step.js";
import { World } from "./books/world.js";
import type { StreamDescription } from "./configuration/stream-description.js";
import type { SignatureScheme } from "./consensus/index.js";
import { EpochClose } from "./epochs/epoch-close.js";
import { Events, StreamCursor } from "./events/index.js";
import { InvariantError } from "./kernel/errors.js";
import { comesBefore, earliest } from "./kernel/order.js";
import { keepsRecorded, modulesOf } from "./modules/modules.js";
import type { Simulation } from "./protocol.js";
import type { AddressBook } from "./registry/addresses.js";
import type { RunObservers } from "./run-observers.js";
import { refuseConfiguration } from "./simulation-checks.js";
import type { SimulationConfiguration } from "./simulation-configuration.js";
import { summarise, writeClosingTables } from "./summary.js";
import type { ColumnBatch } from "./tables/column.js";
import { Vesting } from "./vesting/vesting.js";

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
  observers: RunObservers = {},
): Simulation {
  refuseConfiguration(configuration, streams);
  const world = new World(configuration, addresses, keepsRecorded(configuration));
  const { spans, trace, others, pools } = observers;
  const epochs = new EpochClose(world, new Vesting(world), spans, trace, others, pools);
  if (observers.epochs !== undefined) epochs.listeners.push(observers.epochs);
  const modules = modulesOf(configuration, { world, close: epochs, streams, signatures });
  const events = new Events(
    world,
    streams,
    modules.map(({ listeners }) => listeners),
  );
  for (const module of modules) module.start({ waiting: events.intake, marks: events.marks });
  if (world.schedules !== null) new Instalments(world, world.schedules);
  const cursors = streams.map((description, source) => new StreamCursor(source, description));
  for (const cursor of cursors) yield* refill(cursor);

  const { agenda } = world;
  const { startMs, endMs } = configuration;
  const { exits } = world.book.simulated;
  let firstMs: number | null = null;
  let lastMs: number | null = null;
  let step = 0;
  for (;;) {
    const cursor = earliest(cursors);
    const { next } = agenda;
    if (next !== undefined && (cursor === undefined || comesBefore(next, cursor))) {
      // Without a stated end a run ends with its last row, and with what is due at that instant.
      if (next.timeMs > (endMs ?? (cursor === undefined ? (lastMs ?? startMs) : next.timeMs))) break;
      if (lastMs !== null && next.timeMs < lastMs) throw new InvariantError(`work due at ${next.timeMs} after ${lastMs}`);
      lastMs = next.timeMs;
      agenda.goTo(next);
      agenda.runNext();
    } else {
      if (cursor === undefined || (endMs !== null && cursor.timeMs > endMs)) break;
      // Rows before the start are history: read, and no part of what the run simulates.
      if (cursor.timeMs >= startMs) {
        firstMs ??= cursor.timeMs;
        lastMs = cursor.timeMs;
      }
      agenda.goTo(cursor);
      events.take(cursor);
      if (cursor.needsChunk) yield* refill(cursor);
    }
    step += 1;
    if (step % FLUSH_STEPS === 0 || exits.rows >= BATCH_ROWS) {
      if (exits.rows >= BATCH_ROWS) {
        world.flowTotals.exits += exits.rows;
        yield* flushExits(exits, world.outputs.tables.exits);
      }
      yield* world.outputs.flush(false);
      if (step % PROGRESS_STEPS === 0) yield { kind: "progress", timeMs: lastMs ?? 0, events: rowsRead(cursors) };
    }
  }
  for (const module of modules) module.finish();
  if (configuration.audit) {
    checkConservation(world);
    checkLedgers(world);
  }
  writeClosingTables(world, modules, lastMs ?? startMs);
  world.flowTotals.exits += exits.rows;
  yield* flushExits(exits, world.outputs.tables.exits);
  yield* world.outputs.flush(true);
  return summarise(world, { events, cursors, epochs: epochs.totals }, modules, firstMs, lastMs);
}

/** Asks for chunks until the cursor stands on a row or at the end. */
function* refill(cursor: StreamCursor): Generator<SimulationStep, void, ColumnBatch | undefined> {
  while (cursor.needsChunk) {
    const chunk = yield { kind: "need", stream: cursor.source };
    cursor.accept(chunk);
  }
}

function rowsRead(cursors: readonly StreamCursor[]): number {
  let rows = 0;
  for (const cursor of cursors) rows += cursor.read;
  return rows;
}
