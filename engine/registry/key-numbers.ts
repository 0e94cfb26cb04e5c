/** Hotkeys of a subnet by small numbers, in the order in which they were asked for; a swap passes the number on. */
export class KeyNumbers {
  private readonly numbers = new Map<number, number>();
  #count = 0;

  /** The number of a hotkey; a new one where it has none. */
  of(hotkey: number): number {
    let number = this.numbers.get(hotkey);
    if (number === undefined) {
      number = this.#count++;
      this.numbers.set(hotkey, number);
    }
    return number;
  }

  /** Another hotkey takes the place of one. It may be told twice: who has no number has nothing to pass on. */
  passOn(hotkey: number, toHotkey: number): void {
    const number = this.numbers.get(hotkey);
    if (number === undefined || hotkey === toHotkey) return;
    this.numbers.delete(hotkey);
    this.numbers.set(toHotkey, number);
  }
}
