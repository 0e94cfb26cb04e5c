import { shellWord } from "../text/shell-word.js";
import { typedPath } from "../text/typed-path.js";
import { type PaidTotals, paidKeyText } from "./baseline/paid-line.js";
import type { GuardReport } from "./guard-report.js";

/** How a scenario was given: a file, or a name, and values that replace its own. */
export interface GivenScenario {
  readonly given: string;
  readonly sets: readonly string[];
  readonly seed?: number | undefined;
  readonly data?: string | undefined;
}

/**
 * Commands that show how the pay came about of the position that moves most, as they can be typed. They run in a folder of their own, so that
 * no other run of the scenario is replaced; empty: no position that can be named has pay that can be explained.
 * @param totals of the run of now
 */
export function explainCommands(
  { scenario, lines, trace }: Pick<GuardReport, "scenario" | "lines" | "trace">,
  totals: PaidTotals,
  { given, sets, seed, data }: GivenScenario,
): readonly string[] {
  const counts = new Map<string, number>();
  for (const { kind, hotkey } of totals.lines) if (kind === "position") counts.set(hotkey, (counts.get(hotkey) ?? 0) + 1);
  // A hotkey with several positions names none of them.
  const named = lines.filter(({ kind, got, hotkey }) => kind === "position" && got !== null && counts.get(hotkey) === 1);
  const [most] = named.sort((a, b) => compare(b.movedRao, a.movedRao));
  if (most === undefined) return [];
  const out = typedPath(`runs/${scenario}-guard`);
  const options = [
    ...sets.map((set) => ` --set ${shellWord(set)}`),
    ...(seed === undefined ? [] : [` --seed ${seed}`]),
    ...(data === undefined ? [] : [` --data ${typedPath(data)}`]),
  ];
  const parting = trace?.partings.get(paidKeyText(most));
  const epoch = parting === undefined ? "" : ` --epoch ${parting.epoch}`;
  return [
    `npx tenure run ${givenText(given)}${options.join("")} --out ${out}`,
    `npx tenure explain ${out} --hotkey ${shellWord(most.hotkey)}${epoch}`,
  ];
}

/** The command that reviews what a failed guard left. @param baseline its folder, where one was named; undefined: where it lies by itself */
export function reviewCommand(given: string, baseline: string | undefined): string {
  return `npx tenure guard review ${givenText(given)}${baseline === undefined ? "" : ` --baseline ${typedPath(baseline)}`}`;
}

const givenText = (given: string) => (/[/\\]|\.ya?ml$/.test(given) ? typedPath(given) : shellWord(given));
const compare = (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0);
