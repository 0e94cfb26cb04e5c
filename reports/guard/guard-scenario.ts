import { TenureError } from "../../engine/index.js";
import { loadScenario } from "../../scenarios/index.js";
import { toleranceOf } from "./compare/tolerance.js";
import { EXPECTATION_ALLOWED, type Expectation, parseExpectation } from "./expectations/expectation.js";
import type { GuardReport } from "./guard-report.js";
import { guardRun } from "./guard-run.js";
import type { MeasureOptions } from "./measure/measured-run.js";

/** What a guard of a scenario is asked for, as texts that people write. */
export interface GuardScenarioOptions extends MeasureOptions {
  /** `path=value` texts that replace values of the scenario. */
  readonly sets?: readonly string[] | undefined;
  readonly seed?: number | undefined;
  /** Folder of the baseline; left out: `baselines/<name>` beside the scenario's file, of a shipped one in the working folder. */
  readonly baseline?: string | undefined;
  /** Rao a day, `1000`, or a share of a day's pay, `0.1%`; left out: exact. */
  readonly tolerance?: string | undefined;
  /** Demands on figures: `pot_moved < 6 %`. */
  readonly expect?: readonly string[] | undefined;
  /** Write what was measured in place of the baseline, or as the first one. */
  readonly update?: boolean | undefined;
  /** Also keep every term of every epoch. */
  readonly terms?: boolean | undefined;
  /** Who updates, for the list of approvals. */
  readonly by?: string | undefined;
  /** Is it a run of continuous integration, which never writes a baseline? */
  readonly isCi?: boolean | undefined;
}

/**
 * Runs a scenario and compares what everybody is paid, and what that is made of, with a baseline.
 * @param given path of a scenario file, or the name of a shipped one
 * @throws TenureError `TEN-GUARD-001` to `-011`, `-016`, `-017`; those of the scenario and of the run
 */
export async function guardScenario(given: string, options: GuardScenarioOptions = {}): Promise<GuardReport> {
  const { sets = [], seed, tolerance = "0", expect = [], by = "unknown", isCi = false, ...others } = options;
  const expectations = expect.map(expectationOf);
  const allowed = toleranceOf(tolerance, "--tolerance");
  const scenario = loadScenario(given, { sets, seed });
  const at = new Date().toISOString();
  return guardRun(scenario, { ...others, given, sets, seed, tolerance: allowed, toleranceText: tolerance, expectations, by, at, isCi });
}

function expectationOf(text: string): Expectation {
  const expectation = parseExpectation(text);
  if (expectation !== null) return expectation;
  throw new TenureError({
    code: "TEN-GUARD-016",
    what: "This demands nothing of a figure.",
    place: { path: "--expect" },
    found: text,
    allowed: EXPECTATION_ALLOWED,
    hint: "Put it in quotation marks: a shell takes < and > for its own.",
  });
}
