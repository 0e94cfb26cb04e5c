import { basename, dirname, join } from "node:path";
import { TenureError } from "../../engine/index.js";
import { toolVersion } from "../../recorders/index.js";
import { type Scenario, shippedFile, shippedNames } from "../../scenarios/index.js";
import type { Approval, Baseline } from "./baseline/baseline.js";
import { namedFolder, newFolder, TERMS_FILE } from "./baseline/baseline-files.js";
import { damagedBaseline } from "./baseline/damaged-baseline.js";
import { replacedWords, sideFaultWords } from "./baseline/fault-words.js";
import { type PaidKey, type PaidTotals, paidKeyText } from "./baseline/paid-line.js";
import { readBaseline, type SideFault } from "./baseline/read-baseline.js";
import { totalsPrint } from "./baseline/totals-text.js";
import { besideBaseline } from "./baseline/unwritten.js";
import { readableFolder, removeWholeFolder } from "./baseline/whole-folder.js";
import { writeBaseline } from "./baseline/write-baseline.js";
import { causeGroups } from "./cause/cause-groups.js";
import { changedInputs, inputsOf } from "./cause/changed-inputs.js";
import { movedIn } from "./cause/moved.js";
import { scenarioChanges } from "./cause/scenario-changes.js";
import { traceCauses } from "./cause/trace-causes.js";
import { type LineDifference, lineDifferences } from "./compare/line-difference.js";
import { EXACT, type Tolerance } from "./compare/tolerance.js";
import { checkExpectations } from "./expectations/check-expectations.js";
import type { Expectation } from "./expectations/expectation.js";
import type { GuardReport } from "./guard-report.js";
import { type MeasuredRun, type MeasureOptions, measureRun } from "./measure/measured-run.js";
import { addTerms } from "./measure/run-terms.js";
import { explainCommands, reviewCommand } from "./next-commands.js";
import { approvalsOf, openGroups } from "./review/approvals.js";
import { hasFile, pendingGroup, writePending } from "./review/pending.js";

export interface GuardOptions extends MeasureOptions {
  /** As the scenario was given, for commands that are shown. */
  readonly given: string;
  readonly sets: readonly string[];
  readonly seed?: number | undefined;
  /** Folder of the baseline; left out: `baselineFolder`. */
  readonly baseline?: string | undefined;
  readonly tolerance?: Tolerance;
  readonly toleranceText: string;
  /** Write what was measured in place of the baseline, or as the first one. */
  readonly update?: boolean | undefined;
  /** Also keep every term of every epoch. */
  readonly terms?: boolean | undefined;
  readonly expectations: readonly Expectation[];
  /** Who updates, and when (ISO time, UTC): for the list of approvals. */
  readonly by: string;
  readonly at: string;
  /** Is it a run of continuous integration, which never writes a baseline? */
  readonly isCi: boolean;
}

/** Where the baseline of a scenario lies, when nothing else is said: beside its file, of a shipped one in the working folder. */
export function baselineFolder({ file, configuration: { name } }: Scenario): string {
  const isShipped = file !== null && shippedNames().includes(basename(file, ".yaml")) && shippedFile(basename(file, ".yaml")) === file;
  return join(file === null || isShipped ? "." : dirname(file), "baselines", name);
}

/**
 * Runs a scenario and compares what everybody is paid, and what that is made of, with a baseline.
 * @throws TenureError `TEN-GUARD-001` to `-011`, `-021`; those of the run
 */
export async function guardRun(scenario: Scenario, options: GuardOptions): Promise<GuardReport> {
  if (options.update === true && options.isCi) throw inCi("--update");
  const { name } = scenario.configuration;
  const folder = namedFolder(options.baseline ?? baselineFolder(scenario));
  await readableFolder(newFolder(folder));
  const damaged = options.update === true ? await damagedBaseline(folder, name) : null;
  // Where nothing can be written it may lie elsewhere than where it is to be.
  const place = await readableFolder(folder);
  const faults = new Map<"approvals" | "terms", TenureError>();
  const onSideFault: SideFault | undefined = options.update === true ? (fault, part) => faults.set(part, fault) : undefined;
  const baseline = damaged === null ? await readBaseline(place, onSideFault) : null;
  if (baseline !== null && baseline.scenario !== name) throw otherScenario(folder, baseline.scenario, name);
  const isFree = options.expectations.length > 0 && options.baseline === undefined;
  if (baseline === null && options.update !== true && !isFree) throw noBaseline(folder);
  const measured = await measureRun(scenario, options);
  const expectations = checkExpectations(options.expectations, measured.figures);
  const met = expectations.every((one) => one.met);
  const common = {
    scenario: name,
    given: options.given,
    tolerance: options.toleranceText,
    positions: countPositions(measured.totals.lines),
    days: measured.totals.days.length,
    expectations,
    warnings: [
      ...(damaged === null ? [] : [replacedWords(damaged)]),
      ...[...faults].map(([part, fault]) => sideFaultWords(part, fault)),
      ...measured.warnings,
    ],
    approvals: baseline?.approvals ?? damaged?.approvals ?? [],
    ...NOTHING,
  };
  if (baseline === null) {
    if (options.update !== true) return { ...common, ok: met, baseline: null, outcome: "not_compared" };
    const keepsTerms = await hasFile(folder, TERMS_FILE);
    await write(folder, scenario, measured, options, { approvals: common.approvals, keepsTerms });
    await removeWholeFolder(newFolder(folder));
    return { ...common, ok: met, baseline: folder, outcome: "written" };
  }
  const canTrace = !faults.has("terms") && (await hasFile(place, TERMS_FILE));
  return compareWith(baseline, { folder, place, canTrace }, scenario, measured, options, common, met);
}

const countPositions = (lines: readonly PaidKey[]) => new Set(lines.filter(({ kind }) => kind === "position").map(paidKeyText)).size;

const NOTHING = {
  left: null,
  unwritten: null,
  lines: [],
  movedRao: 0n,
  share: 0,
  groups: [],
  trace: null,
  changed: [],
  inputs: [],
  explain: [],
  review: null,
} as const;

async function compareWith(
  baseline: Baseline,
  { folder, place, canTrace }: { readonly folder: string; readonly place: string; readonly canTrace: boolean },
  scenario: Scenario,
  measured: MeasuredRun,
  options: GuardOptions,
  common: Omit<GuardReport, "ok" | "baseline" | "outcome">,
  met: boolean,
): Promise<GuardReport> {
  const changed = scenarioChanges(baseline.resolved, scenario.resolved);
  const hasTerms = await hasFile(place, TERMS_FILE);
  const isOwn = changed.length === 0 && changedInputs(baseline.inputs, measured.inputs).length === 0;
  const ahead = new Set(isOwn ? baseline.ahead.map(paidKeyText) : []);
  // Lines that are ahead of the baseline's own scenario say nothing of it.
  const differing = lineDifferences(baseline.totals, measured.totals, options.tolerance ?? EXACT).filter(
    (line) => !ahead.has(paidKeyText(line)),
  );
  const wanted = wantedOf(differing, baseline.totals);
  const trace =
    differing.length === 0
      ? null
      : await traceCauses({ ...options, scenario, measured, baseline, folder: place, hasTerms: canTrace, wanted });
  const accepted = new Set(baseline.ahead.map(paidKeyText));
  const isSame = (line: LineDifference, key: string) =>
    trace?.same.has(key) === true && !accepted.has(key) && line.parts.every((part) => part === "terms");
  const lines = differing.filter((line) => !isSame(line, paidKeyText(line)));
  if (trace === null || lines.length === 0) {
    const remove = () => (options.isCi ? Promise.resolve() : removeWholeFolder(newFolder(folder)));
    const unwritten = await besideBaseline(newFolder(folder), options.signal, remove);
    if (options.update !== true) return { ...common, ok: met, baseline: folder, outcome: "equal", changed, unwritten };
    await write(folder, scenario, measured, options, { approvals: baseline.approvals, keepsTerms: hasTerms });
    return { ...common, ok: met, baseline: folder, outcome: "written", changed, unwritten };
  }
  const paidRao = paidInAll(baseline.totals);
  const groups = causeGroups(lines, trace, paidRao, accepted);
  const movedRao = movedIn(lines);
  const found = {
    ...common,
    positions: countPositions([...baseline.totals.lines, ...measured.totals.lines]),
    baseline: folder,
    lines,
    movedRao,
    share: paidRao === 0n ? 0 : Number(movedRao) / Number(paidRao),
    groups,
    trace,
    changed,
    inputs: trace.inputs,
    explain: explainCommands({ scenario: common.scenario, lines, trace }, measured.totals, options),
  };
  const open = openGroups(groups, baseline.approvals).map(pendingGroup);
  if (options.update === true) {
    const approvals = [...baseline.approvals, ...approvalsOf(open, options)];
    await write(folder, scenario, measured, options, { approvals, keepsTerms: hasTerms });
    await removeWholeFolder(newFolder(folder));
    return { ...found, approvals, ok: met, outcome: "written" };
  }
  const pending = {
    comparedWith: totalsPrint(baseline.totals),
    replaced: { sets: options.sets, seed: options.seed },
    groups: open,
    measured: asBaseline(scenario, measured, baseline.approvals),
  };
  const keeps = hasTerms || options.terms === true;
  const unwritten = await besideBaseline(newFolder(folder), options.signal, () =>
    writePending(folder, pending, (path) => (keeps ? addTerms(path, scenario, measured, options) : Promise.resolve())),
  );
  const differs = { ...found, ok: false, outcome: "differs", unwritten } as const;
  return unwritten !== null ? differs : { ...differs, left: newFolder(folder), review: reviewCommand(options.given, options.baseline) };
}

/** Whose terms are traced: who is paid otherwise; where pay goes that nobody gets, everybody. */
function wantedOf(lines: readonly LineDifference[], { lines: all }: PaidTotals): ReadonlySet<string> {
  const hasRest = lines.some(({ kind }) => kind === "rest");
  return new Set([...lines, ...(hasRest ? all : [])].filter(({ kind }) => kind === "position").map(paidKeyText));
}

function paidInAll({ lines }: PaidTotals): bigint {
  return lines.reduce((sum, { paidRao }) => sum + paidRao, 0n);
}

function asBaseline(scenario: Scenario, measured: MeasuredRun, approvals: readonly Approval[]): Baseline {
  return {
    scenario: scenario.configuration.name,
    tenure: toolVersion(),
    totals: measured.totals,
    resolved: scenario.resolved,
    inputs: inputsOf(measured.inputs),
    ahead: [],
    approvals,
  };
}

function write(
  folder: string,
  scenario: Scenario,
  measured: MeasuredRun,
  options: GuardOptions,
  { approvals, keepsTerms }: { readonly approvals: readonly Approval[]; readonly keepsTerms: boolean },
): Promise<void> {
  const keeps = keepsTerms || options.terms === true;
  return writeBaseline(folder, asBaseline(scenario, measured, approvals), (path) =>
    keeps ? addTerms(path, scenario, measured, options) : Promise.resolve(),
  );
}

export function inCi(flag: string): TenureError {
  return new TenureError({
    code: "TEN-GUARD-010",
    what: "Continuous integration never writes a baseline: whoever changes pay looks at it first.",
    place: { path: flag },
    found: `${flag} with CI set`,
    allowed: "comparing; what was measured lies beside the baseline",
    hint: "Run the command on your own machine and commit the baseline, or unset CI there.",
  });
}

function noBaseline(folder: string): TenureError {
  return new TenureError({
    code: "TEN-GUARD-008",
    what: "There is no baseline to compare with.",
    place: { file: folder },
    found: "no such folder",
    allowed: "the folder of a baseline, or figures by --expect",
    hint: "--update writes the first one; commit it beside the scenario.",
  });
}

function otherScenario(folder: string, found: string, name: string): TenureError {
  return new TenureError({
    code: "TEN-GUARD-009",
    what: "The baseline is of another scenario.",
    place: { file: folder, path: "scenario" },
    found,
    allowed: name,
    hint: "A scenario is known by its name. Give the baseline of this one, or another folder with --update.",
  });
}
