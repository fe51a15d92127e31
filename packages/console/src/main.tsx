/** Starts the console in the page that the server gave. */
import { render } from "preact";
import { createConsole } from "./console.ts";
import { followLinks } from "./routing/location.ts";
import { App } from "./shell/app.tsx";
import { applyTheme } from "./shell/theme.ts";

applyTheme(document.documentElement);
const place = document.getElementById("console");
if (!place) throw new Error('The page has no element with the id "console".');
followLinks(document.body);
render(<App console={createConsole()} />, place);
