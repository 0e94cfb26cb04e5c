import { instantText, TenureError } from "../../engine/index.js";
import type { ObservedPrices, ObservedSubnet, Scenario } from "../../scenarios/index.js";
import { simulatePrepared } from "../run/execute.js";
import type { RunInputs } from "../run/open-inputs.js";
import { prepareRun } from "../run/prepare.js";
import type { PreparedRun } from "../run/prepared-run.js";
import type { CalibrateOptions } from "./calibrate-options.js";
import { observedMiners } from "./observed-miners.js";
import { SeenTables } from "./seen-tables.js";
import { type SeenPrices, SeenSubnets, SubnetSource } from "./subnet-source.js";

/** Netuids told of a recording with more. */
const MOST_TOLD = 20;

/** What a replay of recorded streams shows of a subnet. */
export interface ReplayedSubnet {
  readonly observed: ObservedSubnet;
  /** Names of the scenario's streams that tell its prices. */
  readonly priceStreams: ReadonlySet<string>;
  /** Names of those that hold its recorded emission. */
  readonly emissionStreams: ReadonlySet<string>;
  /** What is to be known of the reading. */
  readonly warnings: readonly string[];
}

/**
 * Replays the streams of a scenario as they were recorded, under no rule, and looks at one subnet.
 * @param place what errors call the recording
 * @throws TenureError `TEN-CALIBRATE-001` to `-003`, `-005`; of the streams
 */
export async function replaySubnet(
  scenario: Scenario,
  opened: RunInputs,
  place: string,
  { data, netuid, fromMs, toMs, onProgress, signal }: CalibrateOptions,
): Promise<ReplayedSubnet> {
  const given = scenario.configuration;
  const named = given.subnets.map((subnet) => subnet.netuid);
  const wanted = netuid ?? (named.length === 1 ? named[0] : null);
  const endMs = toMs === undefined || (given.endMs !== null && given.endMs < toMs) ? given.endMs : toMs;
  const asRecorded: Scenario = {
    ...scenario,
    plugIns: null,
    configuration: {
      ...given,
      endMs,
      vesting: { ...given.vesting, mode: "off" },
      stages: null,
      schedules: null,
      emission: { ...given.emission, mode: "replay", recordedRule: null, outside: null },
      index: null,
      closedLoops: [],
      handedOver: [],
      record: { ...given.record, tables: [...SeenTables.TABLES], everyEpochs: 1 },
      audit: false,
    },
  };
  const prepared = await prepareRun(asRecorded, { data, onProgress, signal, opened });
  const seen = new SeenSubnets();
  const tables = new SeenTables();
  const sources = prepared.sources.map((source, i) => new SubnetSource(source, prepared.streams[i], i, wanted, seen));
  const summary = await simulatePrepared({ ...prepared, sources }, tables, { onProgress, signal });
  const chosen = wanted ?? onlyPaid(seen, place);
  if (!seen.paid.has(chosen)) throw seen.paid.size === 0 ? noPay(place, prepared) : unknownSubnet(chosen, seen, place);
  const { epochEndsMs, miners } = observedMiners(tables, chosen, fromMs ?? null);
  if (epochEndsMs.length < 2) {
    const looked = { fromMs, toMs: endMs ?? undefined };
    throw tooShort(place, { paid: epochEndsMs.length, all: tables.endsMs.get(chosen)?.size ?? 0 }, looked, recordedSpan(opened));
  }
  const prices = seen.prices.get(chosen);
  return {
    observed: { netuid: chosen, epochEndsMs, miners, prices: pricesOf(prices, epochEndsMs) },
    priceStreams: namesOf(scenario, prepared, (i) => prices?.streams.has(i) === true),
    emissionStreams: namesOf(scenario, prepared, (i) => isRecordedEmission(prepared, i)),
    warnings: summary.warnings,
  };
}

/** Names of the scenario's streams of which any stream of the run satisfies a condition. */
function namesOf({ streams }: Scenario, prepared: PreparedRun, is: (stream: number) => boolean): ReadonlySet<string> {
  const names = prepared.streams.flatMap(({ name }, i) => (is(i) ? [name] : []));
  return new Set(streams.flatMap(({ name }) => (names.some((one) => one.startsWith(`${name}/`)) ? [name] : [])));
}

/** Rows of a file, and not made of balances. */
function isRecordedEmission({ streams, inputs }: PreparedRun, at: number): boolean {
  const { kind, name } = streams[at];
  return kind === "emission" && inputs.some((input) => input.source === "recorded" && input.kind === "emission" && input.stream === name);
}

/** Prices from an epoch before the first end on to the last end: there the calibrated world reads them. */
function pricesOf(prices: SeenPrices | undefined, endsMs: Float64Array): ObservedPrices {
  const none = { count: 0, firstMs: 0, firstTao: 0, lastMs: 0, lastTao: 0, longestGapMs: 0 };
  if (prices === undefined) return none;
  const [times, taos] = [prices.timesMs.values, prices.pricesTao.values];
  const fromMs = endsMs[0] - (endsMs[1] - endsMs[0]);
  const toMs = endsMs[endsMs.length - 1];
  let [count, firstMs, firstTao, lastMs, lastTao, longestGapMs] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < times.length; i++) {
    if (times[i] < fromMs || times[i] > toMs) continue;
    if (count === 0) [firstMs, firstTao] = [times[i], taos[i]];
    else longestGapMs = Math.max(longestGapMs, times[i] - lastMs);
    [lastMs, lastTao] = [times[i], taos[i]];
    count += 1;
  }
  return { count, firstMs, firstTao, lastMs, lastTao, longestGapMs };
}

function onlyPaid({ paid }: SeenSubnets, place: string): number {
  if (paid.size > 1) {
    throw new TenureError({
      code: "TEN-CALIBRATE-003",
      what: "Miners of several subnets are paid in it, and it is not said which are meant.",
      place: { file: place },
      found: `subnets ${listed(paid)}`,
      allowed: "one subnet",
      hint: "Name it: --netuid <n>.",
    });
  }
  const [only] = paid;
  return only ?? -1;
}

function noPay(place: string, { streams }: PreparedRun): TenureError {
  const kinds = [...new Set(streams.map(({ kind }) => kind))];
  return new TenureError({
    code: "TEN-CALIBRATE-001",
    what: "No miner is paid in it, so there is nobody to be calibrated to.",
    place: { file: place },
    found: kinds.length === 0 ? "no streams" : `streams of ${kinds.join(", ")}`,
    allowed: "a recording with emission of miners, or with balances that their pay shows in",
    hint: "`tenure record` and `tenure import run` record pay; of balances, `tenure import table --kind balances`.",
  });
}

function unknownSubnet(netuid: number, { paid }: SeenSubnets, place: string): TenureError {
  return new TenureError({
    code: "TEN-CALIBRATE-002",
    what: `No miner of subnet ${netuid} is paid in it.`,
    place: { file: place },
    found: netuid,
    allowed: `subnets ${listed(paid)}`,
    hint: "Choose another --netuid, or a recording of that subnet.",
  });
}

/** From the first recorded row to the last, ms since 1970; null: none is recorded. */
function recordedSpan({ recordings }: RunInputs): { readonly fromMs: number; readonly toMs: number } | null {
  const files = [...recordings.values()].flatMap(({ streams }) => streams.flatMap((stream) => stream.files));
  const times = files.flatMap(({ from_ms, to_ms }) => (from_ms === null || to_ms === null ? [] : [from_ms, to_ms]));
  if (times.length === 0) return null;
  return { fromMs: times.reduce((a, b) => Math.min(a, b)), toMs: times.reduce((a, b) => Math.max(a, b)) };
}

function tooShort(
  place: string,
  epochs: { readonly paid: number; readonly all: number },
  looked: { readonly fromMs: number | undefined; readonly toMs: number | undefined },
  recorded: { readonly fromMs: number; readonly toMs: number } | null,
): TenureError {
  const after = looked.fromMs === undefined ? [] : [`after ${instantText(looked.fromMs)}`];
  const upTo = looked.toMs === undefined ? [] : [`up to ${instantText(looked.toMs)}`];
  const when = [...after, ...upTo].join(" and ");
  const count = epochs.paid === 0 ? "no epoch" : "1 epoch";
  const of = epochs.all === 0 ? "" : ` of ${epochs.all}`;
  const rows = recorded === null ? "" : `Rows are recorded from ${instantText(recorded.fromMs)} to ${instantText(recorded.toMs)}. `;
  return new TenureError({
    code: "TEN-CALIBRATE-005",
    what: "There are too few epochs that pay miners in the time that is looked at.",
    place: { file: place },
    found: when === "" ? `${count}${of}` : `${count}${of} that ends ${when}`,
    allowed: "2 or more epochs with pay of miners, after --from and up to --to",
    hint: `${rows}Choose another --from or --to, or record a longer time.`,
  });
}

function listed(netuids: ReadonlySet<number>): string {
  const sorted = [...netuids].sort((a, b) => a - b);
  const told = sorted.slice(0, MOST_TOLD).join(", ");
  return sorted.length > MOST_TOLD ? `${told} and ${sorted.length - MOST_TOLD} more` : told;
}
