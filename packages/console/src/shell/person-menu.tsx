/** Who is signed in, and what they can do about that: a disclosure, so that links stay links. */
import type { JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Person } from "../api/contract.ts";
import { useLeave } from "../console.ts";
import { Icon } from "../parts/icon.tsx";
import { addressOf, path } from "../routing/location.ts";
import { personalPages } from "../tabs.ts";

export interface PersonMenuProps {
  readonly person: Person;
  /** Path of the page that is shown. */
  readonly current: string | undefined;
}

export function PersonMenu({ person, current }: PersonMenuProps): JSX.Element {
  const id = useId();
  const leave = useLeave();
  const { place, button, isOpen, setOpen } = useDisclosure();
  return (
    <div ref={place} class="person">
      <ul id={id} class="person__menu" hidden={!isOpen}>
        {personalPages.map((page) => (
          <Way key={page.path} page={page} isCurrent={page.path === current} />
        ))}
        <li>
          <button type="button" class="person__way" onClick={leave}>
            Sign out
          </button>
        </li>
      </ul>
      <button
        ref={button}
        type="button"
        class="person__button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <span class="person__words">
          <span class="visually-hidden">You: </span>
          <span class="person__name">{person.name || person.email}</span>
          <span class="person__name quiet">{person.name ? person.email : person.role}</span>
        </span>
        <Icon name={isOpen ? "down" : "up"} />
      </button>
    </div>
  );
}

interface WayProps {
  readonly page: (typeof personalPages)[number];
  readonly isCurrent: boolean;
}

function Way({ page, isCurrent }: WayProps): JSX.Element {
  return (
    <li>
      <a class="person__way" href={addressOf(page.path)} aria-current={isCurrent ? "page" : undefined}>
        {page.title}
      </a>
    </li>
  );
}

/** Closes with Escape, with a click or a focus elsewhere, and when one goes somewhere. */
function useDisclosure() {
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => setOpen(false), [path.value]);
  useEffect(() => {
    if (!isOpen) return undefined;
    const closeElsewhere = ({ target }: Event): void => {
      if (target instanceof Node && !place.current?.contains(target)) setOpen(false);
    };
    const closeByKey = (event: KeyboardEvent): void => {
      if (event.key !== "Escape") return;
      // Of a drawer around it, the menu closes first.
      event.preventDefault();
      setOpen(false);
      button.current?.focus();
    };
    const end = new AbortController();
    document.addEventListener("pointerdown", closeElsewhere, { signal: end.signal });
    document.addEventListener("focusin", closeElsewhere, { signal: end.signal });
    place.current?.addEventListener("keydown", closeByKey, { signal: end.signal });
    return () => end.abort();
  }, [isOpen]);
  return { place, button, isOpen, setOpen };
}
