import { userInfo } from "node:os";

/** Who is at this machine, for the list of approvals. */
export function whoAmI(): string {
  const { GIT_AUTHOR_NAME, USER, USERNAME } = process.env;
  const named = [GIT_AUTHOR_NAME, USER, USERNAME].find((name) => name !== undefined && name !== "");
  if (named !== undefined) return named;
  try {
    return userInfo().username;
  } catch {
    // A container may run as nobody who has a name.
    return "unknown";
  }
}

/** Is it a run of continuous integration? GitHub, GitLab and others set CI. */
export function isCi(): boolean {
  const { CI } = process.env;
  return CI !== undefined && CI !== "" && CI !== "0" && CI.toLowerCase() !== "false";
}
