import { TenureError } from "../errors.js";
import { isRao } from "../money.js";
import type { Appeal } from "./configuration.js";
import type { BehaviourConfiguration, ValidatorsConfiguration } from "./validators-configuration.js";

const isShare = (value: number): boolean => value >= 0 && value <= 1;

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
    range(isShare(movedShare), `${at}.moved_share`, movedShare, "0 to 1");
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
      range(isShare(behaviour.weightError), `${path}.weight_error`, behaviour.weightError, "0 to 1");
      range(isShare(behaviour.navError), `${path}.nav_error`, behaviour.navError, "0 to 1");
      range(isShare(behaviour.missedShare), `${path}.missed_share`, behaviour.missedShare, "0 to 1");
      return;
    case "stale":
      range(
        Number.isSafeInteger(behaviour.lagEpochs) && behaviour.lagEpochs >= 1,
        `${path}.lag_epochs`,
        behaviour.lagEpochs,
        "a whole number, 1 or more",
      );
      return;
    case "falsifier":
      range(behaviour.navError > -1 && behaviour.navError <= 1_000, `${path}.nav_error`, behaviour.navError, "above -1, at most 1000");
      range(isShare(behaviour.falsifiedShare), `${path}.falsified_share`, behaviour.falsifiedShare, "0 to 1");
      return;
    case "honest":
    case "lazy_copier":
    case "colluder":
      return;
  }
}

function refuseRepeats(names: readonly string[], path: string): void {
  const repeated = names.find((name, i) => name === "" || names.indexOf(name) !== i);
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
