/** The address a request came from, through as many proxies as the operator vouches for. */
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";

/**
 * @param trustedProxies proxies in front of this server that append to `X-Forwarded-For`; anything further left in that
 * header was written by the client and is not believed
 */
export function clientAddress(context: Context, trustedProxies: number): string {
  if (trustedProxies > 0) {
    const hops = (context.req.header("x-forwarded-for") ?? "").split(",").map((hop) => hop.trim());
    const address = hops[hops.length - trustedProxies];
    if (address) return address;
  }
  // `app.request` in tests and edge hosts have no socket.
  const connected = typeof context.env === "object" && context.env !== null && "incoming" in context.env;
  return (connected && getConnInfo(context).remote.address) || "unknown";
}
