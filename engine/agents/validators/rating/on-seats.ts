/** A value for each seat of some time. */
export interface SeatValues {
  /** By seat; while seats stay as they are, the same array. */
  readonly hotkeys: Int32Array;
  readonly values: Float64Array;
}

/** The values of a time on the seats of another: each stays with its hotkey; 0 for a hotkey that had no seat. */
export function onSeats(then: SeatValues, hotkeys: Int32Array, values: Float64Array): void {
  if (then.hotkeys === hotkeys) {
    values.set(then.values);
    return;
  }
  const known = new Map<number, number>();
  then.hotkeys.forEach((hotkey, seat) => {
    known.set(hotkey, then.values[seat]);
  });
  hotkeys.forEach((hotkey, seat) => {
    values[seat] = known.get(hotkey) ?? 0;
  });
}
