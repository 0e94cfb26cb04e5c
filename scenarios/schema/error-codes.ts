/** The refusals of this room. A code is never given another meaning. */
export const SCENARIO_CODES = {
  /** There is no such scenario, or its file cannot be read. */
  missingFile: "TEN-SCENARIO-001",
  /** The text is not YAML. */
  syntax: "TEN-SCENARIO-002",
  /** A key stands twice in one mapping. */
  duplicateKey: "TEN-SCENARIO-003",
  unknownKey: "TEN-SCENARIO-004",
  wrongType: "TEN-SCENARIO-005",
  outOfRange: "TEN-SCENARIO-006",
  missingKey: "TEN-SCENARIO-007",
  /** Keys that are fine alone and not together. */
  contradiction: "TEN-SCENARIO-008",
  /** Two streams, subnets or tables of one name. */
  duplicateName: "TEN-SCENARIO-009",
  /** A stream is named that the scenario does not have. */
  unknownStream: "TEN-SCENARIO-010",
  /** An integer above 2^53 - 1 cannot be counted exactly. */
  tooLarge: "TEN-SCENARIO-011",
  /** A `--set` is not `path=value`, or its path leads nowhere. */
  badOverride: "TEN-SCENARIO-012",
  /** What is to be read as a scenario is no regular file. */
  noRegularFile: "TEN-SCENARIO-014",
  /** The text is too long for a scenario. */
  tooLong: "TEN-SCENARIO-015",
  /** The text has too many keys and list entries. */
  tooMany: "TEN-SCENARIO-016",
  /** Mappings and lists stand too deep inside one another. */
  tooDeep: "TEN-SCENARIO-017",
  /** An alias stands inside what it repeats. */
  endlessAlias: "TEN-SCENARIO-018",
  /** What is to be read as a scenario is a recording or a run. */
  givenManifest: "TEN-SCENARIO-019",
  /** A value cannot be written where an alias repeats it. */
  repeatedPlace: "TEN-SCENARIO-020",
  /** Values cannot be written into a text so that it says what `--set` of them says. */
  notSpliced: "TEN-SCENARIO-021",
} as const;
