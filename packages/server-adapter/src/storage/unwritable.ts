/** A place that cannot be written, in words instead of the system's codes. */

/** What the system's code means, and what can be done. */
const reasons: Readonly<Record<string, readonly [what: string, advice: string]>> = {
  ENOSPC: ["the disk is full", "Free some space, or choose another place."],
  EDQUOT: ["this user's share of the disk is used up", "Free some space, or choose another place."],
  EACCES: ["this user may not write there", "Choose another place, or change its permissions."],
  EPERM: ["this user may not write there", "Choose another place, or change its permissions."],
  EROFS: ["the disk is read-only", "Choose another place."],
  ENOENT: ["the folder does not exist", "Make it first, or choose another place."],
  ENOTDIR: ["part of the path is a file, not a folder", "Choose another place."],
  EISDIR: ["it is a folder", "Name a file."],
  ENAMETOOLONG: ["the name is too long", "Choose a shorter one."],
};

/** A file or folder cannot be written. */
export class UnwritablePlace extends Error {
  override readonly name = "UnwritablePlace";

  /**
   * @param path as the user named it
   * @param code the system's, for example `ENOSPC`
   */
  constructor(path: string, code: string, cause?: unknown) {
    const [what, advice] = reasons[code] ?? [`the system says ${code}`, "Choose another place."];
    super(`${path} cannot be written: ${what}. ${advice}`, { cause });
  }
}

/**
 * Runs what writes to a place.
 * @throws UnwritablePlace when the system refuses; any other error as it is
 */
export async function writing<Result>(path: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    const code = systemCode(error);
    throw code === undefined ? error : new UnwritablePlace(path, code, error);
  }
}

/** The system's code of an error, for example `ENOSPC`; undefined for errors that are none of the system's. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && "syscall" in error && "code" in error && typeof error.code === "string"
    ? error.code
    : undefined;
}
