/*
 * Where a station stands, and which step may follow which.
 */
import { plan } from "base/machine";
import { Registration } from "hal/hardware";

/** Where a station stands. */
export const StationState = Object.freeze({
	off: 0,
	/** No call agent is configured. */
	idle: 1,
	/** Waits for the phone's own address. */
	address: 2,
	/** Looks up the call agent's name. */
	resolving: 3,
	connecting: 4,
	/** Waits for the answer to RegisterReq. */
	registering: 5,
	/** Is taken in, and asks for what a phone needs. */
	asking: 6,
	registered: 7,
	/** Pauses before the next attempt. */
	pausing: 8,
	/** Likewise, since the call agent has refused the phone. */
	rejected: 9,
	/** Waits for the answer to UnregisterReq. */
	leaving: 10,
	/** The body starts anew. */
	restarting: 11,
	/** The call agent is lost, but a call goes on: no other one is looked for before that is over. */
	preserving: 12,
});

const S = StationState;
/**
 * A call agent that has taken the phone in is told when it goes. From every other state a stop leads to `off`, and other call agents to a
 * pause. A pause and a call that goes on may end with a stand-by connection that is there for the registration at once. Calls can
 * come as soon as the call agent has been asked: from then on a loss may leave one that goes on.
 */
export const stationPlan = plan(StationState, [
	[S.idle, S.address, S.resolving],
	[S.off, S.pausing],
	[S.off, S.pausing, S.resolving],
	[S.off, S.pausing, S.connecting],
	[S.off, S.pausing, S.resolving, S.registering],
	[S.off, S.pausing, S.asking, S.rejected, S.restarting, S.preserving],
	[S.pausing, S.registered, S.rejected, S.leaving, S.restarting, S.preserving],
	[S.pausing, S.rejected, S.leaving, S.restarting, S.preserving],
	[S.off, S.idle, S.address, S.resolving, S.registering],
	[S.off, S.pausing, S.address, S.resolving],
	[S.off],
	[S.off],
	[S.off, S.pausing, S.idle, S.address, S.resolving, S.registering, S.restarting],
]);

/** What the display and the mirror are told of each state; undefined: as before. */
export const registrations: readonly (number | undefined)[] = Object.freeze([
	Registration.none,
	Registration.none,
	Registration.finding,
	Registration.finding,
	Registration.finding,
	Registration.registering,
	Registration.registering,
	Registration.registered,
	Registration.finding,
	Registration.rejected,
	undefined,
	Registration.none,
	Registration.finding,
]);
