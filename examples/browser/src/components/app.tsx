/** The frame of the page: header, the page the address names, the cart, footer. */
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { addressOf, route, type Route } from "../route.ts";
import { StorefrontContext, type Storefront } from "../storefront.ts";
import { BrowsePage } from "./browse-page.tsx";
import { CartPanel } from "./cart-panel.tsx";
import { Footer } from "./footer.tsx";
import { Header } from "./header.tsx";
import { ProductPage } from "./product-page.tsx";

export function App({ storefront }: { readonly storefront: Storefront }): JSX.Element {
  const main = useRef<HTMLElement>(null);
  usePageTurns(route.value, main);
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
    window.scrollTo({ top: place === "browse" ? left : 0, behavior: "instant" });
    main.current?.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  }, [place]);
}
