/** The frame of the page: header, the page the address names, the cart, footer. */
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { addressOf, route, type Route } from "../route.ts";
import { productOf } from "../shop.ts";
import { StorefrontContext, type Storefront } from "../storefront.ts";
import { BrowsePage } from "./browse-page.tsx";
import { CartPanel } from "./cart-panel.tsx";
import { Footer } from "./footer.tsx";
import { Header } from "./header.tsx";
import { ProductPage } from "./product-page.tsx";

export function App({ storefront }: { readonly storefront: Storefront }): JSX.Element {
  const main = useRef<HTMLElement>(null);
  usePageTurns(route.value, main);
  useTitle(route.value, storefront);
  return (
    <StorefrontContext.Provider value={storefront}>
      <a class="skip" href="#main" onClick={(event) => skipTo(main.current, event)}>
        Skip to content
      </a>
      <Header />
      <main id="main" ref={main} tabIndex={-1}>
        {route.value.page === "product" ? (
          <ProductPage key={route.value.productId} productId={route.value.productId} />
        ) : (
          <BrowsePage route={route.value} />
        )}
      </main>
      <Footer />
      <CartPanel />
    </StorefrontContext.Provider>
  );
}

/** What the tab and the history call this page. */
function useTitle(current: Route, { shop }: Storefront): void {
  const title = current.page === "product" ? productOf(shop, current.productId)?.title : current.category;
  useLayoutEffect(() => {
    document.title = title ? `${title} – ${shop.name}` : shop.name;
  }, [title, shop]);
}

/** The address belongs to the route; the link only moves the focus. */
function skipTo(main: HTMLElement | null, event: Event): void {
  event.preventDefault();
  main?.focus();
}

/** A new page starts at its top with the focus on its heading; the browser is found again where it was left. */
function usePageTurns(current: Route, main: { readonly current: HTMLElement | null }): void {
  const place = current.page === "product" ? addressOf(current) : "browse";
  const turn = useRef({ place, left: 0 });
  // While drawing, the window still stands where the last page was left.
  const isTurn = turn.current.place !== place;
  const left = isTurn && turn.current.place === "browse" ? window.scrollY : turn.current.left;
  useLayoutEffect(() => {
    if (!isTurn) return;
    turn.current = { place, left };
    // A link to a category leads to its products, unless the shopper was among them already.
    const isCategoryLink = current.page === "browse" && current.category !== "" && left === 0;
    const heading = main.current?.querySelector<HTMLElement>(isCategoryLink ? "#browse-heading" : "h1");
    if (isCategoryLink) heading?.scrollIntoView({ behavior: "instant" });
    else window.scrollTo({ top: place === "browse" ? left : 0, behavior: "instant" });
    heading?.focus({ preventScroll: true });
  }, [place]);
}
