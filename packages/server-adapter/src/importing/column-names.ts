/**
 * What shops call their columns. Names are compared without case, spaces and punctuation, so that "Order Number",
 * `order_number` and `orderNumber` are one; the first name of a list wins where a file has several.
 */

/** What an import reads from order lines. */
export type OrderField =
  | "order"
  | "date"
  | "product"
  | "sku"
  | "productName"
  | "quantity"
  | "unitPrice"
  | "lineTotal"
  | "customer"
  | "email"
  | "currency"
  | "lineDiscount"
  | "orderDiscount"
  | "status"
  | "cancelledAt"
  | "cancelled"
  | "returnedQuantity"
  | "lineRefund"
  | "orderRefund"
  | "lineId";

/** What an import reads from products. */
export type ProductField =
  | "product"
  | "title"
  | "description"
  | "url"
  | "image"
  | "brand"
  | "category"
  | "type"
  | "tags"
  | "attributes"
  | "publishedAt"
  | "active"
  | "variant"
  | "variantKind"
  | "parent"
  | "price"
  | "salePrice"
  | "cost"
  | "stock"
  | "option1Name"
  | "option1Value"
  | "option2Name"
  | "option2Value"
  | "option3Name"
  | "option3Value"
  | "options";

/** How one field is found. */
export interface FieldNames {
  /** Accepted headers, the best first. */
  readonly names: readonly string[];
  /** Headers that mean this only in files whose header also has one of `if`. */
  readonly only?: { readonly names: readonly string[]; readonly if: readonly string[] };
  /** True for what a line says, false for what its order says: nested JSON has them in different objects. */
  readonly ofLine?: boolean;
}

/** Headers only a Shopify order export has. */
const shopifyOrders = ["Lineitem name", "Lineitem quantity"];
/** Headers of product exports that put each variant on its own row. */
const shopifyProducts = ["Variant Price", "Variant SKU", "Option1 Value"];
/** Marks JSON orders that hold their lines in an array. */
export const nestedLines = "(nested lines)";
const wooProducts = ["Regular price", "Attribute 1 name", "Is featured?", "Visibility in catalog"];

export const orderFieldNames: Readonly<Record<OrderField, FieldNames>> = {
  order: {
    names: [
      "Order ID",
      "Order Number",
      "Order No",
      "Order",
      "Invoice No",
      "Invoice",
      "Invoice Number",
      "Invoice ID",
      "Order Name",
      "Transaction ID",
      "Transaction",
      "Receipt No",
      "Receipt",
      "Receipt ID",
      "Basket ID",
      "Increment ID",
      "Bestellnummer",
      "Bestellung",
      "Rechnungsnummer",
      "Auftragsnummer",
      "Numéro de commande",
      "Commande",
    ],
    only: { names: ["Name", "ID", "Number"], if: [...shopifyOrders, nestedLines] },
  },
  date: {
    names: [
      "Invoice Date",
      "Order Date",
      "Created at",
      "Placed at",
      "Purchased at",
      "Ordered at",
      "Date Created",
      "Order Created At",
      "Purchase Date",
      "Date",
      "Processed at",
      "Paid at",
      "Timestamp",
      "Datetime",
      "Transaction Date",
      "Order Time",
      "Time",
      "Bestelldatum",
      "Datum",
      "Rechnungsdatum",
      "Date de commande",
    ],
  },
  product: {
    names: [
      "Product ID",
      "Stock Code",
      "Product Code",
      "Item ID",
      "Item Code",
      "Article",
      "Article Number",
      "Product",
      "Material",
      "Artikelnummer",
      "Artikel",
      "Référence",
    ],
    ofLine: true,
  },
  sku: {
    names: [
      "Lineitem sku",
      "SKU",
      "Item SKU",
      "Product SKU",
      "Variant SKU",
      "Variant ID",
      "Variation ID",
      "Variant",
      "EAN",
      "Barcode",
      "GTIN",
    ],
    ofLine: true,
  },
  productName: {
    names: [
      "Lineitem name",
      "Description",
      "Item Name",
      "Product Name",
      "Product Title",
      "Title",
      "Name",
      "Item",
      "Item Description",
      "Product Description",
      "Bezeichnung",
      "Artikelbezeichnung",
      "Produktname",
      "Beschreibung",
      "Désignation",
    ],
    ofLine: true,
  },
  quantity: {
    names: [
      "Lineitem quantity",
      "Quantity",
      "Qty",
      "Item Quantity",
      "Quantity Ordered",
      "Qty Ordered",
      "Units",
      "Menge",
      "Anzahl",
      "Stückzahl",
      "Quantité",
    ],
    ofLine: true,
  },
  unitPrice: {
    names: [
      "Lineitem price",
      "Unit Price",
      "Item Cost",
      "Item Price",
      "Price",
      "Price Each",
      "Price per Unit",
      "Product Price",
      "Sale Price",
      "Einzelpreis",
      "Preis",
      "Stückpreis",
      "Prix unitaire",
      "Prix",
    ],
    ofLine: true,
  },
  lineTotal: {
    names: [
      "Line Total",
      "Item Total",
      "Row Total",
      "Line Amount",
      "Total Price",
      "Order Line Total",
      "Amount",
      "Total",
      "Gesamtpreis",
      "Summe",
      "Betrag",
    ],
    ofLine: true,
  },
  customer: {
    names: [
      "Customer ID",
      "Customer",
      "Customer Number",
      "Customer No",
      "Client ID",
      "User ID",
      "Buyer ID",
      "Customer User ID",
      "Member ID",
      "Kundennummer",
      "Kunde",
      "Kunden ID",
      "Numéro client",
    ],
  },
  email: {
    names: [
      "Email",
      "Customer Email",
      "Billing Email",
      "Email (Billing)",
      "Email Address",
      "E-Mail-Adresse",
      "Buyer Email",
      "Contact Email",
    ],
  },
  currency: { names: ["Currency", "Currency Code", "Order Currency", "Presentment Currency", "Währung"] },
  lineDiscount: {
    names: [
      "Lineitem discount",
      "Line Discount",
      "Item Discount",
      "Item Discount Amount",
      "Total Discount",
      "Discount",
      "Rabatt",
    ],
    ofLine: true,
  },
  orderDiscount: {
    names: [
      "Order Discount",
      "Order Discount Amount",
      "Cart Discount Amount",
      "Discount Amount",
      "Discount Total",
      "Total Discounts",
    ],
  },
  status: { names: ["Financial Status", "Order Status", "Payment Status", "Status", "State"] },
  cancelledAt: { names: ["Cancelled at", "Canceled at", "Cancellation Date", "Date Cancelled", "Storniert am"] },
  cancelled: { names: ["Cancelled", "Canceled", "Is Cancelled", "Is Canceled", "Storniert"], ofLine: true },
  returnedQuantity: {
    names: [
      "Returned Quantity",
      "Quantity Returned",
      "Return Quantity",
      "Quantity Refunded",
      "Qty Refunded",
      "Quantity (- Refund)",
    ],
    ofLine: true,
  },
  lineRefund: {
    names: [
      "Refunded",
      "Line Refund",
      "Lineitem Refund",
      "Item Refund",
      "Item Refund Amount",
      "Refund",
      "Refund Amount",
    ],
    ofLine: true,
  },
  orderRefund: { names: ["Refunded Amount", "Order Refund", "Order Refund Amount", "Total Refunded", "Refund Total"] },
  lineId: {
    names: ["Line ID", "Line Item ID", "Order Item ID", "Line Number", "Line No", "Lineitem ID", "Item #"],
    only: { names: ["ID"], if: [nestedLines] },
    ofLine: true,
  },
};

export const productFieldNames: Readonly<Record<ProductField, FieldNames>> = {
  product: {
    names: [
      "Product ID",
      "Handle",
      "Stock Code",
      "Product Code",
      "Item ID",
      "Item Code",
      "Parent SKU",
      "Item Group ID",
      "Article Number",
      "Artikelnummer",
      "ID",
      "SKU",
      "Article",
      "Product",
      "Référence",
    ],
  },
  title: {
    names: [
      "Title",
      "Product Title",
      "Product Name",
      "Name",
      "Item Name",
      "Bezeichnung",
      "Artikelbezeichnung",
      "Produktname",
      "Désignation",
    ],
  },
  description: {
    names: ["Body (HTML)", "Body HTML", "Short description", "Description", "Product Description", "Beschreibung"],
  },
  url: { names: ["URL", "Link", "Product URL", "Permalink", "Product Link"] },
  image: { names: ["Image Src", "Image", "Image URL", "Image Link", "Images", "Picture", "Variant Image", "Bild"] },
  brand: { names: ["Vendor", "Brand", "Manufacturer", "Brands", "Marke", "Hersteller", "Marque"] },
  category: {
    names: [
      "Product Category",
      "Category",
      "Categories",
      "Category Path",
      "Product Type",
      "Google Product Category",
      "Kategorie",
      "Catégorie",
    ],
  },
  type: { names: [], only: { names: ["Type"], if: shopifyProducts } },
  tags: { names: ["Tags", "Keywords", "Labels"] },
  attributes: { names: ["Attributes"] },
  publishedAt: { names: ["Published at", "Created at", "Date Created", "Available From", "Launch Date"] },
  active: { names: ["Active", "Status", "Published", "Enabled", "Is Active", "Visible"] },
  variant: { names: ["Variant SKU", "Variant ID", "SKU", "Variation SKU"] },
  variantKind: { names: [], only: { names: ["Type"], if: wooProducts } },
  parent: { names: ["Parent", "Parent ID"] },
  price: {
    names: ["Variant Price", "Regular price", "Price", "Unit Price", "List Price", "Retail Price", "Preis", "Prix"],
  },
  salePrice: { names: ["Sale price", "Special Price"] },
  cost: { names: ["Cost per item", "Cost", "Unit Cost", "Cost Price", "Purchase Price", "Einkaufspreis"] },
  stock: {
    names: [
      "Variant Inventory Qty",
      "Stock",
      "Stock Quantity",
      "Inventory",
      "Inventory Quantity",
      "Quantity",
      "Qty",
      "Bestand",
    ],
  },
  option1Name: { names: ["Option1 Name", "Attribute 1 name"] },
  option1Value: { names: ["Option1 Value", "Attribute 1 value(s)"] },
  option2Name: { names: ["Option2 Name", "Attribute 2 name"] },
  option2Value: { names: ["Option2 Value", "Attribute 2 value(s)"] },
  option3Name: { names: ["Option3 Name", "Attribute 3 name"] },
  option3Value: { names: ["Option3 Value", "Attribute 3 value(s)"] },
  options: { names: ["Options", "Variant Options"] },
};
