/**
 * The script tag: small enough for every page, and idle until a widget comes near the viewport or the page has something
 * to say. Only then it loads the rest, once.
 *
 *     <link rel="stylesheet" href="/basketlift/storefront.css" />
 *     <script async src="/basketlift/loader.js" data-endpoint="/api/upsell-cross-sell" data-key="pk_..."></script>
 */
import { watchGone } from "../client/viewability.ts";
import type { BasketliftQueue, QueuedCall, ScriptSettings } from "./queue.ts";

const names = "basketlift-recommendations,basketlift-bought-together";

/** Module scripts know no `currentScript`. */
const script = document.currentScript ?? document.querySelector("script[data-endpoint][data-key]");

function run({ src, dataset }: HTMLScriptElement): void {
  const calls: QueuedCall[] = [];
  const queue: BasketliftQueue = (window.basketlift ??= calls);
  let isLoading = false;

  function load(): void {
    if (isLoading) return;
    isLoading = true;
    near.disconnect();
    additions.disconnect();
    const { endpoint = "", key = "", market, locale, productUrl } = dataset;
    const settings: ScriptSettings = { endpoint, key, market, locale, productUrl, folder: new URL(".", src).href };
    import(new URL("storefront.js", src).href)
      .then(({ start }: { start: (settings: ScriptSettings) => void }) => start(settings))
      .catch(giveUp);
  }

  /** The places stay empty; those out of view give up their space. */
  function giveUp(data: unknown): void {
    const detail = { what: "failure", message: "Basketlift could not be loaded.", data };
    document.dispatchEvent(new CustomEvent("basketlift:inspect", { detail }));
    for (const element of document.querySelectorAll<HTMLElement>(names))
      watchGone(element, () => (element.hidden = true));
  }

  const near = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && load(), {
    rootMargin: "400px",
  });
  const watch = (): void => {
    for (const element of document.querySelectorAll(names)) near.observe(element);
  };
  const additions = new MutationObserver(watch);
  additions.observe(document.documentElement, { childList: true, subtree: true });
  watch();

  const whenIdle = (): unknown => (window.requestIdleCallback ?? setTimeout)(load);
  const push = queue.push;
  queue.push = (...pushed: QueuedCall[]) => {
    whenIdle();
    return push.apply(queue, pushed);
  };
  if (Array.isArray(queue) && queue.length > 0) whenIdle();
}

if (script instanceof HTMLScriptElement) run(script);
