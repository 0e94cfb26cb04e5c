import * as z from "zod";
import { MAX_WHOLE, whole } from "./numbers.js";
import { section } from "./section.js";

/** The word for every subnet that is not named. */
export const OTHERS = "others";

const NETUID = whole(0, 65_535);

export const subnetSchema = section({
  netuid: z
    .union([NETUID, z.literal(OTHERS)], { error: "a whole number from 0 to 65535, or others" })
    .default(OTHERS)
    .describe("Number of the subnet; `others`: every subnet of the streams that is not named."),
  tempo: whole(1, 10_000_000).default(360).describe("Blocks between two epochs."),
  capacity: whole(1, 65_536).default(256).describe("How many uids there are; a full subnet prunes the lowest paid."),
  immunity_blocks: whole(0, MAX_WHOLE).default(7_200).describe("Blocks for which a newly registered hotkey is not pruned."),
}).describe("A subnet.");

/** Netuids that a scenario names, in its order. */
export function namedNetuids({
  subnet,
  subnets,
}: {
  readonly subnet?: SubnetInput | undefined;
  readonly subnets?: readonly SubnetInput[] | undefined;
}): number[] {
  return (subnets ?? (subnet === undefined ? [] : [subnet])).flatMap(({ netuid }) => (netuid === OTHERS ? [] : [netuid]));
}

export type SubnetInput = z.output<typeof subnetSchema>;
export const netuidSchema = NETUID;
