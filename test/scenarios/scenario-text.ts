import { type LoadScenarioOptions, parseScenario, type Scenario, ScenarioErrors } from "../../scenarios/index.js";

/** A scenario of one recorded stream, to which lines are added. */
export const RECORDED = "name: test\nstreams: [{ recorded: mining }]\n";

/** A scenario of one synthetic stream. */
export const SYNTHETIC = `name: test
time: { start: 2025-01-01, days: 2 }
subnet: { netuid: 5 }
streams:
  - synthetic: subnet
    miners: 3
`;

export function parse(text: string, options: LoadScenarioOptions = {}): Scenario {
  return parseScenario(text, "test.yaml", options);
}

/** What is refused, one line each: code, place, and what is asked for. */
export function refusals(text: string, options: LoadScenarioOptions = {}): ScenarioErrors["errors"] {
  try {
    parse(text, options);
  } catch (error) {
    if (error instanceof ScenarioErrors) return error.errors;
    throw error;
  }
  throw new Error("nothing was refused");
}

/** `code line:column path`. */
export function places(text: string, options: LoadScenarioOptions = {}): string[] {
  return refusals(text, options).map(({ code, place }) => `${code} ${place?.line}:${place?.column} ${place?.path}`);
}
