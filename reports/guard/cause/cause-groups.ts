import type { ValueDifference } from "../../../studies/index.js";
import { type PaidKey, paidKeyText } from "../baseline/paid-line.js";
import type { LineDifference } from "../compare/line-difference.js";
import { type CauseFigures, figuresOfLines, sumFigures } from "./cause-figures.js";
import { recordedKind } from "./changed-inputs.js";
import { movedIn } from "./moved.js";
import { OTHERS_WEIGHTS, type Parting } from "./parting.js";
import { relevantChanges } from "./relevant-changes.js";
import type { Trace } from "./trace.js";

/** Lines that part by one cause. */
export interface CauseGroup {
  /** `multiplier.duration_factor`, `stage.burn.share`, `others_weights`, `code`, `data`, ... */
  readonly cause: string;
  /** The rule, in words. */
  readonly rule: string;
  /** Values of the scenario that have to do with it. */
  readonly changed: readonly ValueDifference[];
  readonly lines: readonly LineDifference[];
  /** What moves, rao: `movedIn` of its lines, by the change itself where that is known. */
  readonly movedRao: bigint;
  /** Who gains and who loses by it. */
  readonly figures: CauseFigures;
  /** What an approval of it is of: its lines with those that were accepted before and are ahead of the scenario. */
  readonly approvable: { readonly positions: number; readonly movedRao: bigint };
  /** That of all that the baseline's lines were paid, 0 or more. */
  readonly share: number;
  /** Where the first of its positions parts; null: only the day is known. */
  readonly first: Parting | null;
  readonly firstDay: string | null;
}

/**
 * Groups lines by what moved them, those that move most first; others' weights last.
 * @param ahead lines by `paidKeyText` that were accepted before those of others
 */
export function causeGroups(
  lines: readonly LineDifference[],
  trace: Trace,
  paidRao: bigint,
  ahead: ReadonlySet<string> = new Set(),
): readonly CauseGroup[] {
  return trace.each.length > 1 ? groupsOfEach(lines, trace, paidRao, ahead) : groupsOfAll(lines, trace, paidRao);
}

/**
 * Of changes that were traced one at a time: a line is in the group of each that hits it by itself, so groups may share lines, and
 * `movedRao` and the figures are what the change moves by itself. A line that none hits alone is in the group of what parts it under all of them,
 * and counts with what they do together.
 */
function groupsOfEach(lines: readonly LineDifference[], trace: Trace, paidRao: bigint, ahead: ReadonlySet<string>): readonly CauseGroup[] {
  const differing = new Map(lines.map((line) => [paidKeyText(line), line]));
  const taken = new Set<string>();
  const groups = new Map<string, CauseGroup>();
  for (const { changed, partings, lines: alone } of trace.each) {
    const one = { ...trace, changed, partings };
    const seen = alone.filter((line) => differing.has(paidKeyText(line)));
    const found = groupsOfAll(seen, one, paidRao).filter(isOfChange);
    const whole = new Map(
      groupsOfAll(
        alone.filter((line) => differing.has(paidKeyText(line)) || ahead.has(paidKeyText(line))),
        one,
        paidRao,
      ).map((group) => [group.cause, group]),
    );
    const hit = new Set(found.flatMap((group) => group.lines.map(paidKeyText)));
    const others = alone.filter((line) => line.kind === "position" && !hit.has(paidKeyText(line)));
    for (const [at, group] of found.entries()) {
      const keys = group.lines.map(paidKeyText);
      for (const key of keys) taken.add(key);
      const known = groups.get(group.cause);
      const own = new Map(
        [...(known?.lines ?? []), ...keys.flatMap((key) => differing.get(key) ?? [])].map((line) => [paidKeyText(line), line]),
      );
      groups.set(group.cause, {
        ...(known ?? group),
        changed: [...(known?.changed ?? []), ...changed],
        lines: [...own.values()],
        movedRao: (known?.movedRao ?? 0n) + group.movedRao,
        share: (known?.share ?? 0) + group.share,
        figures: sumFigures(known?.figures, figuresOfLines(group.lines, { isOwn: true, others: at === 0 ? others : [] })),
        approvable: sumApprovable(known?.approvable, (whole.get(group.cause) ?? group).approvable),
      });
    }
  }
  const rest = lines.filter((line) => !taken.has(paidKeyText(line)));
  const others = groupsOfAll(rest, trace, paidRao).map((group) => {
    const known = groups.get(group.cause);
    return known === undefined ? group : withMore(known, group);
  });
  const names = new Set(others.map(({ cause }) => cause));
  return [...[...groups.values()].filter(({ cause }) => !names.has(cause)), ...others].sort(byMoved);
}

/** With lines that none of the changes moves by itself: they count with what all changes do to them together. */
function withMore(group: CauseGroup, more: CauseGroup): CauseGroup {
  return {
    ...group,
    lines: [...group.lines, ...more.lines],
    movedRao: group.movedRao + more.movedRao,
    share: group.share + more.share,
    figures: sumFigures(group.figures, more.figures),
    approvable: sumApprovable(group.approvable, more.approvable),
  };
}

const isOfChange = ({ cause, lines }: CauseGroup) => cause !== OTHERS_WEIGHTS && lines.some(({ kind }) => kind === "position");

function sumApprovable(a: CauseGroup["approvable"] | undefined, b: CauseGroup["approvable"]): CauseGroup["approvable"] {
  return a === undefined ? b : { positions: a.positions + b.positions, movedRao: a.movedRao + b.movedRao };
}

function groupsOfAll(lines: readonly LineDifference[], trace: Trace, paidRao: bigint): readonly CauseGroup[] {
  const byCause = new Map<string, { rule: string; lines: LineDifference[]; partings: Parting[] }>();
  const put = (line: LineDifference, cause: string, rule: string, parting: Parting | null) => {
    const group = byCause.get(cause) ?? { rule, lines: [], partings: [] };
    group.lines.push(line);
    if (parting !== null) group.partings.push(parting);
    byCause.set(cause, group);
  };
  const rest: LineDifference[] = [];
  for (const line of lines) {
    const parting = trace.partings.get(paidKeyText(line)) ?? null;
    if (parting !== null) put(line, parting.cause, parting.rule, parting);
    else if (trace.by === "totals") put(line, ...untraced(trace), null);
    else if (line.kind === "rest") rest.push(line);
    else if (line.parts.includes("pay")) put(line, "unfinished_epoch", "pay of an epoch that never ended", null);
    // Who has no pay has shares on the way to it all the same, and these are relative to others'.
    else put(line, OTHERS_WEIGHTS, "share of the pot", null);
  }
  const groups = [...byCause].map(([cause, group]) => groupOf(cause, group, trace, paidRao)).sort(byMoved);
  if (rest.length === 0) return groups;
  // What positions do not get goes elsewhere, by what they do not get it for.
  const [cause, rule] = groups.length > 0 ? [groups[0].cause, groups[0].rule] : commonest(trace);
  const { lines: own, partings } = byCause.get(cause) ?? { lines: [], partings: [] };
  const whole = groupOf(cause, { rule, lines: [...own, ...rest], partings }, trace, paidRao);
  return [whole, ...groups.filter((group) => group.cause !== cause)].sort(byMoved);
}

/** What parts most positions by itself, also where none of their pay moves. */
function commonest({ partings }: Trace): readonly [string, string] {
  const counts = new Map<string, { rule: string; count: number }>();
  for (const { cause, rule } of partings.values()) counts.set(cause, { rule, count: (counts.get(cause)?.count ?? 0) + 1 });
  const isOfOthers = (cause: string) => Number(cause === OTHERS_WEIGHTS);
  const [most] = [...counts].sort(([a, one], [b, other]) => isOfOthers(a) - isOfOthers(b) || other.count - one.count);
  return most === undefined ? ["rest", "pay that no position gets"] : [most[0], most[1].rule];
}

/** More files than anybody reads in a sentence. */
const MOST_FILES = 4;

function untraced({ inputs }: Trace): readonly [string, string] {
  if (inputs.some(({ source }) => source === "plug_in")) return ["rule_file", "a rule of a file of one's own"];
  if (inputs.length === 0) return ["code", "the code of Tenure"];
  const kinds = new Set(inputs.map(recordedKind));
  const files = inputs.map(({ file }) => file);
  const told =
    files.length > MOST_FILES ? `${files.slice(0, MOST_FILES).join(", ")} and ${files.length - MOST_FILES} more` : files.join(", ");
  const words = `${told} ${files.length === 1 ? "is not that" : "are not those"} of the baseline`;
  // One kind of stream alone is the cause; of several it is not known which.
  return kinds.size === 1 ? [`streams.${[...kinds][0]}`, `the recordings: ${words}`] : ["data", words];
}

function groupOf(
  cause: string,
  { rule, lines, partings }: { rule: string; lines: readonly LineDifference[]; partings: readonly Parting[] },
  trace: Trace,
  paidRao: bigint,
): CauseGroup {
  const movedRao = movedIn(lines);
  const first = partings.reduce<Parting | null>((one, other) => (one === null || other.endMs < one.endMs ? other : one), null);
  const days = lines.flatMap(({ firstDay }) => firstDay ?? []).sort();
  return {
    cause,
    rule,
    changed: relevantChanges(cause, trace.changed),
    lines,
    movedRao,
    figures: figuresOfLines(lines, { isOwn: isOneChange(trace) }),
    approvable: { positions: lines.filter(({ kind }) => kind === "position").length, movedRao },
    share: paidRao === 0n ? 0 : Number((movedRao * 1_000_000_000n) / paidRao) / 1_000_000_000,
    first,
    firstDay: days[0] ?? null,
  };
}

/** One change alone, so that what differs differs by it? */
function isOneChange({ by, changed, inputs, each }: Trace): boolean {
  return each.length === 0 && changed.length + (by === "parameters" ? 0 : inputs.length) <= 1;
}

function byMoved(a: CauseGroup, b: CauseGroup): number {
  const isLast = ({ cause }: CauseGroup) => Number(cause === OTHERS_WEIGHTS);
  if (isLast(a) !== isLast(b)) return isLast(a) - isLast(b);
  if (a.movedRao !== b.movedRao) return a.movedRao < b.movedRao ? 1 : -1;
  return a.cause < b.cause ? -1 : 1;
}

/** Lines of a group by their keys. */
export function keysOf({ lines }: Pick<CauseGroup, "lines">): readonly PaidKey[] {
  return lines.map(({ netuid, kind, hotkey, coldkey }) => ({ netuid, kind, hotkey, coldkey }));
}

/** The causes of each line, the group that moves most first: by several changes a line may be in several groups. */
export function causesOf(groups: readonly CauseGroup[]): (line: PaidKey) => readonly string[] {
  const causes = new Map<string, string[]>();
  for (const { cause, lines } of groups) {
    for (const line of lines) {
      const key = paidKeyText(line);
      causes.set(key, [...(causes.get(key) ?? []), cause]);
    }
  }
  return (line) => causes.get(paidKeyText(line)) ?? [];
}
