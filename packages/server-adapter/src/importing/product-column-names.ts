/** What shops call the columns of their product exports. */
import type { FieldNames } from "./column-names.ts";

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
  | "minimumAge"
  | "countries"
  | "excludedCountries"
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

/** Headers of product exports that put each variant on its own row. */
const shopifyProducts = ["Variant Price", "Variant SKU", "Option1 Value"];
/** Headers only a WooCommerce product export has. */
const wooProducts = ["Regular price", "Attribute 1 name", "Is featured?", "Visibility in catalog"];

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
  minimumAge: { names: ["Minimum Age", "Age Limit", "Age Restriction", "Mindestalter", "Âge minimum"] },
  countries: { names: ["Sold In Countries", "Sales Countries", "Verkaufsländer"] },
  excludedCountries: { names: ["Excluded Countries", "Not Sold In Countries"] },
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
