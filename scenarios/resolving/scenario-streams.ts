import type { Role, StreamKind } from "../../engine/index.js";
import type { SyntheticOptions } from "../synthetic/options.js";
import { rao } from "./configuration.js";
import type { ResolvedRecorded, ResolvedScenario, ResolvedSynthetic } from "./resolved-scenario.js";

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

export type ScenarioStream = RecordedScenarioStream | SyntheticScenarioStream;

/** The streams a resolved scenario names, in its order. */
export function streamsOf({ streams, subnets }: ResolvedScenario): ScenarioStream[] {
  return streams.map((stream) => ("recorded" in stream ? recordedStream(stream) : syntheticStream(stream, subnets)));
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
