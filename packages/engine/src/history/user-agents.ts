/**
 * Visitors that say themselves that they are machines: crawlers, monitors, link previews, scripts and browsers under
 * remote control. By words of the `User-Agent` header (RFC 9110, 10.1.5), chosen so that no browser or shop's own app
 * is caught: "Cubot" is a make of phone, and `okhttp` is what Android apps speak with.
 */
const declaration = new RegExp(
  [
    "(?<!cu)bot(?![a-z])",
    "crawl",
    "spider",
    "slurp",
    "scrapy",
    "headless",
    "phantomjs",
    "puppeteer",
    "playwright",
    "selenium",
    "lighthouse",
    "pingdom",
    "uptime",
    "facebookexternalhit",
    "mediapartners-google",
    "google-inspectiontool",
    "apis-google",
    "bytespider",
    "^curl/",
    "^wget/",
    "^python-",
    "^go-http-client",
    "^java/",
    // The convention of naming a page about the crawler: (+https://example.com/about-us)
    "\\(\\+?https?://|; ?\\+?https?://",
  ].join("|"),
  "i",
);

/**
 * @param userAgent a `User-Agent` header
 * @returns whether it names itself a machine; false proves nothing
 * @example
 * isDeclaredBot("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"); // true
 */
export function isDeclaredBot(userAgent: string): boolean {
  return declaration.test(userAgent);
}
