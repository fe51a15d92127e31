/** What only a browser that lays pages out can show: scrolling, sizes, colours. Skipped where nothing has a size. */
import type { ShownItem } from "./shown.ts";
import { cleanup, render, screen, waitFor } from "@testing-library/preact";
import { userEvent } from "@testing-library/user-event";
import axe from "axe-core";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { item, recommendation } from "../test/recommendation.ts";
import { RecommendationRow, type RecommendationRowProps } from "./index.ts";

const laysOut = document.documentElement.getBoundingClientRect().width > 0;

interface PageOptions extends Partial<RecommendationRowProps> {
  readonly direction?: "ltr" | "rtl";
  readonly width?: number;
}

function page({ direction = "ltr", width = 700, ...props }: PageOptions = {}) {
  return (
    <main dir={direction} style={{ inlineSize: `${width}px` }}>
      <h1>Breakfast plate</h1>
      <RecommendationRow recommendation={recommendation()} onAddToCart={() => {}} {...props} />
    </main>
  );
}

const previous = (): HTMLElement => screen.getByRole("button", { name: "Previous products" });
const next = (): HTMLElement => screen.getByRole("button", { name: "Next products" });
const isOff = (button: HTMLElement): boolean => button.getAttribute("aria-disabled") === "true";

/** Whether a card lies wholly inside the visible part of its list. */
function isInView(title: string): boolean {
  const list = screen.getByRole("list").getBoundingClientRect();
  const card = screen.getByRole("group", { name: title }).getBoundingClientRect();
  return card.left >= list.left - 1 && card.right <= list.right + 1;
}

describe.runIf(laysOut)("in a browser", () => {
  beforeAll(async () => {
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = new URL("recommendation-row.css", import.meta.url).href;
    const loaded = new Promise((resolve) => style.addEventListener("load", resolve));
    document.head.append(style);
    await loaded;
  });
  afterEach(cleanup);

  it.each(["ltr", "rtl"] as const)("pages through all products and back, %s", async (direction) => {
    const user = userEvent.setup();
    render(page({ direction }));
    expect(isOff(previous())).toBe(true);
    expect(isInView("Stoneware mug")).toBe(true);
    expect(isInView("Kettle")).toBe(false);

    while (!isOff(next())) {
      const before = screen.getByRole("list").scrollLeft;
      await user.click(next());
      await waitFor(() => expect(screen.getByRole("list").scrollLeft).not.toBe(before));
      await atRest();
    }
    expect(isInView("Kettle")).toBe(true);
    expect(isOff(previous())).toBe(false);

    while (!isOff(previous())) {
      await user.click(previous());
      await atRest();
    }
    expect(isInView("Stoneware mug")).toBe(true);
  });

  it("leaves the focus on the button that was pressed, also at the end", async () => {
    const user = userEvent.setup();
    render(page());
    next().focus();
    while (!isOff(next())) {
      await user.keyboard("{Enter}");
      await atRest();
      expect(document.activeElement).toBe(next());
    }
  });

  it("brings a product into view when the keyboard reaches it", async () => {
    render(page());
    screen.getByRole("button", { name: "Add to cart Kettle" }).focus();
    await waitFor(() => expect(isInView("Kettle")).toBe(true));
  });

  it("hides its buttons while everything is in view, and shows them when there is less room", async () => {
    const items = [item(0), item(1), item(2)];
    const { rerender } = render(page({ recommendation: recommendation({ items }) }));
    expect(screen.queryByRole("button", { name: "Next products" })).toBeNull();
    rerender(page({ recommendation: recommendation({ items }), width: 250 }));
    await waitFor(() => expect(next()).toBeTruthy());
  });

  it("moves nothing when its pictures arrive or fail", async () => {
    const pictureOf = ({ position }: ShownItem): string =>
      position === 0 ? redSquare() : "data:image/png;base64,broken";
    render(page({ pictureOf, recommendation: recommendation({ items: [item(0), item(1), item(2)] }) }));
    const row = screen.getByRole("group", { name: "You may also like" });
    const before = row.getBoundingClientRect().height;
    await waitFor(() => expect(row.querySelectorAll(".basketlift-picture--tile")).toHaveLength(2));
    expect(row.getBoundingClientRect().height).toBe(before);
  });

  it("has targets of at least 24 by 24 pixels", () => {
    render(page({ linkOf: ({ productId }) => `#${productId}` }));
    for (const target of [...screen.getAllByRole("button"), ...screen.getAllByRole("link")]) {
      const { width, height } = target.getBoundingClientRect();
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
    }
  });

  it.each(["light", "dark"] as const)("passes axe, %s, right down to its contrast", async (theme) => {
    document.body.style.background = theme === "dark" ? "#141210" : "#faf8f4";
    document.body.style.color = theme === "dark" ? "#f2eee7" : "#1d1b18";
    const items = [item(0), item(1, { availability: "low" }), item(2, { availability: "out-of-stock" }), item(3)];
    const { container } = render(
      page({
        theme,
        recommendation: recommendation({ items }),
        linkOf: ({ productId }) => `#${productId}`,
        width: 500,
      }),
    );
    const { violations } = await axe.run(container, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
    });
    document.body.removeAttribute("style");
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
  });

  it("is dark where the page is dark, and where the shop says so", () => {
    const surface = (): string => getComputedStyle(screen.getByRole("group", { name: "Teapot" })).backgroundColor;
    const { rerender } = render(page());
    const light = surface();
    document.documentElement.style.colorScheme = "dark";
    const onDarkPage = surface();
    document.documentElement.style.colorScheme = "";
    rerender(page({ theme: "dark" }));
    expect(onDarkPage).not.toBe(light);
    expect(surface()).toBe(onDarkPage);
  });
});

/** Resolves once scrolling has ended: two frames in a row at one position. */
async function atRest(): Promise<void> {
  const list = screen.getByRole("list");
  let [still, last] = [0, Number.NaN];
  while (still < 3) {
    await new Promise(requestAnimationFrame);
    still = list.scrollLeft === last ? still + 1 : 0;
    last = list.scrollLeft;
  }
}

function redSquare(): string {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 8;
  const drawing = canvas.getContext("2d");
  drawing?.fillRect(0, 0, 8, 8);
  return canvas.toDataURL();
}
