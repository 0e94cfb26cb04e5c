import { z } from "zod";
import type { ConsensusConfiguration } from "../../../engine/consensus/configuration.js";
import { severityOf, severityWithHistory } from "../../../engine/consensus/severity.js";
import type { Slash } from "../../../engine/consensus/slashing.js";
import { TAO20_ORIGINAL_SLASHING } from "../../../engine/consensus/tao20-original-slashing.js";
import { Tribunal, type Verdict } from "../../../engine/consensus/tribunal.js";
import type { Severity } from "../../../engine/tables/vocabularies/consensus.js";
import { checker, goldenCase, rao, unixSeconds } from "../case.js";
import { near, same } from "../difference.js";

const FLOAT64_TOLERANCE = 1e-9;
const FLOAT32_TOLERANCE = 1e-6;
const FLOAT64_STAKE_RAO = 1;
const FLOAT32_STAKE_RAO = 4e5;
/** The original's scores of what `severityOf` calls by name. */
const SCORES: Readonly<Record<Severity, number>> = { none: 0, minor: 0.25, moderate: 0.5, severe: 0.75, critical: 1 };

const decimal = z.string().transform(Number).pipe(z.number());
const weights = z.array(z.number());

const scenarioInput = z.object({
  config: z.object({
    deviation_threshold: decimal.default(0.05),
    min_validators_for_consensus: z.number().int().default(3),
    minor_slash_rate: decimal.default(0.01),
    severe_slash_rate: decimal.default(0.15),
  }),
  validators: z.array(z.object({ hotkey: z.string(), stake_rao: rao })),
  rounds: z.array(z.object({ t: unixSeconds, submissions: z.record(z.string(), weights) })),
});
const round = z.object({
  consensus: weights.nullable(),
  deviations: z.record(z.string(), z.object({ magnitude: z.number(), severity_score: decimal })),
  detected: z.record(z.string(), z.unknown()),
  slash_events: z.array(
    z.object({
      validator: z.string(),
      severity: z.string(),
      reason: z.string(),
      available_before_rao: rao,
      amount_rao: rao,
      percentage: decimal,
      remaining_rao: rao,
      deviation_count: z.number(),
      max_severity: z.number(),
      executed: z.boolean(),
    }),
  ),
  validators: z.record(
    z.string(),
    z.object({
      available_rao: rao,
      slashed_rao: rao,
      meets_requirement: z.boolean(),
      status: z.string(),
      accuracy: z.number(),
      consistency: z.number(),
      reliability: z.number(),
      overall: z.number(),
      submissions: z.number(),
      deviation_count: z.number(),
      slash_count: z.number(),
    }),
  ),
});
const scenario = goldenCase(
  scenarioInput,
  z.object({
    initial: z.record(z.string(), z.object({ total_stake_rao: rao, meets_requirement: z.boolean() })),
    rounds: z.array(round),
  }),
).extend({ kind: z.literal("scenario") });
const severity = goldenCase(
  z.object({ deviation: decimal, deviation_threshold: decimal, severe_deviation_threshold: decimal }),
  z.object({ severity_score: decimal }),
).extend({ kind: z.literal("severity") });
const slashParameters = goldenCase(
  z.object({ max_severity: decimal, deviation_count: z.number(), slash_count: z.number() }),
  z.object({ severity: z.string(), reason: z.string(), rate: decimal }),
).extend({ kind: z.literal("slash_parameters") });

type ScenarioCase = z.output<typeof scenario>;
type ExpectedRound = z.output<typeof round>;

/** Golden file 8: consensus, deviations, slashes and reputation under the preset `tao20-original-slashing`. */
export const checkSlashing = checker(z.discriminatedUnion("kind", [scenario, severity, slashParameters]), (testCase) => {
  switch (testCase.kind) {
    case "scenario":
      checkScenario(testCase);
      break;
    case "severity": {
      const { deviation, deviation_threshold, severe_deviation_threshold } = testCase.input;
      same("severity_score", scoreOf(deviation, deviation_threshold, severe_deviation_threshold), testCase.expected.severity_score);
      break;
    }
    case "slash_parameters":
      checkSlashParameters(testCase);
  }
});

/** The original's bounds: the threshold and its double, the severe threshold and its double. */
function boundsOf(threshold: number, severeThreshold: number) {
  return {
    ...TAO20_ORIGINAL_SLASHING.severity,
    minorAbove: threshold,
    moderateAbove: 2 * threshold,
    // Where the minor class reaches beyond the severe threshold there is no moderate one (quirk 25).
    severeAbove: Math.max(severeThreshold, 2 * threshold),
    criticalAbove: 2 * severeThreshold,
  };
}

function scoreOf(deviation: number, threshold: number, severeThreshold: number): number {
  return SCORES[severityOf(deviation, { ...boundsOf(threshold, severeThreshold), worst: "critical" })];
}

function reasonOf({ severity: how, cause }: Pick<Slash, "cause"> & { readonly severity: Severity }): string {
  if (cause === "repeated_slashes") return "repeated_errors";
  return how === "severe" ? "consensus_violation" : "weight_deviation";
}

function checkSlashParameters({ input, expected }: z.output<typeof slashParameters>): void {
  const { severity: rules, slashing } = TAO20_ORIGINAL_SLASHING;
  const named = (Object.keys(SCORES) as Severity[]).find((name) => SCORES[name] === input.max_severity) ?? "none";
  const worst: Severity = named === "critical" ? rules.worst : named;
  const judged = severityWithHistory({ severity: worst, cause: "deviation" }, input.deviation_count, input.slash_count, rules);
  same("severity", judged.severity, expected.severity);
  same("reason", reasonOf({ severity: judged.severity, cause: judged.cause ?? "deviation" }), expected.reason);
  same("rate", judged.severity === "none" ? 0 : slashing.rates[judged.severity], expected.rate);
}

function checkScenario({ input, expected, flags }: ScenarioCase): void {
  const isFloat32 = flags.includes("float32");
  const names = input.validators.map(({ hotkey }) => hotkey);
  // The original's stakes went through floating TAO (quirk 24), so they are taken from where it arrived.
  const stakes = names.map((name) => expected.initial[name].total_stake_rao);
  input.validators.forEach(({ hotkey, stake_rao }, v) => {
    near(`initial.${hotkey}.total_stake_rao`, stakes[v], stake_rao, isFloat32 ? FLOAT32_STAKE_RAO : FLOAT64_STAKE_RAO);
  });
  const configuration = configurationOf(input.config);
  const tribunal = new Tribunal(
    configuration,
    names.map((name) => ({ name, publicKey: null })),
    {
      stakeRao: (validator) => stakes[validator],
      take({ validator, amountRao }) {
        stakes[validator] -= amountRao;
        return amountRao;
      },
      trueNavRao: () => null,
      signatures: null,
    },
  );
  const tolerance = isFloat32 ? FLOAT32_TOLERANCE : FLOAT64_TOLERANCE;
  same("number of rounds", input.rounds.length, expected.rounds.length);
  names.forEach((name, v) => {
    const { minimumStakeRao } = configuration.consensus;
    same(`initial.${name}.meets_requirement`, stakes[v] >= minimumStakeRao, expected.initial[name].meets_requirement);
  });
  const miners = input.rounds.flatMap(({ submissions }) => Object.values(submissions))[0]?.length ?? 0;
  input.rounds.forEach(({ t, submissions }, r) => {
    const verdict = tribunal.close(
      r,
      t * 1000,
      miners,
      names.map((name) => (name in submissions ? { weights: Float64Array.from(submissions[name]), attestation: null } : null)),
    );
    const at = `rounds[${r}]`;
    checkConsensus(at, verdict, names, expected.rounds[r], input.config.deviation_threshold, tolerance);
    checkSlashes(at, verdict, names, expected.rounds[r], input.config.deviation_threshold);
    checkValidators(at, verdict, names, expected.rounds[r]);
  });
}

function configurationOf(config: z.output<typeof scenarioInput>["config"]): ConsensusConfiguration {
  const { consensus, slashing } = TAO20_ORIGINAL_SLASHING;
  return {
    ...TAO20_ORIGINAL_SLASHING,
    consensus: { ...consensus, minimumSubmissions: config.min_validators_for_consensus },
    severity: boundsOf(config.deviation_threshold, 0.15),
    slashing: { ...slashing, rates: { ...slashing.rates, minor: config.minor_slash_rate, severe: config.severe_slash_rate } },
  };
}

function checkConsensus(
  at: string,
  { consensus, submissionRows }: Verdict,
  names: readonly string[],
  expected: ExpectedRound,
  threshold: number,
  tolerance: number,
): void {
  same(`${at}.consensus is reached`, consensus.weights !== null, expected.consensus !== null);
  same(`${at}.consensus.length`, consensus.weights?.length ?? 0, expected.consensus?.length ?? 0);
  consensus.weights?.forEach((weight, i) => void near(`${at}.consensus[${i}]`, weight, expected.consensus?.[i] ?? Number.NaN, tolerance));
  names.forEach((name, v) => {
    const { judged, deviation, severity: found } = submissionRows[v];
    same(`${at}.deviations has ${name}`, judged, name in expected.deviations);
    same(`${at}.detected has ${name}`, found !== "none", name in expected.detected);
    if (!judged) return;
    const { magnitude, severity_score } = expected.deviations[name];
    near(`${at}.deviations.${name}.magnitude`, deviation, magnitude, tolerance);
    same(`${at}.deviations.${name}.severity_score`, scoreOf(deviation, threshold, 0.15), severity_score);
  });
}

function checkSlashes(at: string, { slashes }: Verdict, names: readonly string[], expected: ExpectedRound, threshold: number): void {
  same(`${at}.number of slash_events`, slashes.length, expected.slash_events.length);
  slashes.forEach((slash, i) => {
    const event = expected.slash_events[i];
    const here = `${at}.slash_events[${i}]`;
    same(`${here}.validator`, names[slash.validator], event.validator);
    same(`${here}.severity`, slash.severity, event.severity);
    same(`${here}.reason`, reasonOf(slash), event.reason);
    same(`${here}.available_before_rao`, slash.availableRao, event.available_before_rao);
    same(`${here}.amount_rao`, slash.amountRao, event.amount_rao);
    same(`${here}.percentage`, slash.rate, event.percentage);
    same(`${here}.remaining_rao`, slash.availableRao - slash.takenRao, event.remaining_rao);
    same(`${here}.deviation_count`, slash.deviations, event.deviation_count);
    same(`${here}.max_severity`, scoreOf(slash.deviation, threshold, 0.15), event.max_severity);
    same(`${here}.executed`, slash.state === "taken", event.executed);
  });
}

function checkValidators(at: string, { validatorRows }: Verdict, names: readonly string[], expected: ExpectedRound): void {
  names.forEach((name, v) => {
    const row = validatorRows[v];
    const validator = expected.validators[name];
    const here = `${at}.validators.${name}`;
    same(`${here}.available_rao`, row.stakeRao - row.heldRao, validator.available_rao);
    same(`${here}.slashed_rao`, row.slashedRao, validator.slashed_rao);
    same(`${here}.meets_requirement`, row.meetsRequirement, validator.meets_requirement);
    same(`${here}.status`, row.status, validator.status);
    same(`${here}.submissions`, row.submissions, validator.submissions);
    same(`${here}.deviation_count`, row.deviations, validator.deviation_count);
    same(`${here}.slash_count`, row.slashes, validator.slash_count);
    near(`${here}.accuracy`, row.accuracy, validator.accuracy, FLOAT64_TOLERANCE);
    near(`${here}.consistency`, row.consistency, validator.consistency, FLOAT64_TOLERANCE);
    near(`${here}.reliability`, row.reliability, validator.reliability, FLOAT64_TOLERANCE);
    near(`${here}.overall`, row.overall, validator.overall, FLOAT64_TOLERANCE);
  });
}
