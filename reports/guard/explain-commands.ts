import { shellWord } from "../text/shell-word.js";
import { typedPath } from "../text/typed-path.js";
import { paidKeyText } from "./baseline/paid-line.js";
import type { GuardReport } from "./guard-report.js";

/** How a scenario was given: a file, or a name, and values that replace its own. */
export interface GivenScenario {
  readonly given: string;
  readonly sets: readonly string[];
  readonly seed?: number | undefined;
  readonly data?: string | undefined;
}

/** Commands that show how the pay came about of the line that moves most. */
export function explainCommands(
  { scenario, lines, trace }: Pick<GuardReport, "scenario" | "lines" | "trace">,
  { given, sets, seed, data }: GivenScenario,
): readonly string[] {
  const [most] = [...lines].filter(({ kind, got }) => kind === "position" && got !== null).sort((a, b) => compare(b.movedRao, a.movedRao));
  if (most === undefined) return [];
  const isPath = /[/\\]|\.ya?ml$/.test(given);
  const out = typedPath(`runs/${scenario}`);
  const options = [
    ...sets.map((set) => ` --set ${shellWord(set)}`),
    ...(seed === undefined ? [] : [` --seed ${seed}`]),
    ...(data === undefined ? [] : [` --data ${typedPath(data)}`]),
  ];
  const parting = trace?.partings.get(paidKeyText(most));
  const epoch = parting === undefined ? "" : ` --epoch ${parting.epoch}`;
  return [
    `npx tenure run ${isPath ? typedPath(given) : shellWord(given)}${options.join("")}`,
    `npx tenure explain ${out} --hotkey ${shellWord(most.hotkey)}${epoch}`,
  ];
}

const compare = (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0);
