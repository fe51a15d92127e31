/** The page's start: opens the shop beside it and draws it, or says what is missing. */
import { render } from "preact";
import { App } from "./components/app.tsx";
import { openShop } from "./shop.ts";
import { createStorefront } from "./storefront.ts";

const page = document.querySelector("#page");
if (!page) throw new Error('index.html lacks the element with the id "page".');

try {
  const shop = await openShop("./data/");
  document.documentElement.lang = shop.locale;
  page.replaceChildren();
  render(<App storefront={createStorefront(shop)} />, page);
} catch (error) {
  page.replaceChildren();
  render(<Failure message={error instanceof Error ? error.message : String(error)} />, page);
}

function Failure({ message }: { readonly message: string }) {
  return (
    <main>
      <div class="notice" role="alert">
        <h1>The shop could not be opened</h1>
        <p>{message}</p>
        <p>Train an engine and write its files beside this page, then reload.</p>
      </div>
    </main>
  );
}
