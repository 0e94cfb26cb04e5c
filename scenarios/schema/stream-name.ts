/** What a recorded stream is called where it has no name: the last name of its path. */
export function folderName(path: string): string {
  const names = path.split(/[/\\]/).filter((name) => name !== "" && name !== ".");
  return names[names.length - 1] ?? path;
}

/** What a stream of a scenario is called; undefined where it is no stream. */
export function streamName(stream: unknown): string | undefined {
  const { name, recorded, synthetic } = (typeof stream === "object" && stream !== null ? stream : {}) as Record<string, unknown>;
  if (typeof name === "string") return name;
  if (typeof recorded === "string") return folderName(recorded);
  // As the schema names them: a made subnet `synthetic`, all others by what they are.
  return typeof synthetic !== "string" ? undefined : synthetic === "subnet" ? "synthetic" : synthetic;
}
