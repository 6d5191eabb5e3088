/*
 * Lets Node import the phone's modules by the specifiers of manifest.json: node --import ./tools/build/resolver.mjs.
 * The body's own specifiers (hal/body, timer, embedded:...) mean nothing on Node and stay unresolved there, but for the SDK's drivers of
 * sensors, which boards name.
 */
import { register } from "node:module";

register("./resolver-hooks.mjs", import.meta.url);
