/** The console as a whole: who is asked to sign in, and what the others see. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { asProblem, type Problem } from "../api/problem.ts";
import { ConsoleContext, useConsole, type Console } from "../console.ts";
import { ProblemPanel } from "../parts/problem-panel.tsx";
import { FirstPasswordPage } from "./first-password-page.tsx";
import { Frame } from "./frame.tsx";
import { NoticeRegion } from "./notice-region.tsx";
import { SignInPage } from "./sign-in-page.tsx";

export function App({ console }: { readonly console: Console }): JSX.Element {
  return (
    <ConsoleContext.Provider value={console}>
      <Page />
      <NoticeRegion />
    </ConsoleContext.Provider>
  );
}

function Page(): JSX.Element {
  const { person, findPerson } = useConsole();
  const [problem, setProblem] = useState<Problem>();

  const find = (): void => {
    setProblem(undefined);
    findPerson().catch((error: unknown) => setProblem(asProblem(error)));
  };
  useEffect(find, []);

  if (person.value?.mustChangePassword) return <FirstPasswordPage />;
  if (person.value) return <Frame person={person.value} />;
  if (person.value === null) return <SignInPage />;
  return (
    <main class="alone">
      {problem ? (
        <ProblemPanel problem={problem} onRetry={find} />
      ) : (
        <p class="quiet" role="status">
          Opening the console&hellip;
        </p>
      )}
    </main>
  );
}
