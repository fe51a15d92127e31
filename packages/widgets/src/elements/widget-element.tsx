/**
 * The custom element around a widget: attributes in, a place with its space reserved at once, and the widget itself as
 * soon as its code is there. In the light DOM, so that the shop's styles reach it; in a shadow root with the attribute
 * `shadow`, for pages whose styles would break it.
 */
import { render, type ComponentType } from "preact";
import { inspectFailure } from "../client/inspector.ts";
import type { Storefront } from "../client/storefront.ts";
import type { Labels } from "../labels.ts";
import { Boundary } from "../placed/boundary.tsx";
import type { PlacedProps } from "../placed/place.ts";

/** What all elements of a page share. */
export interface ElementContext {
  readonly storefront: Storefront;
  /** The shop's own words, where it wants others. */
  readonly labels?: Partial<Labels> | undefined;
  /** Address of a product's page, where the catalogue knows none. */
  readonly linkOf?: ((productId: string) => string | undefined) | undefined;
  /** Address of the style sheet, for elements with a shadow root. */
  readonly styleSheet?: string | undefined;
}

/** One kind of element. */
export interface WidgetDefinition<Props> {
  readonly kind: "row" | "bundle";
  readonly attributes: readonly string[];
  /** @returns undefined when an attribute that it needs is missing */
  readonly read: (element: Element) => Props | undefined;
  readonly load: () => Promise<ComponentType<Props & PlacedProps & Pick<ElementContext, "labels" | "linkOf">>>;
}

/** @returns the class to define an element with */
export function widgetElement<Props extends object>(
  { kind, attributes, read, load }: WidgetDefinition<Props>,
  { storefront, labels, linkOf, styleSheet }: ElementContext,
): CustomElementConstructor {
  return class extends HTMLElement {
    static readonly observedAttributes = attributes;
    #place: HTMLElement | undefined;
    #isDrawing = false;

    connectedCallback(): void {
      this.#place ??= this.#makePlace();
      this.#draw();
    }

    /** Moving an element within the page takes it out and in again: only one that stays out is cleared. */
    disconnectedCallback(): void {
      queueMicrotask(() => {
        if (!this.isConnected && this.#place) render(null, this.#place);
      });
    }

    attributeChangedCallback(): void {
      if (this.#place) this.#draw();
    }

    #makePlace(): HTMLElement {
      const place = document.createElement("div");
      place.className = "basketlift-place";
      place.dataset["kind"] = kind;
      if (this.hasAttribute("shadow") && styleSheet !== undefined) this.#fillShadow(place, styleSheet);
      else this.replaceChildren(place);
      return place;
    }

    /** Nothing is drawn before its styles are there; until then the page's own style sheet keeps the space. */
    #fillShadow(place: HTMLElement, styleSheet: string): void {
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = styleSheet;
      this.toggleAttribute("data-loading", true);
      // Both keep the space of the widget: never both at once.
      place.hidden = true;
      link.addEventListener("load", () => {
        this.removeAttribute("data-loading");
        place.hidden = false;
      });
      (this.shadowRoot ?? this.attachShadow({ mode: "open" })).replaceChildren(link, place);
    }

    /** Several attributes that change together are one drawing. */
    #draw(): void {
      if (this.#isDrawing) return;
      this.#isDrawing = true;
      const drawn = load().then((Widget) => {
        this.#isDrawing = false;
        this.#render(Widget);
      });
      storefront.expect(drawn);
      drawn.catch((error: unknown) => {
        this.#isDrawing = false;
        inspectFailure(`<${this.localName}> could not be drawn.`, error);
      });
    }

    #render(Widget: Awaited<ReturnType<typeof load>>): void {
      const place = this.#place;
      const props = read(this);
      if (!place || !this.isConnected) return;
      if (!props) {
        place.dataset["state"] = "gone";
        inspectFailure(`<${this.localName}> lacks an attribute that it needs.`, this);
        return;
      }
      render(
        <Boundary place={place}>
          <Widget {...props} storefront={storefront} place={place} labels={labels} linkOf={linkOf} />
        </Boundary>,
        place,
      );
    }
  };
}
