/*
 * All scenarios of this folder in the dialect chan_sccp.
 */
import { scenarios } from "./support/matrix.js";

scenarios("chan_sccp");
