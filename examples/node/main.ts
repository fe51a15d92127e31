/** The engine in twenty lines: a demo shop's orders in, recommendations with reasons and evidence out. */
import { createEngine } from "@basketlift/engine";
import { createDemoShop } from "@basketlift/engine/simulation";

const shop = createDemoShop({ scale: 0.2 });
const engine = await createEngine(shop);

const cart = [{ productId: shop.products[0].id, quantity: 1 }];
const { items, receipt } = engine.recommend({ placement: "cart", cart, limit: 5 });

console.log(`With ${shop.products[0].title} in the cart:`);
for (const { title, reason } of items) console.log(`  ${title} - ${reason}`);

console.log("\nWhat sells together, and how sure that is:");
for (const { title, count, expected, liftLower } of engine.companions(cart[0].productId, 3)) {
  console.log(
    `  ${title}: ${count} orders, ${expected.toFixed(1)} by chance, at least ${liftLower.toFixed(1)} times as often`,
  );
}

console.log(`\nThe decision replays: ${engine.replay(receipt).outcome}`);
