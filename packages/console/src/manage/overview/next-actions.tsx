/** The three things that would help most. */
import type { JSX } from "preact";
import type { Overview } from "../../api/contract.ts";
import { Card } from "../../parts/card.tsx";
import { Icon } from "../../parts/icon.tsx";

const shown = 3;

export function NextActions({ actions }: { readonly actions: Overview["nextActions"] }): JSX.Element {
  return (
    <Card title="Next" class="next">
      {actions.length === 0 ? (
        <p class="quiet">Nothing needs you today.</p>
      ) : (
        <ol class="next__list">
          {actions.slice(0, shown).map(({ code, text, href }) => (
            <li key={code}>
              <a href={href}>
                <span>{text}</span>
                <Icon name="right" />
              </a>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
