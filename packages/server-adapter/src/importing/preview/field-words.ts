/** What the fields of files are called, and what their cells hold. */
import type { OrderField } from "../order-column-names.ts";
import type { ProductField } from "../product-column-names.ts";

/** What a cell of a field must be readable as. */
export type CellKind = "text" | "number" | "date" | "currency" | "email";

export interface FieldWords {
  readonly label: string;
  readonly holds: CellKind;
}

export const orderFieldWords: Readonly<Record<OrderField, FieldWords>> = {
  order: { label: "Order number", holds: "text" },
  date: { label: "Time of the order", holds: "date" },
  product: { label: "Product", holds: "text" },
  sku: { label: "SKU", holds: "text" },
  productName: { label: "Name of the product", holds: "text" },
  quantity: { label: "Quantity", holds: "number" },
  unitPrice: { label: "Price of one", holds: "number" },
  lineTotal: { label: "Price of the line", holds: "number" },
  customer: { label: "Customer", holds: "text" },
  email: { label: "E-mail of the customer", holds: "email" },
  currency: { label: "Currency", holds: "currency" },
  lineDiscount: { label: "Discount on the line", holds: "number" },
  orderDiscount: { label: "Discount on the order", holds: "number" },
  status: { label: "State of the order", holds: "text" },
  cancelledAt: { label: "Time of cancellation", holds: "date" },
  cancelled: { label: "Whether it was cancelled", holds: "text" },
  returnedQuantity: { label: "Returned quantity", holds: "number" },
  lineRefund: { label: "Refund for the line", holds: "number" },
  orderRefund: { label: "Refund for the order", holds: "number" },
  lineId: { label: "Number of the line", holds: "text" },
};

export const productFieldWords: Readonly<Record<ProductField, FieldWords>> = {
  product: { label: "Product", holds: "text" },
  title: { label: "Title", holds: "text" },
  description: { label: "Description", holds: "text" },
  url: { label: "Page", holds: "text" },
  image: { label: "Picture", holds: "text" },
  brand: { label: "Brand", holds: "text" },
  category: { label: "Category", holds: "text" },
  type: { label: "Kind of product", holds: "text" },
  tags: { label: "Tags", holds: "text" },
  attributes: { label: "Attributes", holds: "text" },
  publishedAt: { label: "Sold since", holds: "date" },
  active: { label: "Whether it is sold", holds: "text" },
  minimumAge: { label: "Minimum age", holds: "text" },
  countries: { label: "Sold in these countries only", holds: "text" },
  excludedCountries: { label: "Not sold in these countries", holds: "text" },
  variant: { label: "Variant", holds: "text" },
  variantKind: { label: "Kind of row", holds: "text" },
  parent: { label: "Product of the variant", holds: "text" },
  price: { label: "Price", holds: "number" },
  salePrice: { label: "Reduced price", holds: "number" },
  cost: { label: "Cost", holds: "number" },
  stock: { label: "Stock", holds: "number" },
  option1Name: { label: "Name of option 1", holds: "text" },
  option1Value: { label: "Option 1", holds: "text" },
  option2Name: { label: "Name of option 2", holds: "text" },
  option2Value: { label: "Option 2", holds: "text" },
  option3Name: { label: "Name of option 3", holds: "text" },
  option3Value: { label: "Option 3", holds: "text" },
  options: { label: "Options", holds: "text" },
};
