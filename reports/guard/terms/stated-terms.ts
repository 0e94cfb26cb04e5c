import { RAO_PER_TOKEN, type RewardsConfiguration, snakeCase } from "../../../engine/index.js";
import type { ScenarioConfiguration } from "../../../scenarios/index.js";
import type { TermColumn } from "./term-column.js";

type IndexSubnet = NonNullable<ScenarioConfiguration["index"]>;
type Consensus = IndexSubnet["consensus"];

/** A parameter of a rule that shares out a whole pot at once, or judges all at once: what it does to one it does through all. */
export interface StatedTerm extends TermColumn {
  /** Whose pay goes by it. */
  readonly of: "participant" | "validator";
  /** NaN: none is stated. */
  readonly value: number;
}

/** What an index subnet states of tiers and of the consensus; each term has the path of its value below `index.rewards` or `index`. */
export function statedTerms({ rewards, consensus }: IndexSubnet): readonly StatedTerm[] {
  return [...tierTerms(rewards), ...consensusTerms(consensus)];
}

/** Is it what a scenario states of tiers or of the consensus? */
export function isStated(id: string): boolean {
  return id.startsWith("consensus.") || /^tiers\.(.+\.(to_rank|share)|empty_tier|scoreless_tier|base_by|all_zero)$/.test(id);
}

/** What is stated beside the tiers themselves. */
const TIER_CHOICES = ["emptyTier", "scorelessTier", "baseBy", "allZero"] as const satisfies readonly (keyof RewardsConfiguration)[];

function tierTerms(rewards: RewardsConfiguration): readonly StatedTerm[] {
  const names = new Set<string>();
  const tiers = rewards.tiers.flatMap(({ name, toRank, share }): readonly StatedTerm[] => {
    const called = ownName(name, names);
    // Tiers leave no hole between ranks, so the last rank of each says where the next one begins.
    return [
      stated("participant", `tiers.${called}.to_rank`, `the tier ${name}`, toRank),
      stated("participant", `tiers.${called}.share`, `the tier ${name}`, share),
    ];
  });
  return [...tiers, ...TIER_CHOICES.map((key) => stated("participant", `tiers.${snakeCase(key)}`, "tiers", rewards[key]))];
}

/** As terms are called; names that come to the same by it get a number. */
function ownName(name: string, taken: Set<string>): string {
  const called = name.replace(/[^\w-]/g, "_");
  let own = called;
  for (let count = 2; taken.has(own); count++) own = `${called}-${count}`;
  taken.add(own);
  return own;
}

/** All but rates of slashes, which the slashes themselves tell, appeals, which are no parameter, and reputation, by which nobody is paid. */
function consensusTerms({ consensus, severity, status, slashing, attestations }: Consensus): readonly StatedTerm[] {
  const { window, ...bounds } = severity;
  const { rates: _rates, appeals: _appeals, ...slashes } = slashing;
  const sections = [
    ["consensus", consensus],
    ["consensus.severity", { ...bounds, ...windowOf(window) }],
    ["consensus.slashing", slashes],
    ["consensus.status", status],
    ["consensus.attestations", attestations],
  ] as const;
  return sections.flatMap(([section, values]) =>
    Object.entries(values).map(([key, value]) => {
      const [, rule = section] = section.split(".");
      return stated("validator", `${section}.${snakeCase(key.replace(/Rao$/, ""))}`, rule, key.endsWith("Rao") ? alpha(value) : value);
    }),
  );
}

function windowOf(window: Consensus["severity"]["window"]): Readonly<Record<string, number>> {
  return window.kind === "epochs"
    ? { deviationWindowEpochs: window.epochs, deviationWindowMs: Number.NaN }
    : { deviationWindowEpochs: Number.NaN, deviationWindowMs: window.ms };
}

const alpha = (rao: unknown) => Number(rao) / RAO_PER_TOKEN;

function stated(of: StatedTerm["of"], id: string, rule: string, value: unknown): StatedTerm {
  const isChoice = typeof value === "string" ? { isChoice: true } : {};
  return { id, rule, isShared: false, isCommon: true, ...isChoice, of, value: inNumber(value) };
}

/** Columns hold numbers: of a choice one that is made of its letters, with which nothing is reckoned. */
function inNumber(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return Number(value);
  if (typeof value !== "string") return Number.NaN;
  return [...value].reduce((number, letter) => (number * 131 + letter.charCodeAt(0)) % LARGEST_CHOICE, 0);
}

/** A prime: choices that differ in a letter or two have different numbers. */
const LARGEST_CHOICE = 1_000_000_007;
