import { z } from "zod";
import { instalmentCount, instalmentRao, type Schedule, Schedules } from "../../../engine/books/schedules.js";
import { checker, goldenCase, rao, unixSeconds } from "../case.js";
import { near, raoOf, same } from "../difference.js";

const DAY_MS = 86_400_000;
/** The original truncates to whole rao at each load: what the golden README allows a schedule and load. */
const LOAD_RAO = 2;

const created = z.object({
  created: z.literal(true),
  start: unixSeconds,
  end: unixSeconds,
  initial_amount: z.number(),
  payments: z.array(z.object({ at: unixSeconds, amount: z.number() })),
});
const schema = goldenCase(
  z.object({
    vesting_duration_days: z.number(),
    vesting_interval_days: z.number(),
    min_vesting_amount_rao: rao,
    schedules: z.array(z.object({ amount_rao: rao, start: unixSeconds })),
    process_at: z.array(unixSeconds),
  }),
  z.object({
    schedules: z.array(z.discriminatedUnion("created", [created, z.object({ created: z.literal(false) })])),
    process: z.array(
      z.object({
        payments_processed: z.number().int(),
        schedules: z.array(
          z.object({
            schedule: z.number().int(),
            remaining_amount: z.number(),
            status: z.enum(["active", "completed"]),
            payments_paid: z.number().int(),
            amount_paid: z.number(),
          }),
        ),
        summary: z.object({
          num_active_schedules: z.number().int(),
          total_vesting: z.number(),
          total_paid: z.number(),
          total_remaining: z.number(),
          next_payment_time: unixSeconds.nullable(),
          next_payment_amount: z.number(),
        }),
      }),
    ),
  }),
);
type ScheduleCase = z.output<typeof schema>;
type Created = z.output<typeof created>;

/**
 * Golden file 5: rewards paid in instalments. The original's last payment is the whole amount again (its known defect),
 * so that payment and the amounts of completed schedules are compared with what docs/explanation/schedules.md says: the parts sum to the
 * reward.
 */
export const checkVestingSchedule = checker(schema, (testCase) => {
  const { input } = testCase;
  if (input.vesting_duration_days <= 0 || input.vesting_interval_days <= 0) {
    // The original swallows a division by 0 and creates nothing; here such a scenario is refused.
    same(
      "schedules created",
      testCase.expected.schedules.some((schedule) => schedule.created),
      false,
    );
    return;
  }
  const schedules = new Schedules({
    durationMs: input.vesting_duration_days * DAY_MS,
    intervalMs: input.vesting_interval_days * DAY_MS,
    minVestingAmountRao: input.min_vesting_amount_rao,
  });
  const started = start(testCase, schedules);
  started.forEach((schedule, i) => {
    checkPayments(testCase, i, schedule);
  });
  const present = started.filter((schedule) => schedule !== null);
  testCase.expected.process.forEach((_, run) => {
    checkProcess(testCase, run, schedules, present);
  });
});

/** Starts them in time order, as the engine does; answers in the order of the case. */
function start({ input, expected }: ScheduleCase, schedules: Schedules): (Schedule | null)[] {
  const started: (Schedule | null)[] = input.schedules.map(() => null);
  const byStart = input.schedules.map((_, i) => i).sort((a, b) => input.schedules[a].start - input.schedules[b].start);
  for (const i of byStart) {
    const { amount_rao: amountRao, start: at } = input.schedules[i];
    started[i] = schedules.start(0, at * 1000, amountRao);
    same(`schedules[${i}].created`, started[i] !== null, expected.schedules[i].created);
  }
  return started;
}

function checkPayments({ input, expected }: ScheduleCase, i: number, schedule: Schedule | null): void {
  if (schedule === null) return;
  const { start: startAt, end, initial_amount, payments } = expected.schedules[i] as Created;
  const place = `schedules[${i}]`;
  const intervalMs = input.vesting_interval_days * DAY_MS;
  same(`${place}.start`, schedule.startMs, startAt * 1000);
  same(`${place}.end`, schedule.endMs, end * 1000);
  same(`${place}.initial_amount`, schedule.amountRao, raoOf(initial_amount));
  const count = instalmentCount({ durationMs: input.vesting_duration_days * DAY_MS, intervalMs, minVestingAmountRao: 0 });
  same(`${place}.payments`, count, payments.length);
  let sumRao = 0;
  payments.forEach(({ at, amount }, k) => {
    const amountRao = instalmentRao(schedule.amountRao, count, k + 1);
    sumRao += amountRao;
    same(`${place}.payments[${k}].at`, schedule.startMs + k * intervalMs, at * 1000);
    if (k < payments.length - 1) near(`${place}.payments[${k}].amount`, amountRao, amount * 1e9, 1);
    else near(`${place}.payments[${k}].amount`, amountRao, schedule.amountRao / count, 1);
  });
  same(`${place}.payments_sum`, sumRao, schedule.amountRao);
}

function checkProcess(testCase: ScheduleCase, run: number, schedules: Schedules, present: readonly Schedule[]): void {
  const expected = testCase.expected.process[run];
  const place = `process[${run}]`;
  const intervalMs = testCase.input.vesting_interval_days * DAY_MS;
  const due = schedules.takeDue(testCase.input.process_at[run] * 1000);
  same(`${place}.payments_processed`, due.length, expected.payments_processed);
  same(`${place}.schedules`, present.length, expected.schedules.length);
  const active: Schedule[] = [];
  expected.schedules.forEach(({ schedule: number, remaining_amount, status, payments_paid, amount_paid }) => {
    const schedule = present[number - 1];
    const at = `${place}.schedules[${number - 1}]`;
    same(`${at}.status`, schedule.paid === schedule.instalments ? "completed" : "active", status);
    same(`${at}.payments_paid`, schedule.paid, payments_paid);
    if (schedule.paid === schedule.instalments) {
      same(`${at}.amount_paid`, schedule.paidRao, schedule.amountRao);
      return;
    }
    active.push(schedule);
    near(`${at}.amount_paid`, schedule.paidRao, amount_paid * 1e9, allowedRao([schedule]));
    near(`${at}.remaining_amount`, schedule.amountRao - schedule.paidRao, remaining_amount * 1e9, allowedRao([schedule]));
  });
  const { summary } = expected;
  same(`${place}.summary.num_active_schedules`, active.length, summary.num_active_schedules);
  const vestingRao = sum(active, (schedule) => schedule.amountRao);
  const paidRao = sum(active, (schedule) => schedule.paidRao);
  near(`${place}.summary.total_vesting`, vestingRao, summary.total_vesting * 1e9, LOAD_RAO * active.length);
  near(`${place}.summary.total_paid`, paidRao, summary.total_paid * 1e9, allowedRao(active));
  near(`${place}.summary.total_remaining`, vestingRao - paidRao, summary.total_remaining * 1e9, allowedRao(active));
  const nextDueMs = schedules.nextDueMs;
  same(`${place}.summary.next_payment_time`, Number.isFinite(nextDueMs) ? nextDueMs / 1000 : null, summary.next_payment_time);
  const next = active.find((schedule) => schedule.startMs + schedule.paid * intervalMs === nextDueMs);
  if (next === undefined || next.paid === next.instalments - 1) return;
  near(
    `${place}.summary.next_payment_amount`,
    instalmentRao(next.amountRao, next.instalments, next.paid + 1),
    summary.next_payment_amount * 1e9,
    1 + LOAD_RAO,
  );
}

/** Per payment up to 1 rao of ours against an even fraction, and the original's truncation. */
function allowedRao(schedules: readonly Schedule[]): number {
  return sum(schedules, (schedule) => schedule.paid + LOAD_RAO * (schedule.paid + 1));
}

function sum(schedules: readonly Schedule[], amount: (schedule: Schedule) => number): number {
  return schedules.reduce((total, schedule) => total + amount(schedule), 0);
}
