/**
 * Brings a fresh clone to life: installs the locked packages when they are missing or stale, and finds the Node 24 that everything
 * else runs under. Plain JavaScript without a dependency, because it runs before any is installed, on whatever Node is there.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** Where the built page lies that `npm start` serves; it is published with the command line. */
export const pageFolder = join(root, "packages", "server-adapter", "dist", "page");

const requiredNode = 24;

/** A step of the set-up failed for a reason the reader can mend; the message says how. */
export class SetUpError extends Error {
  name = "SetUpError";
}

/**
 * Installs what package-lock.json asks for, unless node_modules already holds it.
 * @throws SetUpError when npm fails
 */
export function ensureInstalled() {
  const reason = staleness();
  if (!reason) return;
  console.log(`${reason}; installing with "npm ci" ...`);
  const { status, error } = runNpm(["ci", "--loglevel=error"], { stdio: ["ignore", "inherit", "inherit"] });
  if (status === 0) return;
  throw new SetUpError(
    [
      `"npm ci" failed${error ? ` (${error.message})` : ""}.`,
      "It needs the npm registry: check the network, the proxy and `npm config get registry`, then run it again.",
      "Without a network, `npm ci --offline` works where npm's cache already holds the packages.",
    ].join("\n"),
  );
}

/** @returns why node_modules does not match package-lock.json, or undefined when it does */
function staleness() {
  const installed = packagesIn(join(root, "node_modules", ".package-lock.json"));
  if (!installed) return "The packages are not installed yet";
  const locked = packagesIn(join(root, "package-lock.json")) ?? {};
  const stale = Object.entries(locked).find(
    ([path, wanted]) =>
      path.startsWith("node_modules/") && !isOptional(wanted) && installed[path]?.version !== wanted.version,
  );
  return stale && `${stale[0].slice("node_modules/".length)} is not at the version package-lock.json names`;
}

/** npm leaves out what is optional or made for another platform. */
const isOptional = ({ optional, os, cpu }) => optional || os || cpu;

function packagesIn(lockFile) {
  return existsSync(lockFile) ? JSON.parse(readFileSync(lockFile, "utf8")).packages : undefined;
}

/** Runs the npm that started us, or the one on the path. */
function runNpm(args, options) {
  const cli = process.env.npm_execpath;
  return cli?.endsWith(".js")
    ? spawnSync(process.execPath, [cli, ...args], { cwd: root, ...options })
    : spawnSync("npm", args, { cwd: root, shell: process.platform === "win32", ...options });
}

/**
 * @returns the path of a Node 24 or newer: the one npm installed for this platform, else the one that runs this file
 * @throws SetUpError when there is neither
 */
export function node24Path() {
  const locked = join(root, "node_modules", `node-${process.platform}-${process.arch}`, "bin", "node");
  if (spawnSync(locked, ["--version"]).status === 0) return locked;
  if (Number.parseInt(process.versions.node, 10) >= requiredNode) return process.execPath;
  throw new SetUpError(
    [
      `Basketlift needs Node ${requiredNode} or newer; this is Node ${process.versions.node} on ${process.platform}-${process.arch}.`,
      "On Linux with glibc (x64, arm64) npm installs it along with the other packages, unless optional packages are left out.",
      `Elsewhere install it yourself: https://nodejs.org, or "nvm install ${requiredNode}", then run the command again.`,
    ].join("\n"),
  );
}

/**
 * @param nodePath what `node24Path` returned
 * @returns the environment in which `node`, `npm` and the installed tools all run under that Node
 */
export function toolEnvironment(nodePath) {
  const folders = [dirname(nodePath), join(root, "node_modules", ".bin"), process.env.PATH];
  return { ...process.env, PATH: folders.join(delimiter) };
}

/**
 * Runs a program's main function; a set-up error is told without a stack trace, everything ends with a non-zero exit code.
 * @param main what to run
 */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof SetUpError ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
