import { type PriceModelConfiguration, priceModelNamed, type Role, type StreamKind } from "../../engine/index.js";
import type { DrawnInput } from "../schema/drawn-rows.js";
import { parameterValues } from "../schema/parameters.js";
import type { SyntheticPricesInput } from "../schema/streams.js";
import type { DrawnOptions } from "../synthetic/drawn-streams.js";
import type { SyntheticOptions } from "../synthetic/options.js";
import { minerHotkeys } from "../synthetic/population.js";
import type { PriceOptions } from "../synthetic/price-options.js";
import type { StatedOptions } from "../synthetic/stated-streams.js";
import { gapsOf, shocksOf } from "./index-subnet.js";
import type { ResolvedRecorded, ResolvedScenario, ResolvedStated, ResolvedSynthetic } from "./resolved-scenario.js";
import { rao, spanMs } from "./well-formed.js";

/** A recording that the scenario names; `recorders` opens it. */
export interface RecordedScenarioStream {
  readonly source: "recorded";
  readonly name: string;
  /** Folder, relative to the data folder. */
  readonly folder: string;
  /** Only these kinds; null: all that the recording holds. */
  readonly kinds: readonly StreamKind[] | null;
  /** What attributed emission of its balances is booked under. */
  readonly role: Role;
  /** Null: as the recording's manifest says. */
  readonly coverage: "subnet" | "partial" | null;
}

/** Streams that are made; `makeSyntheticStreams` makes them. */
export interface SyntheticScenarioStream {
  readonly source: "synthetic";
  readonly name: string;
  readonly netuid: number;
  readonly tempoBlocks: number;
  /** Name of the recorded stream whose balance or emission times end the epochs; null: every tempo. */
  readonly epochsFrom: string | null;
  readonly options: SyntheticOptions;
}

/** Prices that are made; `makeSyntheticPrices` makes them. */
export interface PricesScenarioStream {
  readonly source: "synthetic_prices";
  readonly name: string;
  readonly options: PriceOptions;
}

/** Rows that the scenario states; `makeStatedStream` makes them. */
export interface StatedScenarioStream {
  readonly source: "stated";
  readonly name: string;
  readonly options: StatedOptions;
}

/** Numbers that are made up for hotkeys; `makeDrawnStream` makes them. */
export interface DrawnScenarioStream {
  readonly source: "drawn";
  readonly name: string;
  readonly options: DrawnOptions;
}

export type ScenarioStream =
  | RecordedScenarioStream
  | SyntheticScenarioStream
  | PricesScenarioStream
  | StatedScenarioStream
  | DrawnScenarioStream;

/** The streams a resolved scenario names, in its order. */
export function streamsOf({ streams, subnets }: ResolvedScenario): ScenarioStream[] {
  return streams.map((stream) => {
    if ("recorded" in stream) return recordedStream(stream);
    if (stream.synthetic === "prices") return pricesStream(stream);
    if (stream.synthetic === "subnet") return syntheticStream(stream, subnets);
    if ("drawn" in stream && stream.drawn !== undefined) return drawnStream(stream.synthetic, stream, stream.drawn, streams);
    return statedStream(stream);
  });
}

function recordedStream({ name, recorded, kinds, role, coverage }: ResolvedRecorded): RecordedScenarioStream {
  return { source: "recorded", name, folder: recorded, kinds, role, coverage };
}

function syntheticStream(stream: ResolvedSynthetic, subnets: ResolvedScenario["subnets"]): SyntheticScenarioStream {
  const range = ({ from, to }: { from: number | string; to: number | string }) => ({ fromRao: rao(from), toRao: rao(to) });
  const subnet = subnets.find(({ netuid }) => netuid === stream.netuid) ?? subnets[subnets.length - 1];
  return {
    source: "synthetic",
    name: stream.name,
    netuid: stream.netuid,
    tempoBlocks: subnet.tempo,
    epochsFrom: stream.epochs_from,
    options: {
      miners: stream.miners,
      coldkeys: stream.coldkeys,
      firstUid: stream.first_uid,
      registry: stream.registry,
      coverage: stream.coverage,
      minerPotRaoPerBlock: rao(stream.miner_pot_alpha_per_block),
      shareSpread: stream.share_spread,
      shareJitter: stream.share_jitter,
      openingStake: stream.opening_stake_alpha === null ? null : range(stream.opening_stake_alpha),
      addsPerDay: stream.adds_per_day,
      addSize: range(stream.add_size_alpha),
      removesPerDay: stream.removes_per_day,
      removeSize: range(stream.remove_size_alpha),
      behaviours: stream.behaviours,
      sweepEveryDays: { fromDays: stream.sweep_every_days.from, toDays: stream.sweep_every_days.to },
      firstBlock: stream.first_block,
    },
  };
}

function statedStream(stream: ResolvedStated): StatedScenarioStream {
  const { synthetic: kind, name, netuid = 0 } = stream;
  const rows = (stream.rows ?? []).flatMap((row) => {
    const when = { afterMs: spanMs(row.after), everyMs: row.every === null ? null : spanMs(row.every) };
    const whose = { ...when, hotkeys: "hotkeys" in row ? row.hotkeys : [] };
    if ("amount" in row) return [{ ...whose, value: rao(row.amount) }];
    if ("weight" in row) return [{ ...whose, value: row.weight, validators: row.validators, stakeRao: rao(row.stake) }];
    if ("usd_per_tao" in row) return [{ ...whose, value: row.usd_per_tao }];
    return [{ ...whose, value: row.score }, ...Object.entries(row.columns).map(([column, value]) => ({ ...whose, value, column }))];
  });
  return { source: "stated", name, options: { kind, netuid, unit: "unit" in stream ? stream.unit : "alpha", rows } };
}

function drawnStream(
  kind: DrawnOptions["kind"],
  { name, netuid = 0 }: ResolvedStated,
  drawn: DrawnInput,
  streams: ResolvedScenario["streams"],
): DrawnScenarioStream {
  const { miners_of: of, hotkeys = [], from, to, every, half_life, deviation, told } = drawn;
  const whose = streams.flatMap((stream) => ("synthetic" in stream && stream.synthetic === "subnet" && stream.name === of ? [stream] : []));
  return {
    source: "drawn",
    name,
    options: {
      kind,
      netuid,
      hotkeys: [...hotkeys, ...whose.flatMap((stream) => minerHotkeys(stream.name, stream.miners))],
      levels: { from, to },
      columns: "columns" in drawn ? drawn.columns : {},
      everyMs: spanMs(every),
      halfLifeMs: half_life === null ? null : spanMs(half_life),
      deviation,
      told,
    },
  };
}

function pricesStream(stream: SyntheticPricesInput): PricesScenarioStream {
  const { name, subnets, sample_every, start_price_tao, model, shocks, gaps, first_block } = stream;
  return {
    source: "synthetic_prices",
    name,
    options: {
      subnets,
      sampleMs: spanMs(sample_every),
      startPrice: start_price_tao,
      model: priceModelConfiguration(model),
      shocks: shocksOf(shocks),
      gaps: gapsOf(gaps),
      firstBlock: first_block,
    },
  };
}

function priceModelConfiguration(model: SyntheticPricesInput["model"]): PriceModelConfiguration {
  return { kind: model.kind, ...parameterValues(priceModelNamed(model.kind).parameters, model) } as PriceModelConfiguration;
}
