import {
  AGENT_TABLES,
  ALWAYS_TABLES,
  BUDGET_TABLES,
  CLOSED_LOOP_TABLES,
  DAY_MS,
  instantText,
  math,
  RESULT_TABLE_NAMES,
  STAGE_TABLES,
  unitsOf,
  WHERE_FILLED_TABLES,
  YUMA_TABLES,
} from "../../engine/index.js";
import { MINER_POT_ALPHA_PER_BLOCK } from "../schema/emission.js";
import { instantMs } from "../schema/instant.js";
import { type ScenarioInput, scenarioSchema } from "../schema/scenario-schema.js";
import { resolveStages } from "../schema/stages.js";
import { streamName } from "../schema/stream-name.js";
import type { RecordedInput, StatedStreamInput, SyntheticInput, SyntheticPricesInput } from "../schema/streams.js";
import { namedNetuids, OTHERS, subnetSchema } from "../schema/subnet.js";
import { resolveClosedLoop } from "./closed-loop.js";
import { resolveHandedOver } from "./handed-over.js";
import { resolveIndexSubnet } from "./index-subnet.js";

/**
 * A scenario with every default filled in and every short form written out: plain JSON with the keys of a scenario file,
 * always in the same order. Resolving it again gives the same; `scenarioFromResolved` runs it.
 */
export function resolveScenario(input: ScenarioInput) {
  const { name, description, seed, replicate, preset, epochs, ledger, vesting, schedules, index, snapshots } = input;
  return {
    name,
    description,
    seed,
    replicate,
    preset,
    time: resolveTime(input.time),
    subnets: resolveSubnets(input),
    epochs,
    streams: resolveStreams(input),
    ledger,
    vesting: { ...vesting, redistribution: resolveRedistribution(vesting.redistribution) },
    ...(input.weights === null ? {} : { weights: input.weights }),
    ...(input.stages === null ? {} : { stages: resolveStages(input.stages) }),
    ...(input.tags === null ? {} : { tags: input.tags }),
    emission: resolveEmission(input.emission),
    schedules,
    index: index === null ? null : resolveIndexSubnet(index),
    ...(input.closed_loop === null
      ? {}
      : { closed_loop: resolveClosedLoop(input.closed_loop, input.closed_loop.netuid ?? namedNetuids(input)[0] ?? 0) }),
    ...(input.handed_over === null ? {} : { handed_over: resolveHandedOver(input.handed_over, namedNetuids(input)[0] ?? 0) }),
    snapshots,
    record: {
      tables: resolveTables(input),
      every_epochs: input.record.every_epochs,
      ...(input.stages === null ? {} : { stage_weights: input.record.stage_weights }),
    },
  };
}

export type ResolvedScenario = ReturnType<typeof resolveScenario>;
export type ResolvedRecorded = RecordedInput & { readonly name: string };
export type ResolvedSynthetic = SyntheticInput & { readonly netuid: number; readonly coldkeys: number };
/** A stated stream; that of the price of a TAO is of no subnet. */
export type ResolvedStated = StatedStreamInput & { readonly netuid?: number };
export type ResolvedStream = ResolvedRecorded | ResolvedSynthetic | SyntheticPricesInput | ResolvedStated;

function resolveTime({ start, end, days }: ScenarioInput["time"]): { start: string | null; end: string | null } {
  const startMs = start === null ? null : instantMs(start);
  if (days === null || startMs === null) return { start, end };
  return { start, end: instantText(startMs + math.round(unitsOf(days, DAY_MS))) };
}

/** All subnets in a list, the settings of those not named last. */
function resolveSubnets({ subnet, subnets }: ScenarioInput) {
  const stated = subnets ?? (subnet === undefined ? [] : [subnet]);
  const others = stated.find(({ netuid }) => netuid === OTHERS) ?? subnetSchema.parse({});
  const named = stated.filter(({ netuid }) => netuid !== OTHERS);
  return [...named.sort((a, b) => Number(a.netuid) - Number(b.netuid)), others];
}

function resolveStreams(input: ScenarioInput): ResolvedStream[] {
  const named = namedNetuids(input);
  return input.streams.map((stream) => {
    const name = streamName(stream) ?? "";
    if ("recorded" in stream) {
      const { recorded, kinds, role, coverage } = stream;
      return { recorded, name, kinds, role, coverage };
    }
    if (stream.synthetic === "prices" || stream.synthetic === "tao_price") return stream;
    const netuid = stream.netuid ?? named[0] ?? 0;
    if (stream.synthetic !== "subnet") return { ...stream, netuid };
    return { ...stream, netuid, coldkeys: stream.coldkeys ?? stream.miners };
  });
}

function resolveRedistribution(redistribution: ScenarioInput["vesting"]["redistribution"]) {
  return redistribution === "threshold" ? { threshold: { relative: 0.5, absolute: 0 } } : redistribution;
}

function resolveEmission(emission: ScenarioInput["emission"]) {
  const stated = typeof emission === "string" ? scenarioSchema.shape.emission.parse({ mode: emission }) : emission;
  const { mode, recorded_rule, outside, withdrawals } = stated as Exclude<ScenarioInput["emission"], string>;
  return {
    mode,
    recorded_rule,
    outside: outside === true ? { miner_pot_alpha_per_block: MINER_POT_ALPHA_PER_BLOCK } : outside,
    withdrawals,
  };
}

/** All tables are those that the scenario can fill: only a list of stages, Yuma, a closed loop, and who decides, fill their own. */
function resolveTables({ record: { tables }, stages, weights, closed_loop, handed_over }: ScenarioInput) {
  const unfilled: readonly string[] = [
    ...WHERE_FILLED_TABLES,
    ...(stages === null ? STAGE_TABLES : []),
    ...(stages?.some(({ budget }) => budget !== undefined) === true ? [] : BUDGET_TABLES),
    ...(weights === null || weights.from === "scores" ? YUMA_TABLES : []),
    ...(closed_loop === null ? CLOSED_LOOP_TABLES : []),
    ...(closed_loop === null && handed_over === null ? AGENT_TABLES : []),
  ];
  const all = RESULT_TABLE_NAMES.filter((name) => !unfilled.includes(name));
  return RESULT_TABLE_NAMES.filter((name) =>
    tables === "all" ? all.includes(name) : ALWAYS_TABLES.includes(name) || tables.includes(name),
  );
}
