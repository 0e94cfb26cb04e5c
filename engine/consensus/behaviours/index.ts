import type { RandomStream } from "../../kernel/random.js";
import type { BehaviourConfiguration } from "../validators-configuration.js";
import { colluder } from "./colluder.js";
import { falsifier } from "./falsifier.js";
import { honest } from "./honest.js";
import { lazyCopier } from "./lazy-copier.js";
import { noisy } from "./noisy.js";
import { stale } from "./stale.js";
import type { ValidatorBehaviour } from "./validator-behaviour.js";

export type { Draft, Others, Truth, ValidatorBehaviour } from "./validator-behaviour.js";

/** What names in a configuration stand for. */
export interface BehaviourNames {
  /** Number of a validator. */
  validator(name: string): number;
  /** The miners a group favours, and the share of weight it moves to them. */
  group(name: string): { readonly favoured: readonly number[]; readonly movedShare: number };
}

/**
 * The behaviour a configuration describes.
 * @param random the noise stream of this validator alone
 */
export function validatorBehaviour(described: BehaviourConfiguration, names: BehaviourNames, random: RandomStream): ValidatorBehaviour {
  switch (described.kind) {
    case "honest":
      return honest;
    case "noisy":
      return noisy(described.weightError, described.navError, described.missedShare, random);
    case "lazy_copier":
      return lazyCopier(described.copies === null ? null : names.validator(described.copies));
    case "stale":
      return stale(described.lagEpochs, described.attests);
    case "colluder": {
      const { favoured, movedShare } = names.group(described.group);
      return colluder(favoured, movedShare);
    }
    case "falsifier":
      return falsifier(described.navError, described.falsifiedShare, random);
  }
}
