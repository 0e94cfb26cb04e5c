import { MAX_RAO, TenureError } from "../../engine/index.js";
import {
  type CalibratedMarket,
  type CalibratedWorld,
  calibratedScenario,
  calibratedWorld,
  type ObservedPrices,
  parseScenario,
  requireScenarioName,
  type Scenario,
} from "../../scenarios/index.js";
import { openInputs } from "../run/open-inputs.js";
import type { CalibrateOptions } from "./calibrate-options.js";
import { calibratedSource } from "./calibrated-source.js";
import { type ReplayedSubnet, replaySubnet } from "./replayed-subnet.js";

/** Miners with a group of their own where nothing else is said: more than a subnet seats, and a page that can be read. */
export const DEFAULT_MOST_MINERS = 1_000;

/** A scenario whose miners are those of a recording. */
export interface CalibratedRecording {
  readonly world: CalibratedWorld;
  readonly name: string;
  /** Of the file. */
  readonly text: string;
  readonly scenario: Scenario;
  /** Where its recordings lie; null: it needs none. */
  readonly data: string | null;
  readonly market: CalibratedMarket;
  /** What is to be known of the reading of the recording, in words. */
  readonly warnings: readonly string[];
}

/**
 * Makes a closed loop whose miners are paid, are there and sell as those of a recording (docs/explanation/calibration.md).
 * @param pathOrName of a recording, or of a scenario whose streams are looked at
 * @param commandOf how the scenario is run with recordings in a folder (null: without), for a comment in it
 * @throws TenureError `TEN-CALIBRATE-001` to `-006`, of the streams, of the scenario
 */
export async function calibrateRecording(
  pathOrName: string,
  options: CalibrateOptions,
  commandOf: (name: string, data: string | null) => string,
): Promise<CalibratedRecording> {
  const { emission = "schedule", mostMiners = DEFAULT_MOST_MINERS, onProgress, signal } = options;
  if (options.name !== undefined) requireScenarioName(options.name);
  const source = await calibratedSource(pathOrName, options.data);
  const { data, scenario } = source;
  const opened = await openInputs({ ...scenario, plugIns: null }, { data, onProgress, signal });
  const replayed = await replaySubnet(scenario, opened, pathOrName, { ...options, data });
  const market = marketOf(replayed.observed.prices, options.pool, pathOrName);
  if (emission === "recorded" && replayed.emissionStreams.size === 0) throw notRecorded(pathOrName);
  const world = calibratedWorld(replayed.observed, emission, mostMiners);
  const streams = streamsOf(scenario, replayed, { price: market.kind === "prices", emission: emission === "recorded" });
  const name = options.name ?? `${source.name}-calibrated`;
  const needed = streams.some((stream) => "recorded" in stream) ? data : null;
  const command = commandOf(name, needed);
  const text = calibratedScenario(world, { name, source: source.words, market, emission, streams, command });
  const made = parseScenario(text, name);
  return { world, name, text, scenario: made, data: needed, market, warnings: replayed.warnings };
}

/** Entries of the made scenario: of recordings no kinds but those that it reads. */
function streamsOf(
  { resolved }: Scenario,
  { priceStreams, emissionStreams }: ReplayedSubnet,
  reads: { readonly price: boolean; readonly emission: boolean },
): Readonly<Record<string, unknown>>[] {
  return resolved.streams.flatMap<Readonly<Record<string, unknown>>>((stream) => {
    const kinds = [
      ...(reads.emission && emissionStreams.has(stream.name) ? (["emission"] as const) : []),
      ...(reads.price && priceStreams.has(stream.name) ? (["price"] as const) : []),
    ];
    if (kinds.length === 0) return [];
    if (!("recorded" in stream)) return [{ ...stream }];
    const { recorded, name } = stream;
    return [{ recorded, name, kinds }];
  });
}

function marketOf({ count, firstTao }: ObservedPrices, pool: CalibrateOptions["pool"], place: string): CalibratedMarket {
  if (pool === undefined) {
    if (count > 0) return { kind: "prices" };
    throw noPrices(place, "no prices in the time that is looked at", "State a pool, its TAO and its alpha: --pool 20000,400000.");
  }
  const { taoReserveRao, alphaReserveRao } = pool;
  if (alphaReserveRao !== undefined) return { kind: "pool", taoReserveRao, alphaReserveRao };
  if (count === 0)
    throw noPrices(place, "a pool without alpha, and no price to reckon it by", "State its alpha, too: --pool 20000,400000.");
  const alphaRao = Math.round(taoReserveRao / firstTao);
  if (alphaRao >= 1 && alphaRao <= MAX_RAO) return { kind: "pool", taoReserveRao, alphaReserveRao: alphaRao };
  throw noPrices(place, `a pool of ${alphaRao} rao of alpha at the first price, ${firstTao} TAO`, "Choose another --pool.");
}

function noPrices(place: string, found: string, hint: string): TenureError {
  return new TenureError({
    code: "TEN-CALIBRATE-004",
    what: "It is not known at which price miners sell.",
    place: { file: place },
    found,
    allowed: "a recording with prices of the subnet, or a pool with TAO and alpha above 0 and at most 9007199 tokens",
    hint,
  });
}

function notRecorded(place: string): TenureError {
  return new TenureError({
    code: "TEN-CALIBRATE-006",
    what: "No recorded emission is there that the pot could be taken from.",
    place: { file: place },
    found: "pay that is made up, or seen in balances",
    allowed: "--emission recorded with a recording that holds emission",
    hint: "Leave --emission out: the pot is then what miners were paid, evenly.",
  });
}
