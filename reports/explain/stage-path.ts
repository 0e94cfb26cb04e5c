/**
 * Where the scenario states the stage that a term is of: terms count stages from 1, paths from 0, so that `stage.2.multiplier`
 * stands at `stages.1`. Null: of no stage.
 */
export function stagePath(term: string): string | null {
  const found = /^(?:others\.|parameter\.)?stage\.(\d+)(?:\.|$)/.exec(term);
  return found === null ? null : `stages.${Number(found[1]) - 1}`;
}
