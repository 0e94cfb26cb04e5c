import { z } from "zod";
import { CONSENSUS_RANGES } from "../../../engine/index.js";
import { nameSchema } from "../name.js";
import { real, whole, wholeIn } from "../numbers.js";
import { choice, listOf, section } from "../section.js";
import { amountSpread } from "./amount-spread.js";

const share = real(CONSENSUS_RANGES.share);
const KINDS = "one of honest, noisy, lazy_copier, stale, colluder, falsifier";

const behaviours = z.discriminatedUnion(
  "kind",
  [
    section({ kind: choice(["honest"]).describe("Submits what it sees.") }),
    section({
      kind: choice(["noisy"]).describe("Sees weights and NAV with errors, and misses epochs."),
      weight_error: share.default(0.02).describe("Each weight is off by up to this share of it."),
      nav_error: share.default(0.0002).describe("NAV is off by up to this share of it."),
      missed_share: share.default(0.01).describe("Share of epochs in which it submits nothing."),
    }),
    section({
      kind: choice(["lazy_copier"]).describe("Hands in what another handed in the epoch before."),
      copies: nameSchema.nullable().default(null).describe("Validator it copies; left out: the last consensus."),
    }),
    section({
      kind: choice(["stale"]).describe("Works on what was true some epochs ago."),
      lag_epochs: wholeIn(CONSENSUS_RANGES.lagEpochs).default(1).describe("How many epochs."),
      attests: choice(["block_it_saw", "current_block"]).default("block_it_saw").describe("The block it claims the old NAV for."),
    }),
    section({
      kind: choice(["colluder"]).describe("Submits what its group agreed on."),
      group: nameSchema.describe("Name of a group of `colluding_groups`."),
    }),
    section({
      kind: choice(["falsifier"]).describe("Attests a wrong NAV; its weights are honest."),
      nav_error: real(CONSENSUS_RANGES.navError).default(0.01).describe("By which share of it the NAV is off."),
      falsified_share: share.default(1).describe("Share of epochs in which it does so."),
    }),
  ],
  { error: KINDS },
);

export const validatorGroupSchema = section({
  name: nameSchema.describe("Name of the group; its members are called `<name>-1` and so on, an only member `<name>`."),
  count: whole(1, 10_000).default(1).describe("How many there are."),
  stake: amountSpread().describe("Stake of each at the start, alpha of the index subnet."),
  behaviour: z
    .union([choice(["honest", "noisy", "lazy_copier", "stale", "falsifier"]), behaviours])
    .prefault({ kind: "honest" })
    .describe("How they behave; a word alone is short for `{ kind: <word> }`."),
}).describe("Validators who differ only in their stake and luck.");

export const colludingGroupSchema = section({
  name: nameSchema.describe("Name of the group."),
  favoured: listOf(nameSchema, "names of participants").describe("Participants who share evenly what is moved."),
  moved_share: share.describe("Share of all weight that is moved to them."),
}).describe("Validators who move weight to miners of their own.");

export type BehaviourInput = z.output<typeof behaviours>;
export type ValidatorGroupInput = z.output<typeof validatorGroupSchema>;
export type ColludingGroupInput = z.output<typeof colludingGroupSchema>;
