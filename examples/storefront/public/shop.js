/**
 * The shop's own script. It tells Basketlift what only the shop knows (consent, the cart, what is looked at) and adds to
 * the cart without leaving the page. It stands before the loader, both with `defer`.
 */
const { consent, cart, productId } = JSON.parse(document.getElementById("page-facts").textContent);

window.basketlift ??= [];
const { basketlift } = window;
basketlift.consent = consent;
basketlift.cart = {
  lines: () => cart,
  async add(lines) {
    const response = await fetch("/cart/lines", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ lines }),
    });
    if (!response.ok) throw new Error(`The cart answered ${response.status}.`);
    keepCart(await response.json());
  },
};
if (productId) basketlift.push((storefront) => storefront.view(productId));

/** The cart as the server has it: what other tabs added counts, too. */
function keepCart({ lines, units }) {
  cart.splice(0, cart.length, ...lines);
  showUnits(units);
}

/** A page that comes back from the browser's memory, or from behind another tab, may know an old cart. */
function refreshCart() {
  fetch("/cart/lines")
    .then((response) => response.json())
    .then(keepCart)
    .catch(() => {});
}
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) refreshCart();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) refreshCart();
});

function showUnits(units) {
  const badge = document.querySelector("[data-cart-units]");
  badge.textContent = units;
  badge.hidden = units === 0;
  const items = units === 1 ? "1 item" : `${units} items`;
  document.querySelector("[data-cart-link]").setAttribute("aria-label", `Cart, ${items}`);
}

/** Adds what the product page's form says, and stays there. */
async function buy(form) {
  const message = form.querySelector("[data-message]");
  try {
    await basketlift.cart.add([{ productId, variantId: new FormData(form).get("variantId"), quantity: 1 }]);
    message.textContent = "It is in your cart.";
    basketlift.push((storefront) => storefront.track("add-to-cart", productId));
  } catch {
    message.textContent = "It could not be added. Please try again.";
  }
}
document.querySelector("[data-buy]")?.addEventListener("submit", (event) => {
  event.preventDefault();
  void buy(event.currentTarget);
});

/** The order goes to Basketlift from the shop's server; these ids join it to what was shown. */
const checkout = document.querySelector("[data-checkout]");
if (checkout) {
  basketlift.push(async (storefront) => {
    const { visitorId = "", sessionId = "" } = await storefront.identity();
    checkout.querySelector("[data-visitor-id]").value = visitorId;
    checkout.querySelector("[data-session-id]").value = sessionId;
    await storefront.track("checkout");
  });
}

/** Whoever takes a yes back is forgotten on this device too, before the page goes. */
for (const form of document.querySelectorAll('form[action="/consent"]')) {
  form.addEventListener("submit", ({ submitter }) => {
    if (submitter?.value === "accepted") return;
    basketlift.push((storefront) => storefront.setConsent({ measurement: false, personalisation: false }));
  });
}
