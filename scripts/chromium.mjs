/** Finds the Chromium that tests and screenshots run in: Playwright's own build where it is installed, else the system's. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { CheckError } from "./checks.mjs";
import { runProcess } from "./processes.mjs";

/** Flags under which Chromium keeps quiet and runs as root in a container. */
export const chromiumArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const systemPaths = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** @returns the path of the Chromium to use, or undefined when this machine has none that starts */
export function chromiumPath() {
  const candidates = process.env.CHROMIUM_PATH ? [process.env.CHROMIUM_PATH] : [playwrightPath(), ...systemPaths];
  return candidates.find((path) => path && existsSync(path) && starts(path));
}

function playwrightPath() {
  try {
    return createRequire(import.meta.url)("playwright").chromium.executablePath();
  } catch {
    return undefined;
  }
}

/** A downloaded Chromium does not start where the system lacks its libraries. */
const starts = (path) => spawnSync(path, ["--version", "--no-sandbox"], { timeout: 30_000 }).status === 0;

/**
 * Finds a Chromium, or installs one: Playwright's own, else Debian's package where we may.
 * @param env environment in which the installed tools are on the PATH
 * @returns its path
 * @throws CheckError when none can be had; the message says what to do
 */
export async function ensureChromium(env) {
  const found = chromiumPath();
  if (found) return found;

  const attempts = [];
  const attempt = async (program, args, options) => {
    const { problem, output } = await runProcess(program, args, { capture: true, ...options });
    if (problem) attempts.push(`${problem}:\n${output.trimEnd().split("\n").slice(-5).join("\n")}`);
  };

  console.log("There is no Chromium on this machine; asking Playwright for one ...");
  await attempt("playwright", ["install", "chromium"], { env, minutes: 2 });
  const downloaded = chromiumPath();
  if (downloaded) return downloaded;

  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.log("Playwright's is not to be had here; installing Debian's ...");
    const quietly = { env: { ...env, DEBIAN_FRONTEND: "noninteractive" }, minutes: 5 };
    await attempt("apt-get", ["update", "-q"], quietly);
    await attempt(
      "apt-get",
      ["install", "-q", "-y", "--no-install-recommends", "chromium", "fonts-liberation"],
      quietly,
    );
    const packaged = chromiumPath();
    if (packaged) return packaged;
  }
  throw new CheckError(
    [
      ...attempts,
      "The tests need a Chromium, and none could be installed.",
      'Run "npx playwright install --with-deps chromium", or install Chromium or Chrome with the system\'s package manager',
      "(Debian and Ubuntu: apt-get install chromium), or name one in the environment variable CHROMIUM_PATH.",
    ].join("\n"),
  );
}
