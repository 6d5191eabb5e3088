/* The network of its own that `npm run boot` has as well. */
export { hasProgram, namespacesMissing, TestNetwork } from "../../tools/boot/namespace.js";
