/** A term of a formula as it is explained. */
export interface NamedTerm {
  readonly name: string;
  /** The formula in words of the other terms; empty for an input. */
  readonly formula: string;
  readonly value: number;
}

/**
 * Collects the terms of a formula while it is computed. In a run there is none; to explain a result the same formula runs again
 * with one, so that what is explained is what was computed.
 */
export class Trace {
  readonly terms: NamedTerm[] = [];

  /** An input of the formula, or a parameter. */
  input(name: string, value: number): void {
    this.terms.push({ name, formula: "", value });
  }

  /** What follows from the terms before, in their words. */
  term(name: string, value: number, formula: string): void {
    this.terms.push({ name, formula, value });
  }
}
