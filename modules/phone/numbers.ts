/*
 * The numbers of SCCP that whoever shows the mirror needs: call states and types, kinds of keys, busy lamp states.
 */

export { CallType, State } from "sccp/messages-call";
export { Button } from "sccp/messages-status";
export type { Text } from "sccp/text";

/** Status of a busy lamp field. */
export const BusyLamp = Object.freeze({ unknown: 0, idle: 1, inUse: 2, doNotDisturb: 3, alerting: 4 });
