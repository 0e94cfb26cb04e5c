/** Where the file of a rule lies, absolute, and the only bundle of it that may be executed. */
export interface KnownFile {
  readonly path: string;
  readonly sha256: string;
}
