/*
 * Lets Node import the phone's modules by the specifiers of manifest.json: node --import ./tools/build/resolver.mjs.
 * The body's own specifiers (hal/body, timer, embedded:...) mean nothing on Node and stay unresolved there.
 */
import { register } from "node:module";

register("./resolver-hooks.mjs", import.meta.url);
