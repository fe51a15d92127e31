/**
 * The complements planted in the shop: pairs that people buy together because one calls for the other. The pair is
 * written down by title with the lift it is to have, that is how many times more often the two meet in a basket than
 * they would by chance; what the shoppers' model uses is the chance that one pulls the other in.
 */
import type { Entry } from "../assortment/assortment.ts";

/** Two titles and how many times more often than by chance they are bought together. */
type Written = readonly [a: string, b: string, lift: number];

const written: readonly Written[] = [
  ["English Breakfast Loose Tea", "Round Stoneware Teapot", 7],
  ["Jasmine Pearls Green Tea", "Glass Teapot with Infuser", 12],
  ["Genmaicha with Toasted Rice", "Cast-Iron Teapot", 15],
  ["Earl Grey Loose Tea", "Fill-Your-Own Tea Filters", 9],
  ["Darjeeling First Flush", "Porcelain Teapot for Four", 13],
  ["Peppermint Leaf Infusion", "Wildflower Honey", 7],
  ["Lemon & Ginger Infusion", "Acacia Blossom Honey", 10],
  ["Round Stoneware Teapot", "Everyday Stoneware Mug", 6],
  ["House Espresso Beans", "Espresso Cup", 8],
  ["House Espresso Beans", "Unbleached Coffee Filters No. 4", 5],
  ["Ethiopia Yirgacheffe Beans", "Cone Paper Filters for Carafes", 10],
  ["Breakfast Blend Ground Coffee", "Unbleached Coffee Filters No. 2", 9],
  ["Ethiopia Yirgacheffe Beans", "Glass Pour-Over Carafe", 9],
  ["Colombia Huila Beans", "Classic French Press", 8],
  ["Gooseneck Pour-Over Kettle", "Cone Paper Filters for Carafes", 14],
  ["Glass Pour-Over Carafe", "Gooseneck Pour-Over Kettle", 15],
  ["Classic French Press", "Big Breakfast Mug", 7],
  ["Whistling Enamel Kettle", "Round Stoneware Teapot", 11],
  ["Extra Virgin Olive Oil", "Aged Balsamic Vinegar", 10],
  ["Extra Virgin Olive Oil", "Flaked Sea Salt", 7],
  ["Chilli Olive Oil", "Tall Pasta Pot", 15],
  ["Wildflower Honey", "English Breakfast Loose Tea", 5],
  ["Blackcurrant Jam", "Wildflower Honey", 6],
  ["Seville Orange Marmalade", "Big Breakfast Mug", 6],
  ["Smoked Paprika", "Cast-Iron Skillet", 8],
  ["Tellicherry Peppercorns", "Flaked Sea Salt", 8],
  ["Garam Masala", "Ceylon Cinnamon", 14],
  ["Ceylon Cinnamon", "Star Biscuit Cutters", 9],
  ["Dark Chocolate with Sea Salt", "Amber & Vanilla Candle", 4],
  ["Milk Chocolate with Hazelnuts", "Botanical Thank-You Cards", 5],
  ["70 % Single-Origin Chocolate", "House Espresso Beans", 5],
  ["Cast-Iron Skillet", "Striped Cotton Apron", 9],
  ["Carbon-Steel Frying Pan", "Chef's Knife", 9],
  ["Chef's Knife", "Oak Chopping Board", 8],
  ["Santoku Knife", "End-Grain Walnut Board", 11],
  ["Bread Knife", "Bread Board with Crumb Tray", 15],
  ["Paring Knife", "Bamboo Chopping Board", 12],
  ["Acacia Cheese Board", "Everyday Wine Glass", 9],
  ["Serving Board with Handle", "Extra Virgin Olive Oil", 8],
  ["Steel Saucepan with Lid", "Steel Balloon Whisk", 9],
  ["Cast-Iron Casserole", "Herbes de Provence", 14],
  ["Linen Kitchen Apron", "Oak Chopping Board", 8],
  ["Beech Rolling Pin", "Star Biscuit Cutters", 9],
  ["Tapered French Rolling Pin", "Fluted Tart Tin", 15],
  ["Springform Cake Tin", "Stoneware Mixing Bowl", 8],
  ["Stoneware Mixing Bowl", "Steel Balloon Whisk", 8],
  ["Fluted Bundt Tin", "Oak-Handled Whisk", 11],
  ["Copper Heart Cutter", "Tapered French Rolling Pin", 13],
  ["Loaf Tin", "Nesting Mixing Bowls", 11],
  ["Springform Cake Tin", "Tapered Dinner Candles", 6],
  ["Stoneware Dinner Plate", "Brushed Steel Cutlery Set", 7],
  ["Stoneware Dinner Plate", "Washed Linen Napkins", 6],
  ["Rimmed Porcelain Plate", "Brass-Finish Cutlery Set", 10],
  ["Everyday Wine Glass", "Decanter with Stopper", 9],
  ["Burgundy Glass", "Wine Carafe", 14],
  ["Glass Water Carafe", "Fluted Champagne Glass", 9],
  ["Washed Linen Napkins", "Tapered Dinner Candles", 7],
  ["Striped Cotton Napkins", "Checked Picnic Blanket", 9],
  ["Linen Cushion", "Lambswool Throw", 6],
  ["Velvet Cushion", "Herringbone Wool Throw", 9],
  ["Striped Cotton Cushion", "Waffle Cotton Throw", 8],
  ["Stoneware Bud Vase", "Flower Snips", 9],
  ["Tall Glass Vase", "Sweet Pea Seeds", 10],
  ["Oak Picture Frame", "Postcard Set", 10],
  ["Slim Brass Frame", "Botanical Thank-You Cards", 6],
  ["Fig & Cedar Candle", "Long Matches in a Bottle", 6],
  ["Wild Mint Candle", "Illustrated Match Box", 6],
  ["Amber & Vanilla Candle", "Fireplace Matches", 8],
  ["Fig & Cedar Candle", "Fig Leaf Reed Diffuser", 6],
  ["Tapered Dinner Candles", "Brass Candlestick", 8],
  ["Beeswax Dinner Candles", "Stoneware Chamberstick", 11],
  ["Rustic Pillar Candle", "Glass Storm Lantern", 12],
  ["Beeswax Pillar Candle", "Framed Metal Lantern", 15],
  ["Sea Salt & Sage Candle", "White Tea Reed Diffuser", 7],
  ["Stoneware Table Lamp", "Warm White LED Bulb E27", 8],
  ["Mushroom Table Lamp", "Dimmable Globe Bulb E27", 11],
  ["Dome Pendant Light", "Filament LED Bulb E27", 13],
  ["Enamel Pendant Light", "Dimmable Globe Bulb E27", 11],
  ["Brass Reading Lamp", "Candle LED Bulb E14", 14],
  ["Copper Wire Fairy Lights", "Winter Spice Candle", 6],
  ["Festoon Lights", "Checked Picnic Blanket", 8],
  ["Washed Linen Duvet Cover", "Feather Pillow", 9],
  ["Cotton Percale Duvet Set", "Side-Sleeper Pillow", 12],
  ["Waffle Bath Towel", "Lavender Soap Bar", 6],
  ["Thick Terry Bath Towel", "Oat & Honey Soap Bar", 8],
  ["Stoneware Soap Dispenser", "Waffle Bath Towel", 8],
  ["Ribbed Hand Towel", "Amber Glass Dispenser", 12],
  ["Lavender Soap Bar", "Wild Mint Candle", 4],
  ["Dotted Notebook", "Everyday Fountain Pen", 6],
  ["Cloth-Bound Journal", "Brass Ballpoint Pen", 8],
  ["Leather Pocket Notebook", "Fineliner Set", 9],
  ["Everyday Fountain Pen", "Midnight Ink", 11],
  ["Italic Fountain Pen", "Storm Ink", 15],
  ["Recipe Journal", "Linen Kitchen Apron", 12],
  ["Garden Journal", "Sweet Basil Seeds", 10],
  ["Botanical Thank-You Cards", "Everyday Fountain Pen", 5],
  ["Letterpress Birthday Card", "Birthday Beeswax Candles", 11],
  ["Letterpress Birthday Card", "Botanical Wrapping Paper", 6],
  ["Botanical Wrapping Paper", "Velvet Ribbon", 7],
  ["Kraft Paper Roll", "Cotton Baker's Twine", 9],
  ["Starry Night Wrapping Paper", "Satin Ribbon", 11],
  ["Kraft Paper Roll", "Hemp Cord with Tags", 13],
  ["Terracotta Plant Pot", "Peat-Free Potting Compost", 6],
  ["Glazed Stoneware Planter", "Houseplant Compost", 10],
  ["Sweet Basil Seeds", "Seed & Cutting Compost", 7],
  ["Cherry Tomato Seeds", "Tomato Compost", 10],
  ["Terracotta Plant Pot", "Sweet Basil Seeds", 5],
  ["Galvanised Watering Can", "Terracotta Plant Pot", 6],
  ["Indoor Watering Can", "Concrete-Look Planter", 10],
  ["Bypass Secateurs", "Leather Garden Gloves", 10],
  ["Hand Trowel", "Peat-Free Potting Compost", 9],
  ["Planting Trowel", "Bamboo Garden Gloves", 13],
  ["Bypass Secateurs", "Thorn-Proof Gauntlets", 13],
  ["Hand Trowel", "Gardener's Scrub Soap", 13],
  ["Wildflower Meadow Mix", "Galvanised Watering Can", 7],
  ["Day Backpack", "Insulated Steel Bottle", 7],
  ["Roll-Top Backpack", "Wide-Mouth Flask", 9],
  ["Waxed Canvas Backpack", "Windproof Umbrella", 10],
  ["Commuter Backpack", "Coffee-to-Go Flask", 11],
  ["Willow Picnic Basket", "Checked Picnic Blanket", 11],
  ["Fitted Picnic Hamper", "Waterproof Picnic Rug", 15],
  ["Coffee-to-Go Flask", "House Espresso Beans", 5],
  ["Soup Flask", "Enamel Camp Mug", 14],
  ["Windproof Umbrella", "Dotted Notebook", 4],
];

/** One planted pair, by product index. */
export interface Complement {
  readonly a: number;
  readonly b: number;
  /** Chance that a shopper who came for either takes the other along. */
  readonly strength: number;
  /** How many times more often than by chance the two are to meet in a basket. */
  readonly lift: number;
}

/** Distinct products in an average basket of the shoppers' model: turns shares of demand into shares of baskets. */
const productsPerBasket = 2.8;

/** Baskets differ in size, and large ones hold most pairs: how many times more than baskets of one size would. */
const crowding = 1.6;

/**
 * If A is in a share p of baskets and B in a share q, chance puts both in c p q of them, c being the crowding above.
 * When each pulls the other in with probability s, s (p + q) come on top, and the lift over chance is
 * 1 + s (p + q) / (c p q) = 1 + s (1/p + 1/q) / c.
 */
export function plantComplements(entries: readonly Entry[]): readonly Complement[] {
  const indexOf = new Map(entries.map((entry, index) => [entry.product.title, index]));
  const total = entries.reduce((sum, entry) => sum + entry.demand, 0);
  const share = (index: number) => (entries[index].demand / total) * productsPerBasket;
  return written.map(([titleA, titleB, lift]) => {
    const a = indexOf.get(titleA);
    const b = indexOf.get(titleB);
    if (a === undefined || b === undefined) throw new Error(`No such product: ${a === undefined ? titleA : titleB}`);
    const strength = ((lift - 1) * crowding) / (1 / share(a) + 1 / share(b));
    return { a, b, lift, strength: Math.round(strength * 10_000) / 10_000 };
  });
}
