/** Where the page stands, in the address after `#`, so that products and searches can be linked and gone back to. */
import { signal, type ReadonlySignal } from "@preact/signals";

/** The product browser with what it is narrowed to. */
export interface BrowseRoute {
  readonly page: "browse";
  /** Category path, joined with " / ". */
  readonly category: string;
  readonly search: string;
}

export type Route = BrowseRoute | { readonly page: "product"; readonly productId: string };

const productPrefix = "#/product/";

/** @returns the browser for anything it does not know */
export function parseRoute(hash: string): Route {
  if (hash.startsWith(productPrefix)) return { page: "product", productId: decode(hash.slice(productPrefix.length)) };
  const query = new URLSearchParams(hash.startsWith("#/?") ? hash.slice("#/?".length) : "");
  return { page: "browse", category: query.get("category") ?? "", search: query.get("search") ?? "" };
}

/** The inverse of `parseRoute`. */
export function addressOf(route: Route): string {
  if (route.page === "product") return productPrefix + encodeURIComponent(route.productId);
  const query = new URLSearchParams();
  if (route.category) query.set("category", route.category);
  if (route.search) query.set("search", route.search);
  return query.size > 0 ? `#/?${query}` : "#/";
}

export const addressOfProduct = (productId: string): string => addressOf({ page: "product", productId });

const current = signal<Route>(parseRoute(location.hash));
addEventListener("hashchange", () => {
  current.value = parseRoute(location.hash);
});

export const route: ReadonlySignal<Route> = current;

/** Goes there without a step in the history: for a search that changes with every key. */
export function replaceRoute(next: Route): void {
  history.replaceState(null, "", addressOf(next));
  current.value = next;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
