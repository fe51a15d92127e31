/** Where notices appear; read out without taking the focus. */
import type { JSX } from "preact";
import { useConsole } from "../console.ts";
import { Icon } from "../parts/icon.tsx";

export function NoticeRegion(): JSX.Element {
  const { notices } = useConsole();
  return (
    <div class="notices" role="status" aria-live="polite">
      {notices.list.value.map(({ id, kind, text, action }) => (
        <div key={id} class={`notice notice--${kind}`}>
          <Icon name={kind === "done" ? "check" : "warning"} />
          <span>{text}</span>
          {action && (
            <button
              type="button"
              class="button button--quiet button--small"
              onClick={() => {
                notices.dismiss(id);
                action.run();
              }}
            >
              {action.label}
            </button>
          )}
          <button type="button" class="notice__close" aria-label="Dismiss" onClick={() => notices.dismiss(id)}>
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  );
}
