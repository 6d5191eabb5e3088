/*
 * Made from package.json by each build; committed so that mcconfig finds it in a tree that was never built.
 */

/** Name of the load that this code is: what configuration files name, call agents are told and the display shows. */
export const load = "linnet-0.1.0";

/** Of this code when it was not installed as a load: loads with a lower counter are older. */
export const counter = 1000;
