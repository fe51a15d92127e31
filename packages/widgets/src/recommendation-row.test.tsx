import { cleanup, fireEvent, render, screen, within } from "@testing-library/preact";
import { userEvent } from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { item, recommendation } from "../test/recommendation.ts";
import { RecommendationRow } from "./index.ts";

afterEach(cleanup);

const mug = item(0);
const slide = (title: string): HTMLElement => screen.getByRole("group", { name: title });

describe("what a shopper sees", () => {
  it("is a named row of products with price, availability and the reason in words", () => {
    render(<RecommendationRow recommendation={recommendation({ items: [mug] })} locale="en-GB" />);
    expect(screen.getByRole("group", { name: "You may also like" })).toBeTruthy();
    expect(screen.getByRole("heading", { level: 2, name: "You may also like" })).toBeTruthy();
    const card = slide("Stoneware mug");
    expect(within(card).getByText("€12.50")).toBeTruthy();
    expect(within(card).getByText("In stock")).toBeTruthy();
    expect(within(card).getByText("Often bought together with Breakfast plate")).toBeTruthy();
  });

  it("says how much there is in words only, and offers no button for what cannot be bought", () => {
    const items = [item(0, { availability: "low" }), item(1, { availability: "out-of-stock" })];
    render(<RecommendationRow recommendation={recommendation({ items })} onAddToCart={() => {}} />);
    expect(within(slide("Stoneware mug")).getByText("Few left")).toBeTruthy();
    expect(within(slide("Teapot")).getByText("Out of stock")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Add to cart Stoneware mug" })).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Add to cart Teapot" })).toBeNull();
  });

  it("shows products in the engine's order, each one once", () => {
    render(<RecommendationRow recommendation={recommendation()} />);
    const titles = within(screen.getByRole("list")).getAllByRole("group");
    expect(titles.map((card) => card.querySelector(".basketlift-card__words")?.textContent)).toEqual([
      "Stoneware mug",
      "Teapot",
      "Oak tray",
      "Linen napkins",
      "Milk jug",
      "Sugar bowl",
      "Tea strainer",
      "Kettle",
    ]);
  });

  it("speaks the shop's own words", () => {
    render(
      <RecommendationRow
        recommendation={recommendation({ items: [mug] })}
        headingLevel={3}
        locale="de-DE"
        labels={{
          heading: "Passt dazu",
          addToCart: "In den Warenkorb",
          inStock: "Lieferbar",
          reason: ({ title }) => `${title} passt gut`,
        }}
        onAddToCart={() => {}}
      />,
    );
    expect(screen.getByRole("heading", { level: 3, name: "Passt dazu" })).toBeTruthy();
    expect(screen.getByRole("button", { name: "In den Warenkorb Stoneware mug" })).toBeTruthy();
    expect(screen.getByText("Lieferbar")).toBeTruthy();
    expect(screen.getByText("Stoneware mug passt gut")).toBeTruthy();
    expect(screen.getByText(/^12,50\s€$/)).toBeTruthy();
  });

  it.each(["holdout", "nothing-worth-showing", "ineligible"] as const)(
    "is nothing at all when the answer is %s",
    (status) => {
      const { container } = render(<RecommendationRow recommendation={recommendation({ status, items: [] })} />);
      expect(container.innerHTML).toBe("");
    },
  );

  it("is nothing for a holdout even if an answer carries items by mistake", () => {
    const { container } = render(<RecommendationRow recommendation={recommendation({ status: "holdout" })} />);
    expect(container.innerHTML).toBe("");
  });

  it("is still there when the engine served with a source missing", () => {
    render(<RecommendationRow recommendation={recommendation({ status: "degraded" })} />);
    expect(screen.getByRole("group", { name: "You may also like" })).toBeTruthy();
  });
});

describe("a product's picture", () => {
  const pixel = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=";

  it("is decoration beside the title, and has its size before it loads", () => {
    const { container } = render(
      <RecommendationRow recommendation={recommendation({ items: [mug] })} pictureOf={() => pixel} />,
    );
    const picture = container.querySelector("img");
    expect(picture?.getAttribute("alt")).toBe("");
    expect(picture?.getAttribute("loading")).toBe("lazy");
    expect(picture?.hasAttribute("width") && picture.hasAttribute("height")).toBe(true);
  });

  it("is a tile with the product's initials where there is none", () => {
    const { container } = render(<RecommendationRow recommendation={recommendation({ items: [mug] })} />);
    expect(container.querySelector(".basketlift-picture--tile")?.textContent).toBe("SM");
    expect(container.querySelector("img")).toBeNull();
  });

  it("is a tile too when the picture turns out to be broken", () => {
    const { container } = render(
      <RecommendationRow recommendation={recommendation({ items: [mug] })} pictureOf={() => pixel} />,
    );
    const picture = container.querySelector("img");
    if (picture) fireEvent.error(picture);
    expect(container.querySelector(".basketlift-picture--tile")?.textContent).toBe("SM");
  });
});

describe("putting a product in the cart", () => {
  it("hands over the very item, by mouse and by keyboard, and says so once it is done", async () => {
    const added: string[] = [];
    const user = userEvent.setup();
    render(
      <RecommendationRow
        recommendation={recommendation()}
        onAddToCart={async ({ variantId }) => void added.push(variantId)}
      />,
    );
    await user.click(screen.getByRole("button", { name: "Add to cart Stoneware mug" }));
    expect(await screen.findByRole("button", { name: "Added Stoneware mug" })).toBeTruthy();
    expect(screen.getByRole("status").textContent).toBe("Stoneware mug is in your cart");

    screen.getByRole("button", { name: "Add to cart Teapot" }).focus();
    await user.keyboard("{Enter}");
    expect(await screen.findByText("Teapot is in your cart")).toBeTruthy();
    expect(added).toEqual(["variant-0", "variant-1"]);
  });

  it("does not claim a product is in the cart when the shop could not take it", async () => {
    const user = userEvent.setup();
    const refuse = (): Promise<void> => Promise.reject(new Error("sold out a moment ago"));
    render(<RecommendationRow recommendation={recommendation()} onAddToCart={refuse} />);
    await user.click(screen.getByRole("button", { name: "Add to cart Teapot" }));
    expect(await screen.findByText("Teapot could not be added. Please try again.")).toBeTruthy();
    expect(screen.queryByRole("button", { name: /^Added/ })).toBeNull();
  });

  it("keeps the keyboard in the row when the product just added leaves it", async () => {
    const user = userEvent.setup();
    const props = { onAddToCart: () => {} };
    const { rerender } = render(<RecommendationRow recommendation={recommendation()} {...props} />);
    await user.click(screen.getByRole("button", { name: "Add to cart Stoneware mug" }));
    const rest = recommendation({ id: "decision-2", items: [item(1), item(2)] });
    rerender(<RecommendationRow recommendation={rest} {...props} />);
    expect(screen.getByRole("group", { name: "You may also like" })).toBe(document.activeElement);
  });

  it("never takes the focus from elsewhere on the page", () => {
    const page = (id: string) => (
      <>
        <input aria-label="Search" />
        <RecommendationRow recommendation={recommendation({ id })} />
      </>
    );
    const { rerender } = render(page("decision-1"));
    screen.getByRole("textbox", { name: "Search" }).focus();
    rerender(page("decision-2"));
    expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Search" }));
  });

  it("has no button where the shop takes no orders", () => {
    render(<RecommendationRow recommendation={recommendation()} />);
    expect(screen.queryByRole("button", { name: /Add to cart/ })).toBeNull();
  });
});

describe("choosing a product", () => {
  it("follows a link where the shop has a page for it", () => {
    render(
      <RecommendationRow recommendation={recommendation()} linkOf={({ productId }) => `/products/${productId}`} />,
    );
    expect(screen.getByRole("link", { name: "Teapot" }).getAttribute("href")).toBe("/products/product-1");
  });

  it("tells the shop which one, and lets it stay on the page", async () => {
    const chosen: string[] = [];
    const user = userEvent.setup();
    render(
      <RecommendationRow
        recommendation={recommendation()}
        linkOf={({ productId }) => `/products/${productId}`}
        onSelect={({ productId }, event) => {
          event.preventDefault();
          chosen.push(productId);
        }}
      />,
    );
    await user.click(screen.getByRole("link", { name: "Oak tray" }));
    expect(chosen).toEqual(["product-2"]);
  });

  it("is a button where the shop only wants to know", async () => {
    const chosen: string[] = [];
    const user = userEvent.setup();
    render(
      <RecommendationRow recommendation={recommendation()} onSelect={({ productId }) => void chosen.push(productId)} />,
    );
    screen.getByRole("button", { name: "Teapot" }).focus();
    await user.keyboard("{Enter}");
    expect(chosen).toEqual(["product-1"]);
  });
});

describe("the carousel pattern", () => {
  it("names the row and its places without the words a screen reader adds itself", () => {
    render(<RecommendationRow recommendation={recommendation()} />);
    const row = screen.getByRole("group", { name: "You may also like" });
    expect(row.getAttribute("aria-roledescription")).toBe("carousel");
    expect(slide("Teapot").getAttribute("aria-roledescription")).toBe("slide");
    expect(screen.getAllByRole("listitem")).toHaveLength(8);
  });

  it("never moves by itself: there is no live region but the one that answers the shopper", () => {
    const { container } = render(<RecommendationRow recommendation={recommendation()} />);
    expect(container.querySelectorAll("[aria-live]")).toHaveLength(0);
    expect(screen.getByRole("status").textContent).toBe("");
  });

  it("can stand twice on a page without two elements of one id", () => {
    const { container } = render(
      <>
        <RecommendationRow recommendation={recommendation()} labels={{ heading: "Goes well with" }} />
        <RecommendationRow recommendation={recommendation({ id: "decision-2" })} labels={{ heading: "Similar" }} />
      </>,
    );
    const ids = Array.from(container.querySelectorAll("[id]"), (element) => element.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(screen.getByRole("group", { name: "Similar" })).toBeTruthy();
  });
});
