import { formatCount, plural } from "../format/numbers.js";
import { multiplierEffect, type RunRules, sharesOwnPots } from "../rules.js";

/** What was simulated, a sentence a line, from the scenario with every default filled in. */
/** @param isApplied do multipliers change pay? */
export function simulatedWords(resolved: unknown, rules: RunRules, isApplied: boolean): readonly string[] {
  const scenario = resolved as ResolvedScenario;
  return [...streamWords(scenario), ...populationWords(scenario), ...ruleWords(scenario, rules, isApplied), emissionWords(rules)].filter(
    (line) => line !== "",
  );
}

/** The parts of a resolved scenario that are told; all of them may be missing. */
interface ResolvedScenario {
  readonly streams?: readonly Readonly<Record<string, unknown>>[];
  readonly vesting?: Readonly<Record<string, unknown>>;
  readonly stages?: readonly Readonly<Record<string, unknown>>[];
  readonly emission?: Readonly<Record<string, unknown>>;
  readonly closed_loop?: LoopSection | readonly LoopSection[] | null;
  readonly handed_over?: readonly { readonly name?: unknown; readonly strategy?: { readonly kind?: unknown } }[];
  readonly index?: { readonly netuid?: number; readonly participants?: readonly Group[]; readonly validators?: readonly Group[] } | null;
}

interface Group {
  readonly name?: unknown;
  readonly count?: number;
  readonly strategy?: unknown;
  readonly behaviour?: unknown;
}

interface LoopSection {
  readonly netuid?: number;
  readonly miners?: readonly Group[];
  readonly validators?: readonly Group[] | null;
}

function streamWords({ streams = [] }: ResolvedScenario): string[] {
  if (streams.length === 0) return [];
  const named = streams.map((stream) => {
    const name = String(stream.name ?? stream.file ?? "");
    const kind = stream.synthetic === undefined ? `recorded ${String(stream.kind ?? "")}`.trim() : `synthetic ${String(stream.synthetic)}`;
    return `${name} (${kind})`;
  });
  return [`Streams: ${named.join(", ")}.`];
}

function groupWords(groups: readonly Group[]): string {
  return groups
    .map(({ name, count = 1, strategy, behaviour }) => {
      const acts = strategy ?? behaviour;
      const kind = typeof acts === "object" && acts !== null ? ((acts as { kind?: unknown }).kind ?? "") : (acts ?? "");
      return `${formatCount(count)} ${String(name ?? "")}${kind === "" ? "" : ` (${String(kind)})`}`;
    })
    .join(", ");
}

function populationWords({ closed_loop: loop, handed_over: handed = [], index }: ResolvedScenario): string[] {
  const loops = loop == null ? [] : Array.isArray(loop) ? (loop as readonly LoopSection[]) : [loop as LoopSection];
  const words = loops.map(({ netuid, miners = [], validators }) => {
    const rated = validators == null || validators.length === 0 ? "" : `; validators: ${groupWords(validators)}`;
    return `Miners of subnet ${netuid ?? "?"} decide for themselves: ${groupWords(miners)}${rated}.`;
  });
  if (handed.length > 0) {
    const all = handed.map(({ name, strategy }) => `${String(name)} to ${String(strategy?.kind ?? "a strategy")}`);
    words.push(`Handed over: ${all.join(", ")}.`);
  }
  if (index != null) {
    const validators = index.validators == null || index.validators.length === 0 ? "" : `; validators: ${groupWords(index.validators)}`;
    words.push(`Subnet ${index.netuid ?? "?"} is an index subnet. Participants: ${groupWords(index.participants ?? [])}${validators}.`);
  }
  return words;
}

/** "retention_target 0.9, max_multiplier 1.5", without what is no number or word. */
function parameterWords(parameters: object): string {
  return Object.entries(parameters)
    .filter(([, value]) => typeof value === "number" || typeof value === "string" || typeof value === "boolean")
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(", ");
}

const TARGETS = ["retention_target", "retention_window_days", "max_multiplier"] as const;

function ruleWords({ vesting = {}, stages }: ResolvedScenario, { vesting: { mode } }: RunRules, isApplied: boolean): string[] {
  if (stages !== undefined && stages !== null) {
    const all = stages.map((stage) => {
      const [[name, parameters] = ["?", null]] = Object.entries(stage);
      const words = typeof parameters === "object" && parameters !== null ? parameterWords(parameters) : String(parameters ?? "");
      return words === "" ? name : `${name} (${words})`;
    });
    return [`Weights go through ${plural(all.length, "stage")}: ${all.join(", then ")}.`];
  }
  if (mode === "off") return ["Vesting is off: nobody's weight is multiplied."];
  const own = vesting.rule;
  const name = typeof own === "string" ? own : String((own as { name?: unknown } | undefined)?.name ?? "a rule of a file");
  const parameters = name === "geometric" ? parameterWords(Object.fromEntries(TARGETS.map((key) => [key, vesting[key]]))) : "";
  const cut = vesting.below_minimum === "zero" ? " Who holds less than the minimum stake gets nothing." : "";
  const rule = `the rule ${name}${parameters === "" ? "" : ` (${parameters})`}`;
  if (isApplied) return [`Each miner's weight is multiplied by ${rule}.${cut}`];
  return [`Multipliers are measured by ${rule} and change nobody's pay.`];
}

function emissionWords(rules: RunRules): string {
  // Who shares pots of its own replays nothing.
  if (sharesOwnPots(rules.beforeRule)) return "";
  switch (multiplierEffect(rules)) {
    case "applied":
      return "The pots that were recorded are shared anew under the rule.";
    case "replay":
      return "Everybody is paid as recorded.";
    case "shadow":
      return "Shadow mode: nothing is applied.";
    default:
      return "";
  }
}
