/** What shops call the columns of their order exports. */
import { type FieldNames, nestedLines } from "./column-names.ts";

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

/** Headers only a Shopify order export has. */
const shopifyOrders = ["Lineitem name", "Lineitem quantity"];

/** Unit prices that are net of discounts: what the commonest export of WooCommerce writes. */
const discountedPrices = ["Item Cost"];

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
      "Item Product ID",
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
      "Quantity (- Refund)",
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
    unless: discountedPrices,
    ofLine: true,
  },
  orderDiscount: {
    names: ["Order Discount", "Order Discount Amount", "Discount Amount", "Discount Total", "Total Discounts"],
    unless: discountedPrices,
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
      "Item Refunded Qty",
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
      "Item Refunded",
      "Order Line Total Refunded",
      "Refund",
      "Refund Amount",
    ],
    ofLine: true,
  },
  orderRefund: {
    names: ["Refunded Amount", "Order Refund", "Total Refunded", "Refunded Total", "Refund Total"],
    // Without a plain quantity, WooCommerce's lines are net of what was refunded already: "Quantity (- Refund)".
    only: { names: ["Order Refund Amount"], if: ["Quantity", "Qty"] },
  },
  lineId: {
    names: ["Line ID", "Line Item ID", "Order Item ID", "Line Number", "Line No", "Lineitem ID", "Item #"],
    only: { names: ["ID"], if: [nestedLines] },
    ofLine: true,
  },
};
