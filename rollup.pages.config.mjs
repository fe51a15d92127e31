/** Builds what `npm start` serves beside the API: the console, and the script that storefronts load. */
import console from "./rollup.console.config.mjs";
import widgets from "./rollup.widgets.config.mjs";

export default [console, ...widgets];
