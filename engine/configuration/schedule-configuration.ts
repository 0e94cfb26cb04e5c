export interface ScheduleConfiguration {
  readonly durationMs: number;
  readonly intervalMs: number;
  readonly minVestingAmountRao: number;
}
