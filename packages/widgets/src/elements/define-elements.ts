/** The elements by name, and what their attributes mean. */
import type { PlacedBoughtTogetherProps } from "../placed/placed-bought-together.tsx";
import type { PlacedRecommendationsProps } from "../placed/placed-recommendations.tsx";
import { widgetElement, type ElementContext, type WidgetDefinition } from "./widget-element.tsx";

type Given<Props> = Omit<Props, "storefront" | "place" | "labels" | "linkOf">;

const look = ["heading", "heading-level", "theme"];
const question = ["placement", "product-id", "limit", "strategy"];

const recommendations: WidgetDefinition<Given<PlacedRecommendationsProps>> = {
  kind: "row",
  attributes: [...look, ...question],
  load: () => import("../placed/placed-recommendations.tsx").then((module) => module.PlacedRecommendations),
  read(element) {
    const placement = text(element, "placement");
    if (placement === undefined) return undefined;
    return { ...readLook(element), ...readQuestion(element), placement, productId: text(element, "product-id") };
  },
};

const boughtTogether: WidgetDefinition<Given<PlacedBoughtTogetherProps>> = {
  kind: "bundle",
  attributes: [...look, ...question, "variant-id"],
  load: () => import("../placed/placed-bought-together.tsx").then((module) => module.PlacedBoughtTogether),
  read(element) {
    const productId = text(element, "product-id");
    if (productId === undefined) return undefined;
    return {
      ...readLook(element),
      ...readQuestion(element),
      productId,
      placement: text(element, "placement"),
      variantId: text(element, "variant-id"),
    };
  },
};

/**
 * Defines `<basketlift-recommendations>` and `<basketlift-bought-together>`; those that stand in the page already come
 * to life at once.
 */
export function defineElements(context: ElementContext): void {
  define("basketlift-recommendations", recommendations, context);
  define("basketlift-bought-together", boughtTogether, context);
}

/** A name that is taken stays as it is: two copies of the script must not break a page. */
function define<Props extends object>(
  name: string,
  definition: WidgetDefinition<Props>,
  context: ElementContext,
): void {
  if (!customElements.get(name)) customElements.define(name, widgetElement(definition, context));
}

function readLook(element: Element) {
  const level = number(element, "heading-level");
  const theme = text(element, "theme");
  return {
    heading: text(element, "heading"),
    headingLevel: level === 3 || level === 4 ? level : 2,
    theme: theme === "light" || theme === "dark" ? theme : "page",
  } as const;
}

function readQuestion(element: Element) {
  return { limit: number(element, "limit"), strategy: text(element, "strategy") };
}

function text(element: Element, name: string): string | undefined {
  return element.getAttribute(name) || undefined;
}

function number(element: Element, name: string): number | undefined {
  const value = Number(element.getAttribute(name) ?? Number.NaN);
  return Number.isInteger(value) && value > 0 ? value : undefined;
}
