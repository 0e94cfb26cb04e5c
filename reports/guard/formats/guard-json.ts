import type { PartingEvent, ValueDifference } from "../../../studies/index.js";
import type { GainFigures } from "../cause/cause-figures.js";
import { causesOf } from "../cause/cause-groups.js";
import type { Parting } from "../cause/parting.js";
import type { LineDifference } from "../compare/line-difference.js";
import type { GuardReport } from "../guard-report.js";
import { causeMeaning, causeName } from "./cause-words.js";

/** What a guard found as plain data: amounts in rao are bigints. */
export function guardJson(report: GuardReport) {
  const { ok, scenario, baseline, outcome, left, tolerance, positions, days, lines, movedRao, share, groups, trace } = report;
  const causes = causesOf(groups);
  return {
    ok,
    scenario,
    outcome,
    baseline,
    left,
    unwritten: report.unwritten,
    tolerance,
    positions,
    days,
    differing: lines.filter(({ kind }) => kind === "position").length,
    differing_elsewhere: lines.filter(({ kind }) => kind === "rest").map(({ netuid, hotkey }) => ({ netuid, goes_to: hotkey })),
    moved_rao: movedRao,
    moved_share: share,
    traced_by: trace?.by ?? null,
    changed: report.changed.map(valueJson),
    changed_files: report.inputs,
    notes: trace?.notes ?? [],
    first_event: trace?.event == null ? null : eventJson(trace.event),
    causes: groups.map((group) => ({
      cause: causeName(group.cause),
      rule: group.rule,
      meaning: causeMeaning(group),
      positions: group.lines.filter(({ kind }) => kind === "position").length,
      moved_rao: group.movedRao,
      moved_share: group.share,
      ...gainJson(group.figures),
      changed: group.changed.map(valueJson),
      first_day: group.firstDay,
      first: group.first === null ? null : partingJson(group.first),
      hotkeys: group.lines.map(({ hotkey }) => hotkey),
      moves: group.figures.lines.map(({ netuid, kind, hotkey, coldkey, changeRao, isOwn }) => ({
        netuid,
        kind,
        hotkey,
        coldkey,
        change_rao: changeRao,
        by_itself: isOwn,
      })),
    })),
    movers: [...lines]
      .sort((a, b) => (a.movedRao === b.movedRao ? 0 : a.movedRao < b.movedRao ? 1 : -1))
      .map((line) => moverJson(line, causes(line))),
    explain: report.explain,
    review: report.review,
    expectations: report.expectations.map(({ text, figure, comparison, value, found, met }) => ({
      expectation: text,
      figure,
      comparison,
      value,
      found,
      met,
    })),
    approvals: report.approvals,
    warnings: report.warnings,
  };
}

function eventJson({ table, row, column, timeMs, a, b }: PartingEvent) {
  const { netuid = null, who = null } = a ?? b ?? {};
  return { time_ms: timeMs, table, row, column, netuid, who, expected: a?.values ?? null, got: b?.values ?? null };
}

/** What a cause does to pay, with its direction. */
export function gainJson({ together, gainers, losers, gainedRao, lostRao, othersRao, elsewhere }: GainFigures) {
  return {
    by_itself: together === 0,
    gainers,
    gained_rao: gainedRao,
    losers,
    lost_rao: lostRao,
    others_rao: othersRao,
    elsewhere: elsewhere.map(({ goesTo, changeRao }) => ({ goes_to: goesTo, change_rao: changeRao })),
  };
}

const valueJson = ({ path, a, b }: ValueDifference) => ({ path, from: a ?? null, to: b ?? null });

function partingJson({ netuid, hotkey, coldkey, epoch, endMs, before, after }: Parting) {
  return { netuid, hotkey, coldkey, epoch, end_ms: endMs, expected: before, got: after };
}

function moverJson(line: LineDifference, causes: readonly string[]) {
  const { netuid, kind, hotkey, coldkey, expectedRao, gotRao, changeRao, movedRao, firstDay, parts } = line;
  const change = expectedRao === 0n ? null : Number(changeRao) / Number(expectedRao);
  return {
    netuid,
    kind,
    hotkey,
    coldkey,
    causes: causes.map(causeName),
    expected_rao: expectedRao,
    got_rao: gotRao,
    change_rao: changeRao,
    change,
    moved_rao: movedRao,
    first_day: firstDay,
    differs: parts,
  };
}
