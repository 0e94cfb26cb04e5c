import { dirname, isAbsolute, relative, resolve } from "node:path";
import { randomStreams, TenureError } from "../../../engine/index.js";
import { loadObjectives, type ObjectiveModule } from "../../../recorders/index.js";
import {
  type CheckedYaml,
  checkedYaml,
  durationMs,
  parameterValues,
  readScenarioFile,
  shippedFile,
  shippedNames,
} from "../../../scenarios/index.js";
import { parseReplicates } from "../../replicates/replicate-range.js";
import { DEFAULT_OBJECTIVES, namedObjective, type Objective, refuseRepeated } from "../objectives/objective.js";
import { SAMPLERS, samplerNamed } from "../samplers/index.js";
import { designOf } from "../sensitivity/sensitivity-plan.js";
import { parseConstraint } from "../space/constraint.js";
import { byStep, type Domain, evenlySpaced, geometricallySpaced, MOST_VALUES, type TunedValue } from "../space/domain.js";
import { SearchSpace } from "../space/search-space.js";
import { MOST_TRIALS, type TunedParameter } from "../space/tuned-parameter.js";
import { type StudyInput, type StudyStatement, studySchema } from "./study-schema.js";
import type { Limit, TimeSplit, TuningPlan } from "./tuning-plan.js";

/** Trials of a sampler that would go on for ever. */
const TRIALS = 100;

/** Is the text that of a study, and not of a scenario? */
export function isStudy(text: string): boolean {
  return /^(\ufeff)?(\{\s*)?["']?study["']?\s*:/m.test(text);
}

/** What the argument of `tenure tune` names: a study, or a scenario (null). */
export function studyFileOf(pathOrName: string): { readonly file: string; readonly text: string } | null {
  if (shippedNames("studies").includes(pathOrName)) return readScenarioFile(shippedFile(pathOrName, "studies"));
  if (!/\.ya?ml$/i.test(pathOrName)) return null;
  const found = readScenarioFile(pathOrName);
  return isStudy(found.text) ? found : null;
}

/**
 * Reads a study, and the files that objectives of it come from.
 * @param more what the command line says in place of the file
 * @throws ScenarioErrors for what the text states; TenureError TEN-TUNE-... and TEN-PLUGIN-... for the rest
 */
export async function readStudy(text: string, file: string, more: Partial<StudyInput> = {}): Promise<TuningPlan> {
  const { value, place } = checkedYaml(text, file, { schema: studySchema, noun: "study" });
  // What was checked is what may be stated.
  const stated = studySchema.parse({ ...value, ...more });
  const uses = (stated.objectives ?? []).flatMap((one, at) =>
    typeof one === "object" && "use" in one ? [{ at, name: one.name, use: one.use, with: one.with, place: place(["objectives", at]) }] : [],
  );
  const modules = await loadObjectives(uses, dirname(file));
  const objectives = stated.objectives?.map((one, at) => {
    const module = modules[uses.findIndex((use) => use.at === at)];
    return typeof one === "object" && "use" in one ? { ...one, name: one.name ?? module.name, better: one.better ?? module.better } : one;
  });
  const isFile = /[/\\]|\.ya?ml$/i.test(stated.scenario);
  const scenario = isFile ? besideStudy(file, stated.scenario) : stated.scenario;
  return planOf({ ...stated, ...(objectives === undefined ? {} : { objectives }) }, { file, scenario, place, modules });
}

/** A scenario's path as it is seen from where one is. */
function besideStudy(study: string, scenario: string): string {
  if (isAbsolute(scenario)) return scenario;
  const seen = relative("", resolve(dirname(study), scenario));
  return /[/\\]/.test(seen) ? seen : `./${seen}`;
}

/**
 * The plan of what a command line says.
 * @param parameters in place of `input.vary`
 */
export function planOfInput(input: StudyInput, parameters: readonly TunedParameter[]): TuningPlan {
  // Refuses what is given twice, which a mapping would not tell.
  new SearchSpace(parameters);
  const vary = Object.fromEntries(
    parameters.map(({ path, domain }) => [path, domain.kind === "list" ? [...domain.values] : { from: domain.from, to: domain.to }]),
  );
  const statement = studySchema.parse({ ...input, vary });
  return planOf(statement, { file: null, scenario: statement.scenario });
}

interface Origin {
  readonly file: string | null;
  readonly scenario: string;
  readonly place?: CheckedYaml<unknown>["place"];
  readonly modules?: readonly ObjectiveModule[];
}

/** @throws TenureError for what its parts do not allow together */
export function planOf(statement: StudyStatement, { file, scenario, place, modules = [] }: Origin): TuningPlan {
  const at: At = (path) => place?.(path) ?? { ...(file === null ? {} : { file }), path: path.join(".") };
  const searched = spaceOf(statement, at);
  const objectives = statement.objectives?.map((one, i) => objectiveOf(one, at(["objectives", i]))) ?? DEFAULT_OBJECTIVES;
  refuseRepeated(objectives, file === null ? undefined : at(["objectives"]));
  const kind = typeof statement.sampler === "string" ? statement.sampler : (statement.sampler as { kind: string }).kind;
  const name = SAMPLERS.find((one) => one === kind) ?? "grid";
  const declared = samplerNamed(name);
  const own = typeof statement.sampler === "string" ? studySchema.shape.sampler.parse({ kind: name }) : statement.sampler;
  const trials = statement.trials ?? (name === "grid" ? null : Math.min(TRIALS, searched.combinations));
  if (trials === null && searched.combinations > MOST_TRIALS && searched.combinations < Number.POSITIVE_INFINITY)
    throw tooMany(searched.combinations);
  // What it cannot be asked for is said before anything is run.
  if (statement.sensitivity !== undefined) designOf(statement.sensitivity, searched.axes, randomStreams(statement.seed, 0));
  refuseObjectives(name, declared.objectives, objectives.length, at(["sampler"]));
  return {
    name: statement.study,
    description: statement.description ?? null,
    file,
    scenario,
    sets: statement.set,
    space: searched,
    objectives,
    modules,
    limits: statement.limits.map((one, i) => limitOf(one, at(["limits", i]))),
    sampler: { name, parameters: parameterValues(declared.parameters, own as object) as never },
    trials,
    replicates: parseReplicates(statement.replicates) ?? { from: 0, to: 0 },
    heldOut: statement.held_out,
    validation: statement.validation === undefined ? null : splitOf(statement.validation),
    pruning: statement.pruning ?? null,
    sensitivity: statement.sensitivity ?? null,
    seed: statement.seed,
    statement,
  };
}

type At = (path: readonly (string | number)[]) => NonNullable<ConstructorParameters<typeof TenureError>[0]["place"]>;

function spaceOf({ vary, constraints }: StudyStatement, at: At): SearchSpace {
  const parameters = Object.entries(vary).map(([path, stated]) => ({ path, domain: domainOf(stated, at(["vary", path])) }));
  const paths = parameters.map(({ path }) => path);
  return new SearchSpace(
    parameters,
    constraints.map((text, i) => parseConstraint(text, paths, at(["constraints", i]))),
  );
}

type Stated = StudyStatement["vary"][string];

function domainOf(stated: Stated, place: ReturnType<At>): Domain {
  if (Array.isArray(stated)) {
    const repeated = stated.find((value, i) => stated.indexOf(value) !== i);
    if (repeated !== undefined) throw wrongRange(place, `${repeated} twice`, "each value once");
    if (stated.length > MOST_VALUES) throw wrongRange(place, `${stated.length} values`, `at most ${MOST_VALUES} values`);
    return { kind: "list", values: stated as readonly TunedValue[] };
  }
  const { from, to, points, step, scale, integer } = stated as Exclude<Stated, readonly unknown[]> & Record<string, never>;
  if (!(from < to)) throw wrongRange(place, `${from} to ${to}`, "from below to");
  if (points !== undefined && step !== undefined) throw wrongRange(place, "points and step", "one of the two");
  if (scale === "log" && from <= 0) throw wrongRange(place, `from ${from} on a log scale`, "from above 0");
  if (scale === "log" && step !== undefined) throw wrongRange(place, "a step on a log scale", "points, or neither");
  if (integer && !(Number.isSafeInteger(from) && Number.isSafeInteger(to)))
    throw wrongRange(place, `${from} to ${to}`, "whole ends where integer is true");
  if (points === undefined && step === undefined) return { kind: "range", from, to, scale, isWhole: integer };
  const exact =
    points === undefined
      ? byStep(from, to, step as number)
      : scale === "log"
        ? geometricallySpaced(from, to, points)
        : evenlySpaced(from, to, points);
  if (exact.length > MOST_VALUES) throw wrongRange(place, `more than ${MOST_VALUES} values`, `at most ${MOST_VALUES} values`);
  const list = integer ? exact.map(Math.round) : exact;
  return { kind: "list", values: [...new Set(list)] };
}

function wrongRange(place: ReturnType<At>, found: string, allowed: string): TenureError {
  return new TenureError({
    code: "TEN-TUNE-116",
    what: "What a parameter is to be does not go together.",
    place,
    found,
    allowed,
    hint: "For example: { from: 0.5, to: 1, points: 6 }, or [1.2, 1.5, 2].",
  });
}

function objectiveOf(stated: NonNullable<StudyStatement["objectives"]>[number], place: ReturnType<At>): Objective {
  if (typeof stated === "string") return namedObjective(stated, place);
  if ("figure" in stated) return namedObjective(stated.better === undefined ? stated.figure : `${stated.figure}=${stated.better}`, place);
  if ("sql" in stated) return { name: stated.name, better: stated.better, sql: stated.sql };
  const { name = stated.use, better = "min", use } = stated;
  return { name, better, use };
}

function limitOf({ figure, at_most, at_least }: StudyStatement["limits"][number], place: ReturnType<At>): Limit {
  if (at_most !== undefined || at_least !== undefined) return { figure, atMost: at_most ?? null, atLeast: at_least ?? null };
  throw new TenureError({
    code: "TEN-TUNE-116",
    what: "A limit says neither at most nor at least what.",
    place,
    found: figure,
    allowed: "at_most, at_least, or both",
    hint: "For example: { figure: pot_moved, at_most: 0.1 }",
  });
}

function splitOf(stated: NonNullable<StudyStatement["validation"]>): TimeSplit {
  if (stated.kind === "none") return { kind: "none" };
  const gaps = { gapMs: stated.gap === undefined ? null : durationMs(stated.gap), embargoMs: durationMs(stated.embargo) ?? 0 };
  return stated.kind === "walk_forward"
    ? { kind: "walk_forward", windows: stated.windows, anchored: stated.anchored, ...gaps }
    : { kind: "combinatorial", groups: stated.groups, judged: stated.judged, ...gaps };
}

function refuseObjectives(sampler: string, takes: "any" | "one" | "several", count: number, place: ReturnType<At>): void {
  if (takes === "any" || (takes === "one") === (count === 1)) return;
  throw new TenureError({
    code: "TEN-TUNE-116",
    what: takes === "one" ? "This sampler looks for one objective." : "This sampler weighs several objectives against each other.",
    place,
    found: `${sampler}, ${count} ${count === 1 ? "objective" : "objectives"}`,
    allowed:
      takes === "one" ? "one objective; or grid, random, sobol, latin_hypercube, nsga2" : "two objectives or more; or any other sampler",
    hint: takes === "one" ? "State one objective, and the others as limits." : "Take tpe or cma_es for one objective.",
  });
}

function tooMany(combinations: number): TenureError {
  return new TenureError({
    code: "TEN-TUNE-102",
    what: "These are too many combinations.",
    place: { path: "--vary" },
    found: `${combinations} trials`,
    allowed: `at most ${MOST_TRIALS}`,
    hint: "Try fewer values of each key first, and more of them around what is best; or, in a study file, state `trials` and a sampler.",
  });
}
