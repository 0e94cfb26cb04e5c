import { TenureError } from "../../../engine/index.js";
import { type CheckedInputs, openInputs, type RunProgress } from "../../../recorders/index.js";
import type { Override, Scenario } from "../../../scenarios/index.js";
import type { RefusalEntry } from "../../folder/study-manifest.js";
import { studyIdentity } from "../../identity/task-identity.js";
import { refusalEntryOf } from "../../pool/refusal-entry.js";
import { recordingOnly } from "../../recording-only.js";
import type { TunedValue } from "../space/domain.js";
import { type Assignment, overridesOf, type TunedParameter, yamlOf } from "../space/tuned-parameter.js";

export interface TrialScenariosOptions {
  /** The scenario with more values set. @throws ScenarioErrors with what is wrong with them */
  readonly load: (overrides: readonly Override[]) => Scenario;
  readonly parameters: readonly TunedParameter[];
  /** Where values are stated, as refusals call it: `--vary`, or `vary` of a study file. */
  readonly given: string;
  readonly data?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: RunProgress) => void) | undefined;
}

/** The scenario of a trial, and what identifies it with all that it reads. */
export interface TrialScenario {
  readonly scenario: Scenario;
  readonly sha256: string;
}

/** Makes the scenarios of trials; inputs are checked once for all that name the same. */
export class TrialScenarios {
  readonly #inputs = new Map<string, Promise<CheckedInputs>>();

  constructor(private readonly options: TrialScenariosOptions) {}

  /** @param assignment null: the scenario as it stands. @throws ScenarioErrors for values that it does not allow */
  load(assignment: Assignment | null): Scenario {
    const { load, parameters, given } = this.options;
    return load(assignment === null ? [] : overridesOf(parameters, assignment, given));
  }

  /** The scenario with a single value. @throws ScenarioErrors where it does not allow it */
  withOne(path: string, value: TunedValue): Scenario {
    return this.options.load([{ text: `${path}=${yamlOf(value)}`, given: this.given(path, value) }]);
  }

  /** Does the scenario allow this single value? */
  allows(path: string, value: TunedValue): boolean {
    try {
      this.withOne(path, value);
      return true;
    } catch (error) {
      if (error instanceof TenureError) return false;
      throw error;
    }
  }

  /** How refusals call a value. */
  given(path: string, value: TunedValue): string {
    return `${this.options.given} ${path}=${yamlOf(value)}`;
  }

  /** The same with its identity; a refusal of its values is an entry, not thrown. */
  async of(assignment: Assignment | null): Promise<TrialScenario | RefusalEntry> {
    let scenario: Scenario;
    try {
      scenario = recordingOnly(this.load(assignment), []);
    } catch (error) {
      if (assignment === null || !(error instanceof TenureError)) throw error;
      return refusalEntryOf(error);
    }
    const { sha256 } = studyIdentity(scenario, await this.inputsOf(scenario));
    return { scenario, sha256 };
  }

  inputsOf(scenario: Scenario): Promise<CheckedInputs> {
    const { data, signal, onProgress } = this.options;
    const key = JSON.stringify([scenario.resolved.streams, scenario.plugIns?.uses ?? null]);
    const known = this.#inputs.get(key) ?? openInputs(scenario, { data, signal, onProgress });
    this.#inputs.set(key, known);
    return known;
  }
}
