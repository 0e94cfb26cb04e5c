import { AddressBook, type Place, STAKE_ACTIONS, TenureError } from "../../../engine/index.js";
import { AddressIntake, type AddressRule, CanonicalAddresses } from "../../addresses/index.js";
import { BALANCES_ONLY, outlyingGrowth } from "../../run/balances-only.js";
import { type RecordingManifest, RecordingSums, type RecordingWriter, StreamRows, writeRecording } from "../../streams/index.js";
import type { ImportOptions, ImportReport } from "../import-report.js";
import { type InputFile, type InputRecord, readJsonInput } from "../input-files.js";
import { type Attribution, attributeEmission } from "./attribute-emission.js";
import { type StakeRows, stakeRows } from "./stake-rows.js";
import { findTaostatsFiles, type TaostatsFiles } from "./taostats-files.js";
import { orderBalances, orderEvents } from "./taostats-order.js";
import { type PositionRow, readTaostatsBalances, readTaostatsEvents, type TaostatsBalance, type TaostatsRows } from "./taostats-rows.js";

const EVENTS_NAME = "stake_events.json";

export interface TaostatsOptions extends ImportOptions {
  /** `any` for data whose addresses were made up. */
  readonly addresses: AddressRule;
  /** Only this subnet; all that are there when left out. */
  readonly netuid?: number | undefined;
}

/**
 * Makes a recording (`balances` and, where there are events, `stake`) of a folder in the format of the taostats API: a file
 * of each kind or its pages. Emission is not written as a stream: the engine attributes it when it runs (docs/explanation/flows.md); the
 * manifest says what it will be, `attributed_emission_rao`.
 * @throws TenureError `TEN-IMPORT-001` to `-010`, `-015`, `-018`, `-020`, `-022` and what `writeRecording` names
 */
export async function importTaostats(folder: string, options: TaostatsOptions): Promise<ImportReport> {
  const files = await findTaostatsFiles(folder);
  const book = new AddressBook();
  const sums = new RecordingSums();
  const warnings: string[] = [];
  const { manifest, unchanged } = await writeRecording(
    { out: options.out, inputs: [folder], book, signal: options.signal, sums },
    async (recording) => {
      const canonical = new CanonicalAddresses();
      const read = await readInputs(files, canonical, options);
      const { balances, events, attribution } = read;
      const intake = new AddressIntake(book, options.addresses, canonical);
      // Addresses are met in the order of the balances first, so ids do not depend on whether there are events.
      await writeBalances(recording, balances, intake, options.signal);
      const stake = events === undefined ? undefined : stakeRows(events);
      if (stake !== undefined) await writeStake(recording, stake, intake, options.signal);
      warnings.push(...files.notes, ...read.notes, ...canonical.notes(), ...warningsOf(attribution, events?.length));
      return {
        source: {
          importer: "taostats",
          inputs: read.inputs,
          options: { addresses: options.addresses, netuid: options.netuid ?? null },
          netuids: [...new Set([...balances, ...(events ?? [])].map((row) => row.netuid))].sort((a, b) => a - b),
          chain: "finney",
        },
        coverage: "partial",
        attributedEmissionRao: attribution.emissionRao,
        figures: figuresOf(balances.length, events?.length, stake, attribution),
        notes: warnings,
      };
    },
  );
  return { folder: options.out, manifest, unchanged, sums: sums.figures(), readAs: readAsOf(files), warnings };
}

function readAsOf(files: TaostatsFiles): string {
  return `taostats: ${[...files.balances, ...files.events].map((file) => file.name).join(", ")}`;
}

interface TaostatsInputs {
  readonly inputs: InputRecord[];
  readonly balances: readonly TaostatsBalance[];
  /** Undefined without `stake_events.json`. */
  readonly events: ReturnType<typeof orderEvents> | undefined;
  readonly attribution: Attribution;
  readonly notes: readonly string[];
}

async function readInputs(files: TaostatsFiles, canonical: CanonicalAddresses, options: TaostatsOptions): Promise<TaostatsInputs> {
  const bytes = [...files.balances, ...files.events].reduce((sum, file) => sum + file.bytes, 0);
  const notes: string[] = [];
  const inputs: InputRecord[] = [];
  let done = 0;
  const read = async <Row extends PositionRow>(
    pages: readonly InputFile[],
    take: (value: unknown, file: string, addresses: CanonicalAddresses) => TaostatsRows<Row>,
  ): Promise<Row[]> => {
    const rows: Row[] = [];
    let total = 0;
    for (const file of pages) {
      options.signal?.throwIfAborted();
      options.onProgress?.(done, bytes, file.name);
      const { value, record } = await readJsonInput(file);
      const page = take(value, file.path, canonical);
      inputs.push(record);
      for (const row of page.rows) rows.push(row);
      total = Math.max(total, page.total ?? 0);
      done += file.bytes;
      options.onProgress?.(done, bytes, file.name);
    }
    if (total > rows.length) {
      const names = pages.map((file) => file.name).join(", ");
      notes.push(`${names} ${pages.length === 1 ? "holds" : "hold"} ${rows.length} of ${total} rows: fetch the other pages, too.`);
    }
    return rows.filter((row) => options.netuid === undefined || row.netuid === options.netuid);
  };
  const balances = orderBalances(await read(files.balances, readTaostatsBalances));
  if (balances.length === 0) throw noBalances(files.balances[0], options.netuid);
  const events = files.events.length === 0 ? undefined : orderEvents(await read(files.events, readTaostatsEvents));
  return { inputs, balances, events, attribution: attributeEmission(balances, events ?? []), notes };
}

function noBalances(file: InputFile, netuid: number | undefined): TenureError {
  if (netuid === undefined) {
    return new TenureError({
      code: "TEN-IMPORT-015",
      what: "There are no balances to import.",
      place: { file: file.path },
      found: "an empty data list",
      allowed: "at least one balance",
    });
  }
  return new TenureError({
    code: "TEN-IMPORT-010",
    what: "There are no balances on this subnet.",
    place: { file: file.path },
    found: netuid,
    allowed: "a subnet that the file holds",
    hint: "Leave --netuid out to import every subnet the file holds.",
  });
}

async function writeBalances(
  recording: RecordingWriter,
  balances: readonly TaostatsBalance[],
  intake: AddressIntake,
  signal: AbortSignal | undefined,
): Promise<void> {
  const rows = new StreamRows(await recording.stream("balances"));
  for (const row of balances) {
    if (rows.full) {
      signal?.throwIfAborted();
      await rows.flush();
    }
    const hotkey = intake.take(row.hotkey, fieldPlace(row, "hotkey.ss58"));
    const coldkey = intake.take(row.coldkey, fieldPlace(row, "coldkey.ss58"));
    rows.push(row.timeMs, row.block, row.netuid, hotkey, coldkey, row.balanceRao);
  }
  await rows.flush();
}

async function writeStake(
  recording: RecordingWriter,
  stake: StakeRows,
  intake: AddressIntake,
  signal: AbortSignal | undefined,
): Promise<void> {
  const rows = new StreamRows(await recording.stream("stake"));
  for (const { event, action, toColdkey, toAmountRao } of stake.rows) {
    if (rows.full) {
      signal?.throwIfAborted();
      await rows.flush();
    }
    const hotkey = intake.take(event.hotkey, fieldPlace(event, "delegate.ss58"));
    const coldkey = intake.take(event.coldkey, fieldPlace(event, "nominator.ss58"));
    const receiver = toColdkey === undefined ? -1 : intake.take(toColdkey, fieldPlace(event, "transfer_address.ss58"));
    const origin = [event.timeMs, event.block, event.extrinsic, event.event, STAKE_ACTIONS.indexOf(action)];
    rows.push(...origin, event.netuid, hotkey, coldkey, event.alphaRao, -1, -1, receiver, toAmountRao, 0);
  }
  await rows.flush();
}

function fieldPlace(row: PositionRow, field: string): () => Place {
  return () => ({ ...row.place, path: `${row.place.path}.${field}` });
}

function warningsOf(attribution: Attribution, events: number | undefined): string[] {
  const warnings: string[] = [];
  if (events === undefined || events === 0) {
    warnings.push(
      `${events === undefined ? `There is no ${EVENTS_NAME}` : `${EVENTS_NAME} holds no events`}: ${BALANCES_ONLY}.`,
      ...outlyingGrowth(attribution.outlyingIntervals),
    );
  }
  if (attribution.unexplainedIntervals > 0) {
    warnings.push(
      `${attribution.unexplainedIntervals} of ${attribution.intervals} intervals lose ${attribution.unexplainedRao} rao that no event explains; they are booked as unexplained outflows.`,
    );
  }
  return warnings;
}

function figuresOf(
  balances: number,
  events: number | undefined,
  stake: StakeRows | undefined,
  attribution: Attribution,
): RecordingManifest["figures"] {
  return {
    balances,
    events: events ?? null,
    transfers_joined: stake?.joinedTransfers ?? 0,
    positions: attribution.positions,
    intervals: attribution.intervals,
    attributed_emission_rao: attribution.emissionRao,
    emission_intervals: attribution.emissionIntervals,
    rounding_residuals: attribution.roundingIntervals,
    rounding_rao: attribution.roundingRao,
    unexplained_residuals: attribution.unexplainedIntervals,
    unexplained_rao: attribution.unexplainedRao,
    events_up_to_first_balance: attribution.eventsUpToFirstBalance,
    events_after_last_balance: attribution.eventsAfterLastBalance,
  };
}
