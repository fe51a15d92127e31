/** Finds the Chromium that tests and screenshots run in: Playwright's own build where it is installed, else the system's. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";

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
];

/** @returns whether Playwright's own Chromium is on this machine */
export function hasPlaywrightChromium() {
  try {
    const { chromium } = createRequire(import.meta.url)("playwright");
    return existsSync(chromium.executablePath());
  } catch {
    return false;
  }
}

/** @returns the system's Chromium, or undefined when Playwright's own is installed or there is none */
export function chromiumPath() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  if (hasPlaywrightChromium()) return undefined;
  return systemPaths.find((path) => existsSync(path));
}
