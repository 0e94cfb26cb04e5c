import * as z from "zod";
import { STAKE_CAUSES } from "../../engine/index.js";

const count = z.int().min(0);
const hash = z.string().regex(/^0x[0-9a-f]{64}$/, "expected 0x and 64 hexadecimal digits");
const wholeText = z.string().regex(/^\d+$/, "expected a whole number");

const residualSchema = z.strictObject({ rows: count, rao: wholeText, worst_rao: count });

const chunkSchema = z.strictObject({
  from_block: count,
  to_block: count,
  /** Hash of `to_block`: a node on another fork is refused. */
  to_hash: hash,
  /** Epochs of all recorded subnets that ended in it. */
  epochs: count,
  /** The runtime of the first block, and each one that came after. */
  spec_versions: z.array(
    z.strictObject({
      spec_version: count,
      from_block: count,
      /** Events that it gives an unknown form, and that can be done without. */
      unread_events: z.array(z.string()),
    }),
  ),
  /** Stretches of over a minute in which the chain made no block. */
  gaps: z.array(z.strictObject({ after_block: count, ms: count })),
  /** Changes that no event gives an amount for: measured, and not taken for emission. The stake stream has each of them. */
  quarantined: z.array(
    z.strictObject({
      netuid: count,
      cause: z.enum(STAKE_CAUSES),
      rows: count,
      inflow_rao: wholeText,
      outflow_rao: wholeText,
      /** Ascending. */
      blocks: z.array(count),
    }),
  ),
  /** What the chain says each epoch paid, beside what was recorded; not in recordings of older versions. */
  epoch_sums: z
    .array(
      z.strictObject({
        netuid: count,
        block: count,
        /** The sum of `Emission[]`. */
        emission_rao: wholeText,
        /** Null: the runtime does not keep it, and the owner's position is left out of what was recorded. */
        owner_cut_rao: wholeText.nullable(),
        /** Incentive of the owner's hotkeys that did not arrive. */
        unpaid_rao: wholeText,
        recorded_rao: wholeText,
      }),
    )
    .optional(),
  residuals: z.strictObject({
    /** By the shares of an old runtime, which are whole numbers: of the rounding, what is more than 10 rao an event. */
    rounding: residualSchema.extend({ by_shares: residualSchema.extend({ largest_share_rao: count }).optional() }),
    unexplained: residualSchema,
    /** Attributed pay of miners against what the chain says each was paid. */
    pay_check: z.strictObject({ miners: count, worst_rao: count, worst_block: count.nullable(), worst_uid: count.nullable() }),
  }),
});

/** What a recording of a chain says of itself besides its streams. */
export const chainSectionSchema = z.strictObject({
  /** As the node calls it. */
  name: z.string(),
  genesis_hash: hash,
  from_block: count,
  to_block: count,
  /** Blocks of a chunk; a chunk begins at each multiple of it. */
  chunk_blocks: z.int().min(1),
  price_every_blocks: z.int().min(1),
  weights: z.boolean(),
  /** Left out where they are not recorded. */
  validator_weights: z.literal(true).optional(),
  spec_versions: z.array(count),
  chunks: z.array(chunkSchema).min(1),
});

export type ChainSection = z.infer<typeof chainSectionSchema>;
export type ChainChunk = z.infer<typeof chunkSchema>;
