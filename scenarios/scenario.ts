import { TenureError } from "../engine/index.js";
import { bindRules, type PlugInUse, plugInUses } from "./bind-rules.js";
import { refusalsOf } from "./reading/issues.js";
import { PlaceIndex } from "./reading/place-index.js";
import { closedLoopRefusals } from "./resolving/closed-loop-refusals.js";
import { configurationOf, type ScenarioConfiguration } from "./resolving/configuration.js";
import type { EngineRefusal } from "./resolving/engine-refusals.js";
import { handedOverRefusals } from "./resolving/handed-over-refusals.js";
import { indexRefusals, surroundingRefusals } from "./resolving/index-refusals.js";
import { type ResolvedScenario, resolveScenario } from "./resolving/resolved-scenario.js";
import { type ScenarioStream, streamsOf } from "./resolving/scenario-streams.js";
import { ScenarioErrors } from "./scenario-errors.js";
import { contradictionsOf } from "./schema/contradictions.js";
import type { PlugInRules } from "./schema/plug-in-rules.js";
import { presetWarnings } from "./schema/presets.js";
import { type PartialScenarioInput, scenarioShape, schemaFor } from "./schema/scenario-schema.js";
import { type StreamInput, streamSchema } from "./schema/streams.js";

/** What is to be simulated: as the person wrote it with every default, as the engine takes it, and the streams it needs. */
export interface Scenario {
  /** The file it came from; null where it came from a run's manifest. */
  readonly file: string | null;
  readonly resolved: ResolvedScenario;
  readonly configuration: ScenarioConfiguration;
  /** In the order of the file. */
  readonly streams: readonly ScenarioStream[];
  /** What is allowed and may surprise, in words. */
  readonly warnings: readonly string[];
  /** Files with rules that it names; null: none. Nothing of them was read. */
  readonly plugIns: ScenarioPlugIns | null;
}

/** The rules of files that a scenario names. */
export interface ScenarioPlugIns {
  readonly uses: readonly PlugInUse[];
  /**
   * The scenario with rules that were read from its files, by `PlugInUse.at`: the engine can run it then. One that is left out
   * stays named alone.
   * @throws ScenarioErrors with everything that is wrong with what it states for them
   */
  bind(rules: PlugInRules): Scenario;
}

/**
 * Checks plain data against the schema and makes it a scenario.
 * @throws ScenarioErrors with everything that is wrong
 */
export function scenarioFrom(data: unknown, file: string | null, places: PlaceIndex): Scenario {
  const parsed = schemaFor(data).safeParse(data);
  const refusals = parsed.success ? [] : refusalsOf(parsed.error.issues, data, places);
  const { scenario, streams, malformed } = parsed.success
    ? { scenario: parsed.data, streams: parsed.data.streams, malformed: new Set<string>() }
    : wellFormedParts(data);
  for (const { path, ...refusal } of contradictionsOf(scenario, streams, malformed))
    refusals.push(new TenureError({ ...refusal, place: places.place(path, "value") }));
  // What the engine refuses of rules is told once the schema has nothing against the section.
  if (scenario.index != null) refusals.push(...indexRefusals(scenario.index).map((one) => placed(one, places)));
  if (!parsed.success || refusals.length > 0) throw new ScenarioErrors(inOrderOfPlaces(refusals));
  const resolved = resolveScenario(parsed.data);
  const configuration = configurationOf(resolved);
  const surroundings = [
    ...surroundingRefusals(resolved, configuration),
    ...closedLoopRefusals(resolved, configuration),
    ...handedOverRefusals(resolved, configuration),
  ].map((one) => placed(one, places));
  if (surroundings.length > 0) throw new ScenarioErrors(surroundings);
  const uses = plugInUses(resolved, places);
  const rest = { file, streams: streamsOf(resolved), warnings: presetWarnings(resolved) };
  const plugIns: ScenarioPlugIns | null =
    uses.length === 0 ? null : { uses, bind: (rules) => ({ ...rest, ...bindRules(resolved, rules, data, places), plugIns }) };
  return { ...rest, resolved, configuration, plugIns };
}

/**
 * The scenario that a run's manifest holds; the same as the one it was resolved from, but for the file.
 * @throws ScenarioErrors when it is not a scenario of this version
 */
export function scenarioFromResolved(resolved: unknown): Scenario {
  return scenarioFrom(resolved, null, new PlaceIndex());
}

function placed({ path, refusal }: EngineRefusal, places: PlaceIndex): TenureError {
  return new TenureError({ ...refusal, place: places.place(path, "value") });
}

/** The parts of a scenario that are well formed although others are not, so that they can be checked together. */
function wellFormedParts(data: unknown): {
  scenario: PartialScenarioInput;
  streams: readonly (StreamInput | undefined)[];
  /** Top-level keys that are not well formed. */
  malformed: ReadonlySet<string>;
} {
  const malformed = new Set<string>();
  if (typeof data !== "object" || data === null || Array.isArray(data)) return { scenario: {}, streams: [], malformed };
  const given = data as Record<string, unknown>;
  const scenario = Object.fromEntries(
    Object.entries(scenarioShape).map(([key, schema]) => {
      const { success, data: value } = schema.safeParse(given[key]);
      if (!success) malformed.add(key);
      return [key, value];
    }),
  );
  const streams = Array.isArray(given.streams) ? given.streams.map((stream) => streamSchema.safeParse(stream).data) : [];
  return { scenario, streams, malformed };
}

/** As a reader meets them: the file from top to bottom, then what has no line. */
function inOrderOfPlaces(refusals: readonly TenureError[]): TenureError[] {
  const line = ({ place }: TenureError) => place?.line ?? Number.MAX_SAFE_INTEGER;
  return [...refusals].sort((a, b) => line(a) - line(b) || (a.place?.column ?? 0) - (b.place?.column ?? 0));
}
