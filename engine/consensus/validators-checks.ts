import { refuseParameters } from "../agents/agent-strategy.js";
import { validatorStrategyNamed } from "../agents/validators/index.js";
import { InvariantError, TenureError } from "../kernel/errors.js";
import { isRao } from "../kernel/money.js";
import { requireWithin, SHARE_RANGE } from "../kernel/ranges.js";
import { keysOf } from "../rules/parameter.js";
import type { Appeal } from "./configuration.js";
import type { ValidatorsConfiguration } from "./validators-configuration.js";

/**
 * Refuses validators that mean nothing. Too few of them for a consensus are no error: then there is none.
 *
 * @param miners names a group may favour
 * @param appeals of the slashing rules
 * @param path of the section, e.g. `index.validators`
 * @param epochMs length of the subnet's epochs
 * @throws TenureError `TEN-CONSENSUS-120` to `126`
 */
export function refuseValidators(
  { validators, colludingGroups }: ValidatorsConfiguration,
  miners: readonly string[],
  appeals: readonly Appeal[],
  path: string,
  epochMs: number,
): void {
  const names = validators.map(({ name }) => name);
  const groups = colludingGroups.map(({ name }) => name);
  refuseRepeats(names, `${path}.validators`);
  refuseRepeats(groups, `${path}.colluding_groups`);
  validators.forEach(({ name, stakeRao, behaviour }, i) => {
    const at = `${path}.validators[${i}]`;
    range(isRao(stakeRao), `${at}.stake`, stakeRao, "whole rao, 0 to 2^53 - 1");
    const strategy = validatorStrategyNamed(behaviour.kind);
    refuseParameters(strategy, behaviour, `${at}.behaviour`, epochMs);
    for (const [key, parameter] of Object.entries(strategy.parameters)) {
      if (parameter.kind !== "name") continue;
      const named = (behaviour as unknown as Readonly<Record<string, string | null>>)[key];
      const path = [`${at}.behaviour`, ...keysOf(key, parameter)].join(".");
      if (named !== null) refuseName(named, parameter.of, { validator: names, colluding_group: groups }, path);
      if (named === name && parameter.of === "validator") {
        throw new TenureError({
          code: "TEN-CONSENSUS-124",
          what: "A validator cannot copy itself.",
          place: { path },
          found: name,
          allowed: "another validator, or null for the last consensus",
        });
      }
    }
  });
  colludingGroups.forEach(({ favoured, movedShare }, i) => {
    const at = `${path}.colluding_groups[${i}]`;
    requireWithin(movedShare, SHARE_RANGE, "TEN-CONSENSUS-121", `${at}.moved_share`);
    range(favoured.length > 0, `${at}.favoured`, 0, "at least one miner");
    for (const miner of favoured) known(miner, miners, "TEN-CONSENSUS-125", "There is no such miner to favour.", `${at}.favoured`);
  });
  appeals.forEach(({ validator }, i) => {
    known(validator, names, "TEN-CONSENSUS-126", "There is no such validator to appeal.", `${path}.slashing.appeals[${i}].validator`);
  });
}

/** Refuses the name of something that there is not. */
function refuseName(name: string, of: string, names: Readonly<Record<string, readonly string[]>>, path: string): void {
  const those = names[of];
  if (those === undefined) throw new InvariantError(`a parameter names a ${of}`);
  if (of === "validator") known(name, those, "TEN-CONSENSUS-123", "There is no such validator to copy.", path);
  else known(name, those, "TEN-CONSENSUS-122", "There is no such colluding group.", path);
}

function refuseRepeats(names: readonly string[], path: string): void {
  const seen = new Set<string>([""]);
  const repeated = names.find((name) => seen.size === seen.add(name).size);
  if (repeated === undefined) return;
  throw new TenureError({
    code: "TEN-CONSENSUS-120",
    what: "A name is empty or given twice.",
    place: { path },
    found: repeated,
    allowed: "a name of its own for each",
  });
}

function known(name: string, names: readonly string[], code: string, what: string, path: string): void {
  if (names.includes(name)) return;
  throw new TenureError({
    code,
    what,
    place: { path },
    found: name,
    allowed: names.length === 0 ? "none are configured" : names.join(", "),
  });
}

function range(holds: boolean, path: string, found: number, allowed: string): void {
  if (!holds)
    throw new TenureError({
      code: "TEN-CONSENSUS-121",
      what: "A number of a validator group is out of range.",
      place: { path },
      found,
      allowed,
    });
}
