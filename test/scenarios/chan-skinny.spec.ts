/*
 * All scenarios of this folder in the dialect chan_skinny.
 */
import { scenarios } from "./support/matrix.js";

scenarios("chan_skinny");
