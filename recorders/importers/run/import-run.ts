import { AddressBook, REGISTRY_ACTIONS, ROLES, STAKE_ACTIONS } from "../../../engine/index.js";
import { type Coverage, RecordingSums, type RecordingWriter, StreamRows, writeRecording } from "../../streams/index.js";
import type { ImportOptions, ImportReport } from "../import-report.js";
import { AccountCheck } from "./account-check.js";
import { emptiedNotes } from "./emptied-moves.js";
import { type EpochMarkRow, EpochMarks } from "./epoch-marks.js";
import { type Provenance, placed } from "./event-order.js";
import { endlessNotes, inVainNotes, notesOf, ownMoveNotes, untoldNotes } from "./import-notes.js";
import { KeySwaps } from "./key-swaps.js";
import { LedgerTerms } from "./ledger-terms.js";
import { PaidRoles } from "./paid-roles.js";
import { RunEpochs } from "./run-epochs.js";
import { instantsOf } from "./run-instants.js";
import { type RunPosition, readPositions } from "./run-positions.js";
import { type ImportableRun, openImportableRun } from "./run-tables.js";
import { Seats } from "./seats.js";
import { StakeEvents } from "./stake-events.js";
import { TableCursor } from "./table-cursor.js";

const MINER = ROLES.indexOf("miner");

export interface ImportRunOptions extends ImportOptions {
  /** Does the run hold the whole subnet? Left out: as its scenario says. */
  readonly coverage?: Coverage | undefined;
}

/** Figures of an import. */
interface Told {
  paidRows: number;
  paidRao: bigint;
  stakeRows: number;
  markRows: number;
  seatRows: number;
  priceRows: number;
  /** Payments whose role is taken from the position's last pay. */
  guessedRoles: number;
  /** Payments of miners inside of epochs. */
  paidInside: number;
  /** Requests of whatever kind that took nothing, told as removals. */
  inVain: number;
}

/**
 * Makes a recording of a finished run: what it paid (`emission`), when its epochs ended (`epoch_marks`), what its miners did to
 * the stake they had in it (`stake`), who sat where (`registry`) and prices, where it recorded them. Replayed with the same
 * `time.start` and `ledger` it holds and pays what the run did, to the rao, in the same epochs: so a recording under a known
 * rule can be made of any scenario.
 * @throws TenureError `TEN-RESULT-003` to `-006`, `TEN-IMPORT-050` to `-054` and what `writeRecording` names
 */
export async function importRun(runDir: string, options: ImportRunOptions): Promise<ImportReport> {
  const importable = await openImportableRun(runDir, options);
  const { run, configuration, inputs } = importable;
  const book = new AddressBook();
  const sums = new RecordingSums();
  const coverage = options.coverage ?? coverageOf(importable);
  const notes = notesOf(importable, coverage);
  const { manifest, unchanged } = await writeRecording(
    { out: options.out, inputs: [run.dir], book, signal: options.signal, sums },
    async (recording) => {
      const positions = await readPositions(run, book);
      const told: Told = {
        paidRows: 0,
        paidRao: 0n,
        stakeRows: 0,
        markRows: 0,
        seatRows: 0,
        priceRows: 0,
        guessedRoles: 0,
        paidInside: 0,
        inVain: 0,
      };
      const seats = await Seats.read(run, positions);
      const epochs = await RunEpochs.read(run);
      notes.push(...endlessNotes(configuration, positions, epochs));
      const terms = new LedgerTerms(configuration, positions, book);
      const swaps = await KeySwaps.read(run, positions, terms, options.signal);
      await writeFlows(recording, importable, { positions, epochs, seats, terms, swaps }, told, options);
      notes.push(...untoldNotes(swaps, told.guessedRoles));
      notes.push(...ownMoveNotes(importable, told.paidInside), ...inVainNotes(told.inVain));
      if (configuration.emission.mode === "redistribute") notes.push(...(await emptiedNotes(run)));
      await writePrices(recording, importable, told);
      await writeSeats(recording, importable, seats, told);
      const { digest, scenario, seed, replicate } = run.manifest;
      return {
        source: {
          importer: "run",
          inputs: [...inputs],
          options: { run_digest: digest, scenario: scenario.name, seed, replicate },
          netuids: [...new Set(positions.map(({ netuid }) => netuid))].sort((a, b) => a - b),
          chain: null,
        },
        coverage,
        figures: {
          positions: positions.length,
          epochs: run.manifest.counts.epochs,
          paid_rows: told.paidRows,
          paid_rao: told.paidRao.toString(),
          stake_rows: told.stakeRows,
          mark_rows: told.markRows,
          registry_rows: told.seatRows,
          price_rows: told.priceRows,
          start_ms: configuration.startMs,
        },
        notes,
      };
    },
  );
  const readAs = `run of ${run.manifest.scenario.name}, digest ${run.manifest.digest}`;
  return { folder: options.out, manifest, unchanged, sums: sums.figures(), readAs, warnings: notes };
}

interface Cast {
  readonly positions: readonly RunPosition[];
  readonly epochs: RunEpochs;
  readonly seats: Seats;
  readonly terms: LedgerTerms;
  readonly swaps: KeySwaps;
}

async function writeFlows(
  recording: RecordingWriter,
  { run, configuration, hasRejections }: ImportableRun,
  { positions, epochs, seats, terms, swaps }: Cast,
  told: Told,
  { signal, onProgress }: ImportOptions,
): Promise<void> {
  const indexNetuid = configuration.index?.netuid ?? null;
  // The epochs of an index subnet end by a clock of its own.
  const marks = new EpochMarks(epochs.ends().filter(({ netuid }) => netuid !== indexNetuid));
  const roles = new PaidRoles(run, positions, epochs, swaps, configuration.epochs === "tempo", indexNetuid);
  const events = new StakeEvents(positions, terms, swaps);
  const account = new AccountCheck(positions);
  const stake = new OrderedRows(new StreamRows(await recording.stream("stake")));
  const emission = new OrderedRows(new StreamRows(await recording.stream("emission")));
  const ends = new OrderedRows(new StreamRows(await recording.stream("epoch_marks")));
  const writeMarks = async (rows: readonly EpochMarkRow[]) => {
    await ends.write(rows, ({ timeMs, block, netuid }) => [timeMs, block, netuid]);
    told.markRows += rows.length;
  };
  const total = run.manifest.tables.flows?.rows ?? 0;
  let done = 0;
  try {
    for await (const { timeMs: instantMs, flows, rejections } of instantsOf(run, hasRejections, signal)) {
      for (const rows of marks.before(instantMs)) await writeMarks(rows);
      const ended = marks.of(instantMs, flows);
      await writeMarks(ended);
      const paid: (Provenance & { readonly values: readonly number[] })[] = [];
      for (const flow of flows) {
        account.take(flow);
        if (flow.flow !== "emission") continue;
        const { timeMs, block, position, amountRao } = flow;
        const { netuid, hotkey, coldkey } = positions[position];
        const found = roles.roleOf(position, timeMs, amountRao);
        const role = typeof found === "number" ? found : await found;
        if (role === MINER && netuid !== indexNetuid) {
          seats.paidAsMiner(positions[position], timeMs);
          if (!ended.some((mark) => mark.netuid === netuid)) told.paidInside += 1;
        }
        paid.push({
          timeMs,
          block,
          extrinsic: -1,
          event: -1,
          values: [netuid, hotkey, coldkey, seats.uidOf(netuid, hotkey, timeMs), role, amountRao],
        });
        told.paidRao += BigInt(amountRao);
      }
      const stakeRows = events.of(flows, rejections);
      const written = await stake.write(stakeRows, ({ timeMs, block, extrinsic, event, ...row }) => [
        timeMs,
        block,
        extrinsic,
        event,
        STAKE_ACTIONS.indexOf(row.action),
        row.netuid,
        row.hotkey,
        row.coldkey,
        row.amountRao,
        row.toNetuid,
        row.toHotkey,
        row.toColdkey,
        row.toAmountRao,
        0,
      ]);
      seats.noteSwaps(written);
      await emission.write(paid, ({ timeMs, block, values }) => [timeMs, block, ...values]);
      told.paidRows += paid.length;
      told.stakeRows += stakeRows.length;
      done += flows.length;
      onProgress?.(done, total, "flows");
    }
    for (const rows of marks.before(Number.POSITIVE_INFINITY)) await writeMarks(rows);
    told.guessedRoles = roles.guessed;
    told.inVain = events.inVain;
  } finally {
    await roles.close();
  }
  account.end();
  await stake.end();
  await emission.end();
  await ends.end();
}

async function writeSeats(recording: RecordingWriter, run: ImportableRun, seats: Seats, told: Told): Promise<void> {
  const netuid = run.configuration.index?.netuid;
  // Where no stream seated anyone, who is paid is seated; a registry would unseat who is paid later.
  const rows = seats.rows.filter((row) => run.seatsAreRecorded || row.netuid === netuid);
  // A registry without rows says that nobody was seated, which is not the same as none.
  if (rows.length === 0 && !run.seatsAreRecorded) return;
  const out = new OrderedRows(new StreamRows(await recording.stream("registry")));
  for (let first = 0; first < rows.length; ) {
    let end = first + 1;
    while (end < rows.length && rows[end].timeMs === rows[first].timeMs) end += 1;
    await out.write(rows.slice(first, end), ({ timeMs, block, extrinsic, event, action, netuid, uid, hotkey, coldkey }) => [
      timeMs,
      block,
      extrinsic,
      event,
      REGISTRY_ACTIONS.indexOf(action),
      netuid,
      uid,
      hotkey,
      coldkey,
    ]);
    first = end;
  }
  await out.end();
  told.seatRows = rows.length;
}

/** Prices of subnets; that of an index token is not one. */
async function writePrices(recording: RecordingWriter, { run }: ImportableRun, told: Told): Promise<void> {
  if ((run.manifest.tables.prices?.rows ?? 0) === 0) return;
  const out = new StreamRows(await recording.stream("price"));
  const rows = new TableCursor(run, "prices");
  for (; rows.stands || (await rows.refill()); rows.advance()) {
    if (rows.number("netuid") < 0) continue;
    if (out.full) await out.flush();
    out.push(rows.number("time_ms"), -1, rows.number("netuid"), rows.number("price_tao"));
    told.priceRows += 1;
  }
  await out.flush();
}

/** Rows of a stream that keep the order in which they happened. */
class OrderedRows {
  #lastBlock = -1;

  constructor(private readonly rows: StreamRows) {}

  /**
   * Takes the rows of one instant.
   * @returns them with their places as they were written
   */
  async write<Row extends Provenance>(instant: readonly Row[], values: (row: Row) => readonly number[]): Promise<readonly Row[]> {
    if (instant.length === 0) return instant;
    const rows = placed(instant, this.#lastBlock);
    for (const row of rows) {
      if (this.rows.full) await this.rows.flush();
      this.rows.push(...values(row));
      if (row.block > this.#lastBlock) this.#lastBlock = row.block;
    }
    return rows;
  }

  end(): Promise<void> {
    return this.rows.flush();
  }
}

function coverageOf({ run, configuration }: ImportableRun): Coverage {
  if (configuration.emission.outside !== null) return "partial";
  // A redistribution of part of a subnet is refused, so without `outside` it was the whole of it.
  if (configuration.emission.mode === "redistribute") return "subnet";
  const { streams } = run.manifest.scenario.resolved as { readonly streams: readonly { readonly coverage?: string | null }[] };
  return streams.length > 0 && streams.every(({ coverage }) => coverage === "subnet") ? "subnet" : "partial";
}
