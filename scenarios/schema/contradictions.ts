import { DAY_MS, MOST_INSTALMENTS, math, nearestName, unitsOf } from "../../engine/index.js";
import { closedLoopContradictions } from "./closed-loop/closed-loop-contradictions.js";
import { type Contradiction, contradiction } from "./contradiction.js";
import { drawnContradictions } from "./drawn-contradictions.js";
import { SCENARIO_CODES } from "./error-codes.js";
import { handedOverContradictions, type SimulatedNetuids } from "./handed-over/handed-over-contradictions.js";
import { indexContradictions } from "./index-subnet/index-contradictions.js";
import { instantMs } from "./instant.js";
import { plugInContradictions } from "./plug-in-contradictions.js";
import type { PartialScenarioInput } from "./scenario-schema.js";
import { stageContradictions } from "./stage-contradictions.js";
import { statedContradictions } from "./stated-contradictions.js";
import { streamName } from "./stream-name.js";
import type { RecordedInput, StatedStreamInput, StreamInput, SyntheticInput, SyntheticPricesInput } from "./streams.js";
import { namedNetuids, OTHERS } from "./subnet.js";
import { weightsContradictions } from "./weights-contradictions.js";

/**
 * Every contradiction between the well-formed parts of a scenario. Streams that are not well formed are undefined.
 * @param malformed top-level keys that are not well formed: what hangs on them is not known, so it is not judged
 */
export function contradictionsOf(
  scenario: PartialScenarioInput,
  streams: readonly (StreamInput | undefined)[],
  malformed: ReadonlySet<string>,
): Contradiction[] {
  const subnetsKnown = !malformed.has("subnet") && !malformed.has("subnets");
  const streamsKnown = !streams.includes(undefined);
  const synthetic = withIndices(streams, isSynthetic);
  const recorded = withIndices(streams, isRecorded);
  const prices = withIndices(streams, isPrices);
  return [
    ...timeContradictions(
      scenario,
      [...synthetic, ...prices, ...withIndices(streams, isStated)].map(([index]) => index),
    ),
    ...subnetContradictions(scenario),
    ...nameContradictions(streams),
    ...synthetic.flatMap(([index, stream]) => [
      ...ownerContradictions(index, stream),
      ...(subnetsKnown ? placeContradictions(index, stream, scenario) : []),
      ...(streamsKnown ? referenceContradictions(index, stream, recorded) : []),
    ]),
    ...(subnetsKnown ? uidContradictions(scenario, synthetic) : []),
    ...drawnContradictions(streams),
    ...statedContradictions(scenario, streams),
    ...scheduleContradictions(scenario),
    ...emissionContradictions(scenario, streams, recorded),
    ...weightsContradictions(scenario, streams),
    ...stageContradictions(scenario, streams, malformed),
    ...plugInContradictions(scenario),
    ...indexContradictions(scenario.index, streams),
    ...closedLoopContradictions(scenario.closed_loop, scenario.time, subnetsKnown ? namedNetuids(scenario) : null, streams),
    ...handedOverContradictions(
      scenario.handed_over,
      subnetsKnown ? namedNetuids(scenario) : null,
      streams,
      simulatedNetuids(scenario, subnetsKnown ? namedNetuids(scenario) : []),
    ),
    ...tableContradictions(scenario),
  ];
}

/** Subnets that the scenario simulates whole. */
function simulatedNetuids({ closed_loop: loop, index }: PartialScenarioInput, named: readonly number[]): SimulatedNetuids[] {
  const first = loop?.netuid ?? (named.length === 1 ? named[0] : undefined);
  const last = (first ?? 0) + (loop?.alternatives?.strategies.length ?? 1) - 1;
  return [
    ...(loop == null || first === undefined ? [] : [{ first, last }]),
    ...(index == null ? [] : [{ first: index.netuid, last: index.netuid }]),
  ];
}

type Indexed<Stream> = readonly (readonly [number, Stream])[];

function isSynthetic(stream: StreamInput): stream is SyntheticInput {
  return "synthetic" in stream && stream.synthetic === "subnet";
}

function isPrices(stream: StreamInput): stream is SyntheticPricesInput {
  return "synthetic" in stream && stream.synthetic === "prices";
}

function isStated(stream: StreamInput): stream is StatedStreamInput {
  return "synthetic" in stream && !isSynthetic(stream) && !isPrices(stream);
}

function isRecorded(stream: StreamInput): stream is RecordedInput {
  return "recorded" in stream;
}

function withIndices<Stream extends StreamInput>(
  streams: readonly (StreamInput | undefined)[],
  is: (stream: StreamInput) => stream is Stream,
): Indexed<Stream> {
  return streams.flatMap((stream, index) => (stream !== undefined && is(stream) ? [[index, stream] as const] : []));
}

function* timeContradictions({ time }: PartialScenarioInput, synthetic: readonly number[]): Iterable<Contradiction> {
  if (time === undefined) return;
  const { start, end, days } = time;
  if (days !== null && end !== null) {
    yield contradiction(["time", "days"], "The end is stated twice, by time.end and by time.days.", {
      found: days,
      allowed: "time.end alone, or time.days alone",
      hint: "Remove one of them.",
    });
  } else if (days !== null && start === null) {
    yield contradiction(["time", "days"], "A number of days needs a start to count from.", {
      found: days,
      allowed: "time.days beside time.start",
      hint: "Add time.start, or state time.end.",
    });
  } else if (start !== null) {
    const startMs = instantMs(start) ?? 0;
    const endMs = end !== null ? instantMs(end) : days === null ? null : startMs + math.round(unitsOf(days, DAY_MS));
    if (endMs !== null && endMs <= startMs) {
      yield contradiction(["time", "end"], "The run ends before it starts.", { found: end, allowed: `after time.start, ${start}` });
    } else if (endMs !== null && instantMs(endMs) === null) {
      yield contradiction(["time", "days"], "The run ends later than times can be.", { found: days, allowed: "an end before 2109" });
    }
  }
  if (synthetic.length > 0 && (start === null || (end === null && days === null))) {
    const [index] = [...synthetic].sort((a, b) => a - b);
    yield contradiction(
      start === null ? ["time", "start"] : ["time", "end"],
      "Synthetic streams need a start and an end: they could go on for ever.",
      {
        allowed: "time.start, and time.end or time.days",
        hint: `Stream ${index} is synthetic.`,
      },
    );
  }
}

function* subnetContradictions({ subnet, subnets }: PartialScenarioInput): Iterable<Contradiction> {
  if (subnet !== undefined && subnets !== undefined) {
    yield contradiction(["subnet"], "Both subnet and subnets are stated.", {
      allowed: "subnet alone, or subnets alone",
      hint: "Put all of them under subnets.",
    });
  }
  const seen = new Set<number | string>();
  for (const [index, { netuid }] of (subnets ?? []).entries()) {
    if (seen.has(netuid)) {
      yield {
        code: SCENARIO_CODES.duplicateName,
        path: ["subnets", index, "netuid"],
        what: "The subnet is listed twice.",
        found: netuid,
        allowed: "each netuid once",
        hint: "Put what is said of it into one entry.",
      };
    }
    seen.add(netuid);
  }
}

function* nameContradictions(streams: readonly (StreamInput | undefined)[]): Iterable<Contradiction> {
  const seen = new Set<string>();
  for (const [index, stream] of streams.entries()) {
    const name = stream === undefined ? undefined : streamName(stream);
    if (name === undefined) continue;
    if (seen.has(name)) {
      yield {
        code: SCENARIO_CODES.duplicateName,
        path: ["streams", index, "name"],
        what: `Two streams are called ${name}.`,
        found: name,
        allowed: "each name once",
        hint: "Give one of them another name.",
      };
    }
    seen.add(name);
  }
}

function* ownerContradictions(index: number, stream: SyntheticInput): Iterable<Contradiction> {
  if (stream.coldkeys !== null && stream.coldkeys > stream.miners) {
    yield contradiction(["streams", index, "coldkeys"], "There are more owners than miners.", {
      found: stream.coldkeys,
      allowed: `at most ${stream.miners}, the miners`,
    });
  }
}

function* placeContradictions(index: number, stream: SyntheticInput, scenario: PartialScenarioInput): Iterable<Contradiction> {
  if (stream.netuid === null && namedNetuids(scenario).length !== 1) {
    yield contradiction(["streams", index, "netuid"], "It is not clear on which subnet the synthetic miners are.", {
      allowed: "a netuid here, or exactly one named under subnet or subnets",
      hint: "Add subnet: { netuid: 1 }, say.",
    });
  }
}

function* referenceContradictions(index: number, stream: SyntheticInput, recorded: Indexed<RecordedInput>): Iterable<Contradiction> {
  const names = recorded.map(([, other]) => streamName(other) as string);
  if (stream.epochs_from !== null && !names.includes(stream.epochs_from)) {
    const nearest = nearestName(stream.epochs_from, names);
    yield {
      code: SCENARIO_CODES.unknownStream,
      path: ["streams", index, "epochs_from"],
      what: "The scenario has no recorded stream of this name.",
      found: stream.epochs_from,
      allowed: names.length === 0 ? "the name of a recorded stream; the scenario has none" : names.join(", "),
      hint: nearest === undefined ? "Leave it out to have epochs end by the clock." : `Did you mean ${nearest}?`,
    };
  }
}

function subnetsOf({ subnet, subnets }: PartialScenarioInput) {
  return subnets ?? (subnet === undefined ? [] : [subnet]);
}

/** Two streams of one subnet must not put miners on one uid, and no uid lies outside the subnet. */
function* uidContradictions(scenario: PartialScenarioInput, synthetic: Indexed<SyntheticInput>): Iterable<Contradiction> {
  const [only] = namedNetuids(scenario);
  const taken: { readonly netuid: number; readonly from: number; readonly to: number; readonly name: string }[] = [];
  for (const [index, { netuid: stated, first_uid: from, miners, name }] of synthetic) {
    const netuid = stated ?? only;
    if (netuid === undefined) continue;
    const to = from + miners - 1;
    const other = taken.find((range) => range.netuid === netuid && range.from <= to && from <= range.to);
    if (other !== undefined) {
      yield contradiction(["streams", index, "first_uid"], `Miners of ${name} and of ${other.name} would sit on the same uids.`, {
        found: from,
        allowed: `${other.to + 1} or more`,
      });
    }
    taken.push({ netuid, from, to, name });
    const subnets = subnetsOf(scenario);
    const capacity =
      (subnets.find((subnet) => subnet.netuid === netuid) ?? subnets.find((subnet) => subnet.netuid === OTHERS))?.capacity ?? 256;
    if (to >= capacity) {
      yield contradiction(["streams", index, "miners"], "There are more miners than the subnet has uids.", {
        found: miners,
        allowed: `at most ${capacity - from} (capacity ${capacity}, first_uid ${from})`,
        hint: "Raise subnet.capacity, or make fewer miners.",
      });
    }
  }
}

function* emissionContradictions(
  { emission, schedules }: PartialScenarioInput,
  streams: readonly (StreamInput | undefined)[],
  recorded: Indexed<RecordedInput>,
): Iterable<Contradiction> {
  if (emission === undefined || typeof emission === "string" || emission.mode !== "redistribute") return;
  const pays = streams.some(
    (stream) =>
      stream === undefined ||
      isSynthetic(stream) ||
      (isRecorded(stream) && (stream.kinds === null || stream.kinds.some((kind) => kind === "emission" || kind === "balances"))),
  );
  if (!pays && streams.length > 0) {
    yield contradiction(["emission", "mode"], "There is nothing to redistribute: no stream pays anyone.", {
      found: "redistribute",
      allowed: "a synthetic stream, or a recorded one of kind emission or balances",
    });
  }
  if (emission.outside === false) {
    for (const [index, stream] of recorded) {
      if (stream.coverage !== "partial") continue;
      yield contradiction(
        ["streams", index, "coverage"],
        "A stream that holds only part of the subnet cannot be redistributed: its pot is not the subnet's.",
        {
          found: "partial",
          allowed: "coverage: subnet, where the scenario's streams together are the whole subnet",
          hint: "Or add emission.outside: true, a pseudo-miner that carries the rest of the pot; it takes everybody else to keep a multiplier of 1.",
        },
      );
    }
  }
  if (schedules != null && emission.withdrawals === "same_tranches") {
    yield contradiction(
      ["emission", "withdrawals"],
      "Instalments have no counterpart tranche in the recording, so withdrawals cannot follow tranches.",
      {
        found: "same_tranches",
        allowed: "proportional, absolute",
        hint: "With schedules under redistribute state emission.withdrawals: proportional.",
      },
    );
  }
}

function* scheduleContradictions({ schedules }: PartialScenarioInput): Iterable<Contradiction> {
  if (schedules == null) return;
  const { duration_days: duration, interval_days: interval } = schedules;
  if (duration / interval > MOST_INSTALMENTS) {
    yield contradiction(["schedules", "interval_days"], "A reward would be paid in too many instalments.", {
      found: interval,
      allowed: `at least ${duration / MOST_INSTALMENTS}: at most ${MOST_INSTALMENTS} intervals in schedules.duration_days, ${duration}`,
      hint: "Make the intervals longer, or the duration shorter.",
    });
  }
}

function* tableContradictions({ record }: PartialScenarioInput): Iterable<Contradiction> {
  if (record === undefined || record.tables === "all") return;
  for (const [index, table] of record.tables.entries()) {
    if (record.tables.indexOf(table) === index) continue;
    yield {
      code: SCENARIO_CODES.duplicateName,
      path: ["record", "tables", index],
      what: "The table is listed twice.",
      found: table,
      allowed: "each table once",
      hint: "Remove one of them.",
    };
  }
}
