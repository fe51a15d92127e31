/** A failure with what it is, its number for whoever mends it, and a way out. */
import type { ComponentChildren, JSX } from "preact";
import { useConsole } from "../console.ts";
import type { Problem } from "../api/problem.ts";
import { Icon } from "./icon.tsx";

export interface ProblemPanelProps {
  readonly problem: Problem;
  readonly onRetry?: () => void;
  /** A further way out. */
  readonly children?: ComponentChildren;
}

export function ProblemPanel({ problem, onRetry, children }: ProblemPanelProps): JSX.Element {
  return (
    <div class="problem" role="alert">
      <Icon name="warning" />
      <div>
        <p class="problem__title">{problem.title}</p>
        {problem.detail && problem.detail !== problem.title && <p>{problem.detail}</p>}
        {problem.errors.length > 0 && (
          <ul>
            {problem.errors.map(({ pointer, detail }) => (
              <li key={pointer}>
                <code>{pointer}</code> {detail}
              </li>
            ))}
          </ul>
        )}
        <div class="problem__ways">
          {onRetry && (
            <button type="button" class="button button--quiet" onClick={onRetry}>
              Try again
            </button>
          )}
          {problem.status === 401 && <SignInAgain />}
          {children}
        </div>
        {problem.requestId && (
          <p class="problem__request">
            Request <code>{problem.requestId}</code>
          </p>
        )}
      </div>
    </div>
  );
}

function SignInAgain(): JSX.Element {
  const { findPerson, notices } = useConsole();
  const signInAgain = (): void => {
    findPerson().catch(() => notices.show("failed", "The server still does not know who you are."));
  };
  return (
    <button type="button" class="button button--quiet" onClick={signInAgain}>
      Sign in again
    </button>
  );
}
