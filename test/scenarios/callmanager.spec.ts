/*
 * All scenarios of this folder in the dialect callmanager.
 */
import { scenarios } from "./support/matrix.js";

scenarios("callmanager");
