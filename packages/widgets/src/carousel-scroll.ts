/**
 * The headless half of a carousel: where a sideways scrolled list stands, and how it moves on by a page. The browser
 * scrolls and snaps; this only reads and asks. It holds for both writing directions without knowing which one it is:
 * a right-to-left list scrolls from 0 down to a negative maximum, and its items lie to the left of the first.
 */
import { useLayoutEffect, useRef, useState } from "preact/hooks";

/** What the previous and next buttons need to know. */
export interface ScrollState {
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
}

/** Positions are fractions of a pixel at most zoom levels, and never quite reach the end. */
const tolerance = 2;

/** @param list geometry of the scrolled element, in pixels */
export function readScroll(list: Pick<Element, "scrollLeft" | "scrollWidth" | "clientWidth">): ScrollState {
  const travelled = Math.abs(list.scrollLeft);
  const length = list.scrollWidth - list.clientWidth;
  return { hasPrevious: travelled > tolerance, hasNext: length - travelled > tolerance };
}

/**
 * Reports the state at once and whenever scrolling or a new size changes it.
 * @returns ends the watch
 */
export function watchScroll(list: HTMLElement, onChange: (state: ScrollState) => void): () => void {
  let last: ScrollState | undefined;
  const report = (): void => {
    const state = readScroll(list);
    if (last?.hasPrevious === state.hasPrevious && last.hasNext === state.hasNext) return;
    last = state;
    onChange(state);
  };
  // In the next frame: what a report draws may resize something, which browsers call an error in the observer's own round.
  let frame = 0;
  const resizes = new ResizeObserver(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(report);
  });
  resizes.observe(list);
  list.addEventListener("scroll", report, { passive: true });
  report();
  return () => {
    cancelAnimationFrame(frame);
    resizes.disconnect();
    list.removeEventListener("scroll", report);
  };
}

/**
 * How far to scroll so that the first item that is not wholly visible comes first.
 * @param offsets where the items start, in pixels; at least two, else the list has nowhere to go
 * @param position the list's `scrollLeft`
 * @param width of the visible part
 * @param pages 1 for the next page, -1 for the previous one
 * @returns the new `scrollLeft`; the browser keeps it inside the list
 */
export function pageTarget(offsets: readonly number[], position: number, width: number, pages: 1 | -1): number {
  if (offsets.length < 2) return position;
  const pitch = offsets[1] - offsets[0];
  const wholeItems = Math.max(1, Math.floor(width / Math.abs(pitch)));
  return (Math.round(position / pitch) + pages * wholeItems) * pitch;
}

/** Scrolls a list by one page. Smooth or at once is for its style sheet to say, which knows about reduced motion. */
export function scrollByPage(list: HTMLElement, pages: 1 | -1): void {
  const offsets = Array.from(list.children, (item) => (item instanceof HTMLElement ? item.offsetLeft : 0));
  list.scrollTo({ left: pageTarget(offsets, list.scrollLeft, list.clientWidth, pages) });
}

/** A list with its state and its two moves, for a component to draw. */
export interface CarouselScroll extends ScrollState {
  readonly list: { current: HTMLUListElement | null };
  readonly previous: () => void;
  readonly next: () => void;
}

/** @param contents changes whenever the list's items do, for example the id of their recommendation */
export function useCarouselScroll(contents: string): CarouselScroll {
  const list = useRef<HTMLUListElement>(null);
  const [state, setState] = useState<ScrollState>({ hasPrevious: false, hasNext: false });
  useLayoutEffect(() => (list.current ? watchScroll(list.current, setState) : undefined), [contents]);
  const move = (pages: 1 | -1) => () => {
    if (list.current) scrollByPage(list.current, pages);
  };
  return { ...state, list, previous: move(-1), next: move(1) };
}
