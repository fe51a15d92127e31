/**
 * When something counts as seen: at least half of it in view for one second without a break, in a tab that is in front.
 * IAB and MRC Viewable Ad Impression Measurement Guidelines, desktop display.
 */
const share = 0.5;
const duration = 1_000;

/** A root margin for what is about to be seen. */
const soon = "400px";

/**
 * @param onSeen called at most once for each element
 * @returns ends the watch
 */
export function watchSeen(elements: Iterable<Element>, onSeen: (element: Element) => void): () => void {
  const timers = new Map<Element, ReturnType<typeof setTimeout>>();
  const inView = new Set<Element>();

  function stop(element: Element): void {
    clearTimeout(timers.get(element));
    timers.delete(element);
  }
  function start(element: Element): void {
    if (timers.has(element) || document.visibilityState === "hidden") return;
    timers.set(
      element,
      setTimeout(() => {
        observer.unobserve(element);
        inView.delete(element);
        timers.delete(element);
        onSeen(element);
      }, duration),
    );
  }

  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, intersectionRatio } of entries) {
        if (intersectionRatio >= share) {
          inView.add(target);
          start(target);
        } else {
          inView.delete(target);
          stop(target);
        }
      }
    },
    { threshold: share },
  );
  const onVisibility = (): void => inView.forEach(document.visibilityState === "hidden" ? stop : start);
  document.addEventListener("visibilitychange", onVisibility);
  for (const element of elements) observer.observe(element);

  return () => {
    observer.disconnect();
    document.removeEventListener("visibilitychange", onVisibility);
    for (const timer of timers.values()) clearTimeout(timer);
  };
}

/**
 * Calls once an element is in view or about to be.
 * @returns ends the watch
 */
export function watchNear(element: Element, onNear: () => void): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      onNear();
    },
    { rootMargin: soon },
  );
  observer.observe(element);
  return () => observer.disconnect();
}

/** Shares of the viewport's height that an element has to be above or below it, to be out of everybody's sight. */
const above = 1;
const below = 0.6;

/**
 * Calls once an element is out of view: what it then does to the page moves nothing that anybody sees.
 * @returns ends the watch
 */
export function watchGone(element: Element, onGone: () => void): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      // The browser tells late: whoever scrolls fast may have it in view again.
      if (entries.at(-1)?.isIntersecting !== false || !isOutOfSight(element)) return;
      observer.disconnect();
      onGone();
    },
    { rootMargin: `${100 * above}% 0px ${100 * below}%` },
  );
  observer.observe(element);
  return () => observer.disconnect();
}

function isOutOfSight(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom < -above * innerHeight || top > (1 + below) * innerHeight;
}
