import { TenureError } from "../kernel/errors.js";
import { isRao } from "../kernel/money.js";
import { CONSENSUS_RANGES, requireWithin, SHARE_RANGE } from "../kernel/ranges.js";
import type { Appeal } from "./configuration.js";
import type { BehaviourConfiguration, ValidatorsConfiguration } from "./validators-configuration.js";

/**
 * Refuses validators that mean nothing. Too few of them for a consensus are no error: then there is none.
 *
 * @param miners names a group may favour
 * @param appeals of the slashing rules
 * @param path of the section, e.g. `index.validators`
 * @throws TenureError `TEN-CONSENSUS-120` to `126`
 */
export function refuseValidators(
  { validators, colludingGroups }: ValidatorsConfiguration,
  miners: readonly string[],
  appeals: readonly Appeal[],
  path: string,
): void {
  const names = validators.map(({ name }) => name);
  const groups = colludingGroups.map(({ name }) => name);
  refuseRepeats(names, `${path}.validators`);
  refuseRepeats(groups, `${path}.colluding_groups`);
  validators.forEach(({ name, stakeRao, behaviour }, i) => {
    const at = `${path}.validators[${i}]`;
    range(isRao(stakeRao), `${at}.stake`, stakeRao, "whole rao, 0 to 2^53 - 1");
    refuseBehaviour(behaviour, `${at}.behaviour`);
    if (behaviour.kind === "colluder")
      known(behaviour.group, groups, "TEN-CONSENSUS-122", "There is no such colluding group.", `${at}.behaviour.group`);
    if (behaviour.kind === "lazy_copier" && behaviour.copies !== null) {
      known(behaviour.copies, names, "TEN-CONSENSUS-123", "There is no such validator to copy.", `${at}.behaviour.copies`);
      if (behaviour.copies === name) {
        throw new TenureError({
          code: "TEN-CONSENSUS-124",
          what: "A validator cannot copy itself.",
          place: { path: `${at}.behaviour.copies` },
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

function refuseBehaviour(behaviour: BehaviourConfiguration, path: string): void {
  switch (behaviour.kind) {
    case "noisy":
      requireWithin(behaviour.weightError, SHARE_RANGE, "TEN-CONSENSUS-121", `${path}.weight_error`);
      requireWithin(behaviour.navError, SHARE_RANGE, "TEN-CONSENSUS-121", `${path}.nav_error`);
      requireWithin(behaviour.missedShare, SHARE_RANGE, "TEN-CONSENSUS-121", `${path}.missed_share`);
      return;
    case "stale":
      requireWithin(behaviour.lagEpochs, CONSENSUS_RANGES.lagEpochs, "TEN-CONSENSUS-121", `${path}.lag_epochs`);
      return;
    case "falsifier":
      requireWithin(behaviour.navError, CONSENSUS_RANGES.navError, "TEN-CONSENSUS-121", `${path}.nav_error`);
      requireWithin(behaviour.falsifiedShare, SHARE_RANGE, "TEN-CONSENSUS-121", `${path}.falsified_share`);
      return;
    case "honest":
    case "lazy_copier":
    case "colluder":
      return;
  }
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
