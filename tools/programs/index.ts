/*
 * What programs import of the package: docs/programs.md.
 */

export type {
	CallAgentOptions,
	DeviceOptions,
	DialectName,
	Faults,
	LineOptions,
	SpeedDialOptions,
} from "../call-agent/options.js";
export { PhoneError } from "../phone/error.js";
export type { LampState, Screen, StreamStatistics } from "../phone/messages.js";
export { CallAgent, type CallAgentEvents, type CallSide, type KnownPhone } from "./agent.js";
export {
	type AgentAddress,
	type Call,
	type Checks,
	type Demands,
	type KeyName,
	type Passage,
	Phone,
	type PhoneEvents,
	type PhoneOptions,
	type StreamQuality,
	type WaitOptions,
	type Waits,
} from "./phone.js";
export { readWav, speech, tone, writeWav } from "./samples.js";
