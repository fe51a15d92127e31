import { cleanup, render, screen, waitFor, within } from "@testing-library/preact";
import { userEvent } from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { BoughtTogether, type BoughtTogetherProps, type BundleProduct } from "./index.ts";

afterEach(cleanup);

const plate: BundleProduct = {
  productId: "plate",
  title: "Breakfast plate",
  variants: [
    { variantId: "plate-white", options: { colour: "white" }, price: 900, inStock: true },
    { variantId: "plate-blue", options: { colour: "blue" }, price: 1100, inStock: true },
  ],
};
const mug: BundleProduct = {
  productId: "mug",
  title: "Stoneware mug",
  url: "#/mug",
  reason: "Often bought together with Breakfast plate",
  variants: [{ variantId: "mug-1", options: {}, price: 1250, inStock: true }],
};
const napkins: BundleProduct = {
  productId: "napkins",
  title: "Linen napkins",
  url: "#/napkins",
  reason: "Often bought together with Breakfast plate",
  variants: [
    { variantId: "napkins-s", options: { size: "S" }, price: 700, inStock: false },
    { variantId: "napkins-m", options: { size: "M" }, price: 800, inStock: true },
  ],
};
const soldOut: BundleProduct = {
  productId: "jug",
  title: "Milk jug",
  variants: [{ variantId: "jug", options: {}, price: 500, inStock: false }],
};

function bundle(props: Partial<BoughtTogetherProps> = {}) {
  return (
    <BoughtTogether
      product={plate}
      companions={[mug, napkins]}
      currency="EUR"
      locale="en-IE"
      onAddToCart={() => {}}
      {...props}
    />
  );
}

const total = (): string | null | undefined => screen.getByText(/^Price/).textContent;
const addButton = (): HTMLElement => screen.getByRole("button", { name: /^Add/ });

describe("what a shopper sees", () => {
  it("is the product, its companions with their reason, and the price of all", () => {
    render(bundle());
    expect(screen.getByRole("heading", { level: 2, name: "Often bought together" })).toBeTruthy();
    expect(screen.getAllByRole("checkbox")).toHaveLength(3);
    const [first, second] = screen.getAllByRole("listitem");
    expect(within(first).getByText("This product")).toBeTruthy();
    expect(within(second).getByRole("link", { name: "Stoneware mug" })).toBeTruthy();
    expect(within(second).getByText("Often bought together with Breakfast plate")).toBeTruthy();
    expect(total()).toBe("Price of all 3 €29.50");
    expect(addButton().textContent).toBe("Add all 3 to cart");
  });

  it("begins with what can be bought: sold-out variants are not chosen, sold-out products not there", () => {
    render(bundle({ companions: [mug, napkins, soldOut] }));
    expect(screen.queryByText("Milk jug")).toBeNull();
    const choice = screen.getByRole<HTMLSelectElement>("combobox", { name: "Choose for Linen napkins" });
    expect(choice.value).toBe("napkins-m");
    expect(within(choice).getByRole("option", { name: "S (Out of stock)" }).matches(":disabled")).toBe(true);
  });

  it("is nothing where there is nothing to go with it, or the product itself is sold out", () => {
    expect(render(bundle({ companions: [soldOut] })).container.innerHTML).toBe("");
    expect(render(bundle({ product: soldOut })).container.innerHTML).toBe("");
  });

  it("begins with the variant that the page shows", () => {
    render(bundle({ shownVariants: new Map([["plate", "plate-blue"]]) }));
    expect(total()).toBe("Price of all 3 €31.50");
  });
});

describe("choosing", () => {
  it("another variant changes the price", async () => {
    const user = userEvent.setup();
    render(bundle());
    await user.selectOptions(screen.getByRole("combobox", { name: "Choose for Breakfast plate" }), "blue");
    expect(total()).toBe("Price of all 3 €31.50");
  });

  it("less changes price and button, and what goes into the cart", async () => {
    const user = userEvent.setup();
    const onAddToCart = vi.fn<NonNullable<BoughtTogetherProps["onAddToCart"]>>();
    render(bundle({ onAddToCart }));
    await user.click(screen.getByRole("checkbox", { name: "Include Stoneware mug" }));
    expect(total()).toBe("Price of all 2 €17.00");
    await user.click(addButton());
    expect(onAddToCart.mock.calls).toEqual([
      [
        [
          { productId: "plate", variantId: "plate-white", quantity: 1 },
          { productId: "napkins", variantId: "napkins-m", quantity: 1 },
        ],
      ],
    ]);
  });

  it("nothing leaves nothing to add", async () => {
    const user = userEvent.setup();
    const onAddToCart = vi.fn<NonNullable<BoughtTogetherProps["onAddToCart"]>>();
    render(bundle({ onAddToCart }));
    for (const box of screen.getAllByRole("checkbox")) await user.click(box);
    expect(addButton().getAttribute("aria-disabled")).toBe("true");
    await user.click(addButton());
    expect(onAddToCart).not.toHaveBeenCalled();
  });

  it("works by keyboard alone", async () => {
    const user = userEvent.setup();
    const onAddToCart = vi.fn<NonNullable<BoughtTogetherProps["onAddToCart"]>>();
    render(bundle({ onAddToCart }));
    await user.tab();
    expect(document.activeElement).toBe(screen.getByRole("checkbox", { name: "Include Breakfast plate" }));
    await user.keyboard(" ");
    addButton().focus();
    await user.keyboard("{Enter}");
    expect(onAddToCart.mock.calls[0][0]).toHaveLength(2);
  });
});

describe("adding all", () => {
  it("says so once everything is in the cart, and takes no second click meanwhile", async () => {
    const user = userEvent.setup();
    const cart = Promise.withResolvers<void>();
    const onAddToCart = vi.fn<() => Promise<void>>(() => cart.promise);
    render(bundle({ onAddToCart }));
    await user.click(addButton());
    await user.click(addButton());
    expect(onAddToCart).toHaveBeenCalledTimes(1);
    expect(screen.getByRole("status").textContent).toBe("");
    cart.resolve();
    await waitFor(() => expect(screen.getByRole("status").textContent).toBe("All 3 are in your cart"));
  });

  it("says when nothing was added, and can be tried again", async () => {
    const user = userEvent.setup();
    const onAddToCart = vi.fn<() => Promise<void>>(() => Promise.reject(new Error("The cart is away")));
    render(bundle({ onAddToCart }));
    await user.click(addButton());
    await waitFor(() => expect(screen.getByRole("status").textContent).toBe("Nothing was added. Please try again."));
    await user.click(addButton());
    expect(onAddToCart).toHaveBeenCalledTimes(2);
  });
});
