/** Where the console stands, in the browser's address: every view can be linked, reloaded and gone back to. */
import { computed, signal } from "@preact/signals";

/** Path under which the server serves the console. */
export const consoleBase = "/console";

const current = signal(new URL(location.href));
addEventListener("popstate", () => {
  current.value = new URL(location.href);
});

/** Path below the console's base, without slashes around it: `recommendations/log`. */
export const path = computed(() => {
  const { pathname } = current.value;
  const below = pathname.startsWith(consoleBase) ? pathname.slice(consoleBase.length) : pathname;
  return below.replace(/^\/+|\/+$/g, "");
});

export const search = computed(() => current.value.searchParams);

/** @returns the address of a path below the base */
export const addressOf = (below: string): string => `${consoleBase}/${below}`;

/**
 * Goes to another view of the console.
 * @param to an address such as `addressOf` makes
 * @param replace leaves no step in the history: for filters that change with every key
 */
export function navigate(to: string, { replace = false }: { readonly replace?: boolean } = {}): void {
  const url = new URL(to, location.href);
  if (replace) history.replaceState(null, "", url);
  else history.pushState(null, "", url);
  current.value = url;
}

/** Changes single fields of the address's query; empty ones are left out. */
export function setSearch(fields: Readonly<Record<string, string>>): void {
  const url = new URL(current.value);
  for (const [name, value] of Object.entries(fields)) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  navigate(url.href, { replace: true });
}

/** Lets plain links move within the console without loading the page again. */
export function followLinks(root: HTMLElement): void {
  root.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || link.target || link.hasAttribute("download")) return;
    const url = new URL(link.href, location.href);
    const isOurs = url.origin === location.origin && `${url.pathname}/`.startsWith(`${consoleBase}/`);
    if (!isOurs || link.getAttribute("href")?.startsWith("#")) return;
    event.preventDefault();
    navigate(url.href);
    if (url.hash) document.getElementById(url.hash.slice(1))?.scrollIntoView({ block: "start" });
  });
}
