/** The visitor's answer to the consent banner, kept in a cookie. */
import { Hono, type Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { readForm } from "./form.ts";
import type { ConsentAnswer } from "./pages/layout.ts";

const year = 365 * 86_400;

export function consentOf(context: Context): ConsentAnswer {
  const answer = getCookie(context, "consent");
  return answer === "accepted" || answer === "declined" ? answer : undefined;
}

/** "ask" instead of an answer brings the question back. */
export function consentRoutes(): Hono {
  const app = new Hono();
  app.post("/consent", async (context) => {
    const field = await readForm(context);
    const answer = field("answer");
    const isAnswer = answer === "accepted" || answer === "declined";
    setCookie(context, "consent", isAnswer ? answer : "", { path: "/", sameSite: "Lax", maxAge: isAnswer ? year : 0 });
    // Only to a page of this shop: "//elsewhere.example" is not one.
    const back = field("back");
    return context.redirect(/^\/(?![/\\])/.test(back) ? back : "/", 303);
  });
  return app;
}
