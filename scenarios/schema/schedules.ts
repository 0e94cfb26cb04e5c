import type { z } from "zod";
import { SCHEDULE_RANGES } from "../../engine/index.js";
import { amount } from "./amount.js";
import { real } from "./numbers.js";
import { section } from "./section.js";

export const schedulesSchema = section({
  duration_days: real(SCHEDULE_RANGES.durationDays).default(30).describe("How long a reward is paid out."),
  interval_days: real(SCHEDULE_RANGES.intervalDays).default(1).describe("Time between two instalments; the first is paid at once."),
  min_vesting_amount: amount().default(0.1).describe("Rewards below it, alpha, are paid at once."),
});

export type SchedulesInput = z.output<typeof schedulesSchema>;
