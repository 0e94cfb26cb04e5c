import { keysOf, PARTICIPANT_PARAMETERS, PARTICIPANT_STRATEGIES, SCORE_PARAMETERS, type StreamKind } from "../../../engine/index.js";
import { besideRule } from "../beside-rule.js";
import { type Contradiction, contradiction } from "../contradiction.js";
import { SCENARIO_CODES } from "../error-codes.js";
import { mayHold } from "../may-hold.js";
import { parameterShape } from "../parameters.js";
import { section } from "../section.js";
import type { StreamInput } from "../streams.js";
import type { IndexSubnetInput } from "./index-subnet.js";
import { rewardsSchema } from "./rewards.js";

/** Keys of the parameters of built-in scores. */
const SCORE_KEYS = Object.entries(SCORE_PARAMETERS).map(([name, parameter]) => keysOf(name, parameter)[0]);

/** What each key of a strategy's is where it is not stated. */
const STRATEGY_DEFAULTS: Readonly<Record<string, unknown>> = section(parameterShape(PARTICIPANT_PARAMETERS)).parse({});

type Streams = readonly (StreamInput | undefined)[];

/** What an index subnet needs and the rest of the scenario does not give; streams that are not well formed may give all. */
export function* indexContradictions(index: IndexSubnetInput | null | undefined, streams: Streams): Iterable<Contradiction> {
  if (index == null) return;
  yield* streamContradictions(index, streams);
  yield* weightContradictions(index, streams);
  yield* supplyContradictions(index);
  yield* groupContradictions(index);
  yield* strategyContradictions(index);
  const { score } = index.rewards;
  yield* besideRule(["index", "rewards", "score"], score.formula, score, rewardsSchema.parse({}).score, SCORE_KEYS);
}

function* streamContradictions({ founding, rebalancing, market }: IndexSubnetInput, streams: Streams): Iterable<Contradiction> {
  const needs = (kind: StreamKind, path: Contradiction["path"], what: string, hint: string): Contradiction[] =>
    streams.some((stream) => mayHold(stream, kind)) ? [] : [contradiction(path, what, { allowed: `a stream of kind ${kind}`, hint })];
  yield* needs(
    "price",
    ["index"],
    "No stream holds prices to value the index at.",
    "Add a recording with prices, or a stream `synthetic: prices`.",
  );
  if (founding.source === "published") {
    yield* needs(
      "index_weights",
      ["index", "founding", "source"],
      "No stream holds published weights.",
      "State the weights: source: given.",
    );
  }
  if (founding.source === "computed") {
    yield* needs("emission_rate", ["index", "founding", "source"], "No stream holds emission rates.", "State the weights: source: given.");
  }
  if (rebalancing === "computed") {
    yield* needs("emission_rate", ["index", "rebalancing"], "No stream holds emission rates.", "Choose founding_weights or never.");
  }
  if (rebalancing === "published") {
    yield* needs("index_weights", ["index", "rebalancing"], "No stream holds published weights.", "Choose founding_weights or never.");
  }
  const kind = typeof market === "string" ? market : market.kind;
  if (kind === "recorded" && streams.every((stream) => stream !== undefined && "synthetic" in stream)) {
    yield contradiction(["index", "market", "kind"], "No stream is recorded, so there is no recorded price of the token.", {
      found: "recorded",
      allowed: "pool, or a recording with prices of the index token",
    });
  }
}

function* weightContradictions({ founding, fund }: IndexSubnetInput, streams: Streams): Iterable<Contradiction> {
  const { source, weights } = founding;
  if (source !== "given") {
    if (weights.length > 0) {
      yield contradiction(["index", "founding", "weights"], "Weights are stated that are not used.", {
        found: weights.length,
        allowed: `none with source: ${source}`,
        hint: "Choose source: given.",
      });
    }
    return;
  }
  if (weights.length < fund.constituents) {
    yield contradiction(["index", "founding", "weights"], "The index has fewer subnets than it is to have.", {
      found: weights.length,
      allowed: `${fund.constituents}, as index.fund.constituents says`,
      hint: "Name more subnets, or lower constituents.",
    });
  }
  if (!streams.every((stream) => stream !== undefined && "synthetic" in stream)) return;
  const priced = largest(
    streams.map((stream) => (stream !== undefined && "synthetic" in stream && stream.synthetic === "prices" ? stream.subnets : 0)),
  );
  for (const [at, { netuid }] of weights.entries()) {
    if (netuid <= priced) continue;
    yield contradiction(["index", "founding", "weights", at, "netuid"], "The streams hold no prices of the subnet.", {
      found: netuid,
      allowed: priced === 0 ? "none" : `1 to ${priced}`,
    });
  }
}

/** The founding supply is handed out: there must be enough of it, however the draws come out. */
function* supplyContradictions({ founding, fund, market, participants }: IndexSubnetInput): Iterable<Contradiction> {
  const pool = typeof market === "string" || market.kind === "recorded" ? null : market;
  const groups = [...participants, ...(pool?.noise_traders == null ? [] : [pool.noise_traders])];
  const handed = groups.reduce((sum, { count, tokens }) => sum + count * Number(typeof tokens === "object" ? tokens.to : tokens), 0);
  const needed = handed + (pool === null ? 0 : Number(pool.tao_reserve) / fund.initial_nav);
  if (needed <= Number(founding.supply)) return;
  yield contradiction(["index", "founding", "supply"], "The tokens there are at the founding are fewer than are handed out.", {
    found: founding.supply,
    allowed: `${needed} or more: the pool, participants and noise traders may need as many`,
  });
}

/** Names of members must differ, so a group may not be called as the member of another. */
function* groupContradictions({ participants, validators }: IndexSubnetInput): Iterable<Contradiction> {
  const seen = new Set<string>();
  for (const [list, groups] of [
    ["participants", participants],
    ["validators", validators],
  ] as const) {
    for (const [at, { name }] of groups.entries()) {
      if (seen.has(name)) {
        yield {
          code: SCENARIO_CODES.duplicateName,
          path: ["index", list, at, "name"],
          what: `Two groups are called ${name}.`,
          found: name,
          allowed: "each name once",
          hint: "Give one of them another name.",
        };
      }
      seen.add(name);
    }
  }
}

/** What a group states for a strategy that it does not follow. */
function* strategyContradictions({ participants }: IndexSubnetInput): Iterable<Contradiction> {
  for (const [at, group] of participants.entries()) {
    const { strategy } = group;
    const own = PARTICIPANT_STRATEGIES[strategy].parameters;
    const stated = group as Readonly<Record<string, unknown>>;
    for (const [name, parameter] of Object.entries(PARTICIPANT_PARAMETERS)) {
      const [key] = keysOf(name, parameter);
      if (Object.hasOwn(own, name) || stated[key] === STRATEGY_DEFAULTS[key]) continue;
      const keys = Object.entries(own).map(([each, one]) => keysOf(each, one)[0]);
      yield contradiction(["index", "participants", at, key], `${strategy} does not take it.`, {
        found: stated[key],
        allowed: `left out; ${strategy} takes ${keys.join(", ")}`,
        hint: "Take it out, or choose another strategy; `preset` states parameters, too.",
      });
    }
  }
}

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => (value > most ? value : most), 0);
}
