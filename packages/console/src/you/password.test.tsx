import { cleanup, screen, waitFor } from "@testing-library/preact";
import { afterEach, describe, expect, it } from "vitest";
import { createBackend, Refusal } from "../../test/backend.ts";
import { heading, openConsole } from "../../test/open-console.tsx";

afterEach(cleanup);

const field = (label: string): HTMLInputElement => screen.getByLabelText(label);
const newPassword = "blue kettle, 4 cups";

describe("the first sign-in", () => {
  it("asks for a password of one's own before anything else, and leads on to where the address said", async () => {
    const backend = createBackend({ signedIn: false, mustChangePassword: true });
    const { user } = openConsole("bulk-import", { backend });
    await user.type(await screen.findByLabelText("E-mail"), "ada@mugs.example");
    await user.type(field("Password"), "correct horse{Enter}");
    await heading("Choose your password");
    await waitFor(() => expect(document.activeElement).toBe(field("New password")));
    expect(screen.queryByRole("navigation")).toBeNull();
    await user.type(field("New password"), `${newPassword}{Enter}`);
    await heading("Bulk Import");
    const { body } = backend.calls.findLast(({ route }) => route === "POST /auth/password/change")?.call ?? {};
    expect(body).toEqual({ current: "correct horse", next: newPassword });
  });

  it("asks for the one-time password, too, where the page was loaded again", async () => {
    const { user } = openConsole("overview", { backend: createBackend({ mustChangePassword: true }) });
    await heading("Choose your password");
    await user.type(field("One-time password"), "correct horse");
    await user.type(field("New password"), `${newPassword}{Enter}`);
    expect(await heading("Overview")).toBeTruthy();
  });

  it("can be left for later by signing out", async () => {
    const { user } = openConsole("overview", { backend: createBackend({ mustChangePassword: true }) });
    await heading("Choose your password");
    await user.click(screen.getByRole("button", { name: "Sign out" }));
    expect(await heading("Sign in")).toBeTruthy();
  });
});

describe("changing the password later", () => {
  const openForm = async (backend = createBackend()) => {
    const { user } = openConsole("bulk-import", { backend });
    await heading("Bulk Import");
    await user.click(screen.getAllByRole("button", { name: /Ada Okafor/ })[0]);
    await user.click(screen.getAllByRole("link", { name: "Change password" })[0]);
    await heading("Change password");
    await screen.findByLabelText("New password");
    return user;
  };

  it("is reached from the person's menu, and says what it ended", async () => {
    const user = await openForm();
    await user.type(field("Current password"), "correct horse");
    await user.type(field("New password"), newPassword);
    await user.click(screen.getByRole("button", { name: "Change password" }));
    expect(await screen.findByText(/Other devices have to sign in again/)).toBeTruthy();
    expect([field("Current password").value, field("New password").value]).toEqual(["", ""]);
  });

  it("says beside the field what is wrong, and keeps one signed in", async () => {
    const backend = createBackend();
    const user = await openForm(backend);
    await user.type(field("Current password"), "wrong");
    await user.type(field("New password"), `${newPassword}{Enter}`);
    expect(await screen.findByText("The current password is wrong.")).toBeTruthy();
    expect(field("Current password").getAttribute("aria-invalid")).toBe("true");
    expect(field("New password").getAttribute("aria-invalid")).toBe("false");

    const detail = "Too easy to guess.";
    backend.answer("POST /auth/password/change", () => {
      return new Refusal(400, "invalid-request", "The request is not valid", detail, {
        errors: [{ pointer: "/next", detail }],
      });
    });
    await user.click(screen.getByRole("button", { name: "Change password" }));
    expect(await screen.findByText(detail)).toBeTruthy();
    expect(field("New password").getAttribute("aria-invalid")).toBe("true");
    expect(screen.queryByText("The current password is wrong.")).toBeNull();
  });

  it("says how long to wait after too many wrong ones", async () => {
    const backend = createBackend();
    backend.answer(
      "POST /auth/password/change",
      () => new Refusal(429, "locked-out", "Too many failed sign-ins", "Try again in 14 min."),
    );
    const user = await openForm(backend);
    await user.type(field("Current password"), "wrong");
    await user.type(field("New password"), `${newPassword}{Enter}`);
    expect(await screen.findByText("Too many failed sign-ins. Try again in 14 min.")).toBeTruthy();
  });

  it("shows what one types when one asks for it", async () => {
    const user = await openForm();
    await user.type(field("New password"), newPassword);
    await user.click(screen.getByRole("button", { name: "Show: New password" }));
    expect(field("New password").type).toBe("text");
    await user.click(screen.getByRole("button", { name: "Show: New password" }));
    expect(field("New password").type).toBe("password");
  });
});

describe("the person's menu", () => {
  it("closes with Escape, giving the focus back, and with a click elsewhere", async () => {
    const { user } = openConsole("bulk-import");
    await heading("Bulk Import");
    const [button] = screen.getAllByRole("button", { name: /Ada Okafor/ });
    const isOpen = (): boolean => button.getAttribute("aria-expanded") === "true";
    await user.click(button);
    expect(isOpen()).toBe(true);
    await user.tab({ shift: true });
    await user.keyboard("{Escape}");
    expect([isOpen(), document.activeElement]).toEqual([false, button]);
    await user.click(button);
    await user.click(screen.getByRole("heading", { level: 1 }));
    expect(isOpen()).toBe(false);
  });
});
