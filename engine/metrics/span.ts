/** A window of time, its end not included; Unix ms. */
export interface TimeWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Windows of time of which there are figures of their own: an epoch belongs to it when its end lies in one of them. */
export type Span = readonly TimeWindow[];
