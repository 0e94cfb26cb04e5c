import { type AmountRange, drawAmount, memberNames } from "../../agents/amount-range.js";
import type { ParticipantConfiguration } from "../../agents/participants/participant-configuration.js";
import type { RandomStream } from "../../kernel/random.js";
import type { IndexSubnetConfiguration, ValidatorGroup } from "./configuration.js";

/** Someone with TAO and index tokens. */
interface Trader {
  readonly name: string;
  readonly group: string;
  readonly taoRao: number;
  readonly tokensRao: number;
}

export interface ParticipantMember extends Trader {
  readonly owner: string;
  readonly configuration: ParticipantConfiguration;
  readonly withdrawnShare: number;
}

export interface ValidatorMember {
  readonly name: string;
  readonly group: string;
  readonly stakeRao: number;
  readonly behaviour: ValidatorGroup["behaviour"];
}

/** Everybody whom the groups of a scenario stand for, in its order. */
export interface Members {
  readonly participants: readonly ParticipantMember[];
  readonly validators: readonly ValidatorMember[];
  readonly noiseTraders: readonly Trader[];
}

/**
 * Draws the members of all groups. Each amount of each member has a random stream of its own, so that one more member, or
 * one more amount, changes nothing for the others.
 */
export function drawMembers(configuration: IndexSubnetConfiguration, random: (name: string) => RandomStream): Members {
  const draw = (range: AmountRange, member: string, what: string): number => drawAmount(range, () => random(`index/${member}/${what}`)());
  const noise = configuration.market.kind === "pool" ? configuration.market.noiseTraders : null;
  return {
    participants: configuration.participants.flatMap((group) =>
      memberNames(group).map((name) => ({
        name,
        group: group.name,
        owner: group.owner ?? name,
        taoRao: draw(group.tao, name, "tao"),
        tokensRao: draw(group.tokens, name, "tokens"),
        configuration:
          group.transactionCost === null
            ? group.configuration
            : { ...group.configuration, transactionCostRao: draw(group.transactionCost, name, "transaction-cost") },
        withdrawnShare: group.withdrawnShare,
      })),
    ),
    validators: configuration.validators.flatMap((group) =>
      memberNames(group).map((name) => ({
        name,
        group: group.name,
        stakeRao: draw(group.stake, name, "stake"),
        behaviour: group.behaviour,
      })),
    ),
    noiseTraders: Array.from({ length: noise?.count ?? 0 }, (_, i) => {
      const name = `noise-${i + 1}`;
      const { tao, tokens } = noise as NonNullable<typeof noise>;
      return { name, group: "noise", taoRao: draw(tao, name, "tao"), tokensRao: draw(tokens, name, "tokens") };
    }),
  };
}

/** Owners of participants, then of validators (each its own), as numbers from 0. */
export function ownersOf({ participants, validators }: Members): Int32Array {
  const numbers = new Map<string, number>();
  return Int32Array.from([...participants.map(({ owner }) => owner), ...validators.map(({ name }) => name)], (owner) => {
    const number = numbers.get(owner) ?? numbers.size;
    numbers.set(owner, number);
    return number;
  });
}
