import { takeExactAmounts } from "./reading/exact-amounts.js";
import { applyOverrides, type Override } from "./reading/overrides.js";
import { PlaceIndex } from "./reading/place-index.js";
import { readScenarioFile } from "./reading/scenario-files.js";
import { expandShorthand } from "./reading/shorthand.js";
import { readYaml, withoutByteOrderMark, type YamlText } from "./reading/yaml-text.js";
import { type Scenario, scenarioFrom } from "./scenario.js";
import { ScenarioErrors } from "./scenario-errors.js";
import { applyIndexPresets } from "./schema/index-subnet/presets.js";
import { applyPreset } from "./schema/presets.js";

/** What is another than in the text of a scenario. */
export interface LoadScenarioOptions {
  /** `path=value` texts, applied in order: `vesting.max_multiplier=2`, `streams.peers.miners=100`. Values are YAML. */
  readonly sets?: readonly string[] | undefined;
  /** More of them, applied after `sets`, each with how errors tell what it comes from. */
  readonly overrides?: readonly { readonly text: string; readonly given: string }[] | undefined;
  /** Instead of the scenario's. */
  readonly seed?: number | undefined;
  /** Instead of the scenario's. */
  readonly replicate?: number | undefined;
}

/**
 * Loads a scenario from a file, or a shipped one by its name.
 * @throws TenureError `TEN-SCENARIO-001` no such file; ScenarioErrors with everything else that is wrong, each with its place
 */
export function loadScenario(pathOrName: string, options: LoadScenarioOptions = {}): Scenario {
  const { file, text } = readScenarioFile(pathOrName);
  return parseScenario(text, file, options);
}

/** As `loadScenario`, of a text; `file` is what errors call it. */
export function parseScenario(text: string, file: string, options: LoadScenarioOptions = {}): Scenario {
  return templateOf(text, file, options).with([]);
}

/** A scenario that is read once and made many times, each time with other values. */
export interface ScenarioTemplate {
  readonly file: string;
  readonly text: string;
  /**
   * The scenario with more values set, after those that it was opened with.
   * @throws ScenarioErrors with everything that is wrong
   */
  with(overrides: readonly Override[]): Scenario;
}

/**
 * As `loadScenario`, for many scenarios that differ in some values.
 * @throws TenureError `TEN-SCENARIO-001` no such file; ScenarioErrors for a text that is not YAML
 */
export function openScenario(pathOrName: string, options: LoadScenarioOptions = {}): ScenarioTemplate {
  const { file, text } = readScenarioFile(pathOrName);
  return templateOf(text, file, options);
}

function templateOf(
  text: string,
  file: string,
  { sets = [], overrides: more = [], seed, replicate }: LoadScenarioOptions,
): ScenarioTemplate {
  const yaml = readYaml(withoutByteOrderMark(text), file, true);
  if (yaml.errors.length > 0) throw new ScenarioErrors(yaml.errors);
  const stated = [
    ...sets.map((set) => ({ text: set, given: `--set ${set}` })),
    ...(seed === undefined ? [] : [{ text: `seed=${seed}`, given: `--seed ${seed}` }]),
    ...(replicate === undefined ? [] : [{ text: `replicate=${replicate}`, given: `--replicate ${replicate}` }]),
    ...more,
  ];
  return { file, text, with: (overrides) => scenarioOf(yaml, file, [...stated, ...overrides]) };
}

function scenarioOf(yaml: YamlText, file: string, overrides: readonly Override[]): Scenario {
  const places = new PlaceIndex();
  places.add({ at: [], file, document: yaml.document, lines: yaml.lines });
  // What follows changes it.
  const data = structuredClone(yaml.value);
  if (typeof data !== "object" || data === null || Array.isArray(data)) return scenarioFrom(data, file, places);
  const scenario = data as Record<string, unknown>;
  expandShorthand(scenario);
  const malformed = applyOverrides(scenario, overrides, places);
  if (malformed.length > 0) throw new ScenarioErrors(malformed);
  takeExactAmounts(scenario, places);
  applyPreset(scenario);
  applyIndexPresets(scenario);
  return scenarioFrom(scenario, file, places);
}
