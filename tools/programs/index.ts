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
export type { Spread } from "../farm/measure.js";
export type {
	CallResult,
	FailureKind,
	FarmOptions,
	LoadOptions,
	LoadResult,
	Moment,
	RegistrationResult,
	Sound,
} from "../farm/results.js";
export { PhoneError } from "../phone/error.js";
export type { LampState, Screen, StreamStatistics } from "../phone/messages.js";
export { CallAgent, type CallAgentEvents, type CallSide, type KnownPhone } from "./agent.js";
export { Farm, type FarmCallOptions, type FarmedPhone } from "./farm.js";
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
