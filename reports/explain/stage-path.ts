/**
 * Where the scenario states the stage that a term is of: terms count stages from 1, paths from 0, so that `stage.2.multiplier`
 * stands at `stages.1`. Null: of no stage, or of the residual that ends a list which states none.
 * @param stated entries of the scenario's list
 */
export function stagePath(term: string, stated: number): string | null {
  const found = /^(?:others\.|parameter\.)?stage\.(\d+)(?:\.|$)/.exec(term);
  return found === null || Number(found[1]) > stated ? null : `stages.${Number(found[1]) - 1}`;
}
