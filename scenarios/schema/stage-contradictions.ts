import { type OrderFault, STAGES, STREAM_OF_FACT, type StageName, stageOrderFault, surelyAskedFacts } from "../../engine/index.js";
import { type Contradiction, contradiction } from "./contradiction.js";
import { mayHold } from "./may-hold.js";
import { poolContradictions } from "./pool-contradictions.js";
import type { PartialScenarioInput } from "./scenario-schema.js";
import { type StageInput, stageConfiguration } from "./stages.js";
import type { StreamInput } from "./streams.js";
import { vestingSchema } from "./vesting.js";

/** Keys of `vesting` that state a rule; the others say how holding is measured, and stand beside a list of stages. */
export const RULE_KEYS = [
  "rule",
  "retention_target",
  "max_multiplier",
  "tiers",
  "minimum_stake",
  "minimum_stake_unit",
  "below_minimum",
  "redistribution",
] as const;

/** What of a list of stages contradicts itself, or the rest of the scenario. */
export function* stageContradictions(
  scenario: PartialScenarioInput,
  streams: readonly (StreamInput | undefined)[],
  malformed: ReadonlySet<string>,
): Iterable<Contradiction> {
  const { stages, vesting, emission, index } = scenario;
  if (stages == null) return;
  yield* untoldFacts(stages, streams);
  yield* poolContradictions(scenario, stages, streams, malformed);
  const fault = orderFault(stages);
  if (fault !== null) {
    yield contradiction(faultPath(fault), `A list of stages makes no sense: ${fault.what}.`, {
      found: stages.map(nameOf).join(", "),
      allowed: "a list in which each stage does something",
      hint: fault.hint,
    });
  }
  if (vesting !== undefined) {
    const defaults = vestingSchema.parse({}) as Readonly<Record<string, unknown>>;
    const stated = vesting as Readonly<Record<string, unknown>>;
    for (const key of RULE_KEYS) {
      if (JSON.stringify(stated[key]) === JSON.stringify(defaults[key])) continue;
      yield contradiction(["vesting", key], "The rule is stated twice, under vesting and as a list of stages.", {
        found: stated[key],
        allowed: "left out where there are stages; vesting then says how holding is measured",
        hint: "A minimum is the stage gate, a multiplier the stage multiplier.",
      });
    }
  }
  for (const [at, { gate }] of stages.entries()) {
    if (gate === undefined || gate.below === "scale" || gate.power === 1) continue;
    yield contradiction(["stages", at, "gate", "power"], "The exponent of a gate counts where it scales.", {
      found: gate.power,
      allowed: "power beside below: scale",
      hint: "Leave power out, or state below: scale.",
    });
  }
  const shares = stages.findIndex((one) => STAGES[nameOf(one) as StageName]?.effect === "share");
  if (shares !== -1 && typeof emission === "object" && emission.outside !== false) {
    yield sharesBesideOutside(["stages", shares], nameOf(stages[shares]));
  }
  if (index?.vesting_multipliers === true) {
    yield contradiction(
      ["index", "vesting_multipliers"],
      "The rule is stated twice, as a list of stages and as index.vesting_multipliers.",
      {
        found: true,
        allowed: "left out where there are stages",
        hint: "Put a multiplier among the stages: they share the base pool.",
      },
    );
  }
}

/** A stage that goes by what no stream may tell would find 0 for everybody. */
function* untoldFacts(stages: readonly StageInput[], streams: readonly (StreamInput | undefined)[]): Iterable<Contradiction> {
  for (const [at, one] of stageConfiguration(stages, false).stages.entries()) {
    for (const fact of new Set(surelyAskedFacts(one))) {
      const kind = STREAM_OF_FACT[fact];
      if (kind === undefined || streams.some((stream) => mayHold(stream, kind))) continue;
      yield contradiction(["stages", at], "A stage goes by what no stream of the scenario tells.", {
        found: `no stream of kind ${kind}`,
        allowed: "a stage of which the scenario holds the facts",
        hint: `Add a recording that holds ${kind} (tenure import table --kind ${kind}), or state it: synthetic: ${kind}.`,
      });
    }
  }
}

/** A stage that gives out anew needs everybody, one by one. */
export function sharesBesideOutside(path: Contradiction["path"], found: string): Contradiction {
  return contradiction(path, "What emission.outside stands for has no ranks, so nothing can be given out anew.", {
    found,
    allowed: "gate, multiplier, burn and residual, or a factor or keep stage of your own, beside emission.outside",
    hint: "Leave emission.outside out where the streams hold the whole subnet.",
  });
}

function nameOf(one: StageInput): string {
  return Object.keys(one)[0];
}

/** Where in the list a fault lies. */
export function faultPath({ at, pool, within }: OrderFault): readonly (string | number)[] {
  const inPool = pool === undefined ? [] : ["pools", pool];
  return ["stages", at, ...inPool, ...(within === undefined ? [] : ["stages", within])];
}

/** The residual ends the list; the order of what is before it the stages know. */
export function orderFault(stages: readonly StageInput[]): OrderFault | null {
  const first = stages.findIndex((one) => one.residual !== undefined);
  if (first !== -1 && first !== stages.length - 1) {
    const second = stages.findIndex((one, at) => at > first && one.residual !== undefined);
    const isTwice = second !== -1;
    return {
      at: isTwice ? second : first + 1,
      what: isTwice ? "residual stands twice" : `${nameOf(stages[first + 1])} stands after residual, which ends a list`,
      hint: "Put one residual last, or leave it out.",
    };
  }
  const list = stageConfiguration(stages, false);
  return stageOrderFault(list.stages, list.residual);
}
