/** Opens the console as a person would, over the made-up shop. */
import { configure, render, screen } from "@testing-library/preact";
import { userEvent, type UserEvent } from "@testing-library/user-event";
import { createConsole } from "../src/console.ts";
import { addressOf, followLinks, navigate } from "../src/routing/location.ts";
import { App } from "../src/shell/app.tsx";
import type { FileToSend } from "../src/api/send-file.ts";
import { createBackend, type Backend } from "./backend.ts";

export interface OpenConsole {
  readonly backend: Backend;
  readonly user: UserEvent;
}

export interface OpenOptions {
  readonly backend?: Backend;
  /** How a file travels; at once when left out. */
  readonly send?: (request: FileToSend, arrive: () => Promise<Response>) => Promise<Response>;
}

/** A machine with more to do than this test is no failure. */
configure({ asyncUtilTimeout: 15_000 });

let follows = false;

/** @param path below the console's base, with a query if need be */
export function openConsole(
  path: string,
  { backend = createBackend(), send = (_, arrive) => arrive() }: OpenOptions = {},
): OpenConsole {
  if (!follows) followLinks(document.body);
  follows = true;
  navigate(addressOf(path), { replace: true });
  const console = createConsole({
    fetch: backend.fetch,
    send: (request) => send(request, () => backend.fetch(request.url, { method: "POST" })),
  });
  render(<App console={console} />);
  return { backend, user: userEvent.setup() };
}

/** The first heading of the page, once it is there. */
export const heading = (name: string): Promise<HTMLElement> => screen.findByRole("heading", { level: 1, name });

/** Texts of a table's cells, row by row, without its head. */
export function cellsOf(name: string): string[][] {
  const table = screen.getByRole("table", { name });
  return Array.from(table.querySelectorAll("tbody tr"), (row) =>
    Array.from(row.children, (cell) => cell.textContent ?? ""),
  );
}
