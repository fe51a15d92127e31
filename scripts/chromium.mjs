/** Finds the Chromium that tests and screenshots run in: Playwright's own build where it is installed, else the system's. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { CheckError } from "./checks.mjs";
import { installPackages, lastLines, mayInstallPackages } from "./debian.mjs";
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

  console.log("There is no Chromium on this machine; asking Playwright for one ...");
  const options = { capture: true, env, minutes: 2 };
  const { problem, output } = await runProcess("playwright", ["install", "chromium"], options);
  const downloaded = chromiumPath();
  if (downloaded) return downloaded;

  const attempts = problem ? [`${problem}:\n${lastLines(output)}`] : [];
  if (mayInstallPackages()) {
    console.log("Playwright's is not to be had here; installing Debian's ...");
    attempts.push(await installPackages(["chromium", "fonts-liberation"], env));
    const packaged = chromiumPath();
    if (packaged) return packaged;
  }
  throw new CheckError(
    [
      ...attempts.filter((attempt) => attempt !== undefined),
      "The tests need a Chromium, and none could be installed.",
      'Run "npx playwright install --with-deps chromium", or install Chromium or Chrome with the system\'s package manager',
      "(Debian and Ubuntu: apt-get install chromium), or name one in the environment variable CHROMIUM_PATH.",
    ].join("\n"),
  );
}
