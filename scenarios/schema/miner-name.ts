import * as z from "zod";

const ALLOWED = "the hotkey or the name of a miner, or the name of a group of simulated ones";

/** Who is meant: a hotkey, a simulated miner (`holders-1`), or all of a group (`holders`). */
export const minerName = z
  .string({ error: ALLOWED })
  .min(1, { error: ALLOWED })
  .refine((name) => !/\p{Cc}/u.test(name), { error: ALLOWED });
