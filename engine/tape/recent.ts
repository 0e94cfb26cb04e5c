/** What was made last, by key: of more than so many what was used longest ago is forgotten. */
export class Recent<Made> {
  readonly #kept = new Map<string, Made>();

  constructor(private readonly most: number) {}

  of(key: string, make: () => Made): Made {
    const known = this.#kept.get(key);
    if (known !== undefined) this.#kept.delete(key);
    const made = known ?? make();
    this.#kept.set(key, made);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.most) break;
      this.#kept.delete(oldest);
    }
    return made;
  }
}
