/** Measures what moves while a page is looked at, as Chromium itself counts it: cumulative layout shift, web.dev/cls. */

/**
 * From the next navigation on, every page of the context keeps count. What moves right after an input counts as well: nothing that
 * arrives by itself may hide behind a click.
 * @param context a page or browser context of Playwright
 */
export function countLayoutShifts(context) {
  return context.addInitScript(() => {
    const shifts = [];
    const keep = (entries) => {
      for (const { value, sources } of entries) {
        shifts.push({ value, moved: sources.map(({ node }) => node?.className || node?.nodeName || "removed") });
      }
    };
    const observer = new PerformanceObserver((list) => keep(list.getEntries()));
    observer.observe({ type: "layout-shift", buffered: true });
    window.layoutShifts = () => {
      keep(observer.takeRecords());
      return shifts;
    };
  });
}

/**
 * @param page one that was opened after `countLayoutShifts`
 * @returns the sum of all shifts so far, which no window of them exceeds, and what moved
 */
export async function layoutShift(page) {
  const shifts = await page.evaluate(() => window.layoutShifts());
  return { score: shifts.reduce((sum, { value }) => sum + value, 0), moved: shifts.flatMap(({ moved }) => moved) };
}

/**
 * Looks through the page from top to bottom as a shopper does.
 * @param waits at every place for what was asked for to come or to fail; not where nobody asks
 */
export async function lookThrough(page, { waits = true } = {}) {
  await page.evaluate(async (waits) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const isInView = (element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return bottom > 0 && top < innerHeight;
    };
    const isSettled = (element) => {
      const { state = "waiting" } = element.querySelector(".basketlift-place")?.dataset ?? {};
      return element.hidden || state !== "waiting";
    };
    const places = Array.from(document.querySelectorAll("basketlift-recommendations, basketlift-bought-together"));
    for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight / 2) {
      scrollTo({ top, behavior: "instant" });
      do {
        await frame();
        await frame();
      } while (waits && !places.filter(isInView).every(isSettled));
    }
  }, waits);
}
