/** What this page is, and how it looks: like the system, light or dark. */
import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { useStorefront } from "../storefront.ts";

const appearances = ["system", "light", "dark"] as const;
type Appearance = (typeof appearances)[number];

const appearance = signal<Appearance>("system");

function choose(choice: Appearance): void {
  appearance.value = choice;
  if (choice === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = choice;
}

export function Footer(): JSX.Element {
  const { shop } = useStorefront();
  return (
    <footer class="footer">
      <p>
        Every recommendation here was decided in this page by Basketlift, over{" "}
        {shop.products.length.toLocaleString(shop.locale)} products. What you look at stays in this tab. Nothing can be
        ordered.
      </p>
      <fieldset class="footer__appearance">
        <legend>Appearance</legend>
        {appearances.map((choice) => (
          <label key={choice}>
            <input
              type="radio"
              name="appearance"
              checked={appearance.value === choice}
              onChange={() => choose(choice)}
            />
            {choice[0].toUpperCase() + choice.slice(1)}
          </label>
        ))}
      </fieldset>
    </footer>
  );
}
