/** Change password: reached from the person's menu. */
import type { JSX } from "preact";
import { useConsole } from "../console.ts";
import { Card } from "../parts/card.tsx";
import { TabHeader } from "../parts/tab-header.tsx";
import { PasswordForm } from "./password-form.tsx";

export function PasswordPage(): JSX.Element {
  const { notices } = useConsole();
  return (
    <>
      <TabHeader title="Change password" question="Ends your sign-ins on all other devices." />
      <Card title="Your password" class="password-card">
        <PasswordForm
          currentLabel="Current password"
          onChanged={() => notices.show("done", "Your password is changed. Other devices have to sign in again.")}
        />
      </Card>
    </>
  );
}
