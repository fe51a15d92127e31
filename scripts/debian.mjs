/** Installs Debian's packages where we may: as root, on a system that has apt. */
import { existsSync } from "node:fs";
import { runProcess } from "./processes.mjs";

/** Whether this user may install packages on this system. */
export const mayInstallPackages = () => process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");

/**
 * Installs packages without a question, and with nothing that is only recommended.
 * @param names of packages
 * @param env environment in which apt is on the PATH
 * @returns what went wrong in words, or undefined
 */
export async function installPackages(names, env) {
  const options = { capture: true, env: { ...env, DEBIAN_FRONTEND: "noninteractive" }, minutes: 5 };
  await runProcess("apt-get", ["update", "-q"], options);
  const install = ["install", "-q", "-y", "--no-install-recommends", ...names];
  const { problem, output } = await runProcess("apt-get", install, options);
  return problem && `${problem}:\n${lastLines(output)}`;
}

/** @returns the end of what a program printed: there it says what went wrong */
export const lastLines = (output) => output.trimEnd().split("\n").slice(-5).join("\n");
