/*
 * What a farm has found, for people and for programs.
 */
import type { Spread } from "./measure.js";
import type { LoadResult, RegistrationResult } from "./results.js";

/** Processors kept busy, on an average: 1 is one whole. */
export interface Costs {
	readonly phones: number;
	readonly driver: number;
	/** Of a call agent that was started with the farm. */
	readonly agent?: number;
}

export interface Report {
	readonly agent: string;
	readonly phones: number;
	readonly registration: RegistrationResult;
	readonly result: LoadResult;
	readonly costs: Costs;
	/** Octets of memory of a phone. */
	readonly bytes: number;
}

/** One object in one line; times are in milliseconds unless their names say otherwise. */
export function asJson({ agent, phones, registration, result, costs, bytes }: Report): string {
	const { registered, failed, seconds, time } = registration;
	return JSON.stringify({
		agent,
		phones,
		registered,
		not_registered: failed,
		registration_seconds: seconds,
		registration_ms: time,
		calls_ok: result.callsOk,
		calls_failed: result.callsFailed,
		calls_not_made: result.callsNotMade,
		calls_at_once: result.callsAtOnce,
		failures: result.failures,
		dial_tone_ms: result.dialTone,
		ringing_ms: result.ringing,
		answer_ms: result.answer,
		set_up_ms: result.setUp,
		release_ms: result.release,
		...(result.sound
			? {
					packets_sent: result.sound.sent,
					packets_received: result.sound.received,
					packets_lost: result.sound.lost,
					jitter_ms: result.sound.jitter,
					mos: result.sound.mos,
				}
			: {}),
		bytes_per_phone: bytes,
		processors: costs,
		driver_lag_ms: result.lag,
		calls_late: result.late,
	});
}

function row(name: string, { p50, p95, p99, max }: Spread): string {
	return `${name.padEnd(24)}${[p50, p95, p99, max].map((value) => value.toFixed(1).padStart(10)).join("")}\n`;
}

export function asText({ agent, registration, result, costs, bytes }: Report): string {
	const { registered, failed, seconds, time } = registration;
	const kinds = Object.entries(result.failures).map(([kind, count]) => `${kind} ${count}`);
	const why = kinds.length > 0 ? ` (${kinds.join(", ")})` : "";
	const missed = result.callsNotMade > 0 ? `; ${result.callsNotMade} not made: no phones were free` : "";
	let text = `call agent ${agent}\n${registered} phones registered in ${seconds.toFixed(1)} s, ${failed} not\n`;
	text += `${result.callsOk} calls, ${result.callsFailed} failed${why}, ${result.callsAtOnce} at once at most${missed}\n\n`;
	text += `${"milliseconds".padEnd(24)}${["p50", "p95", "p99", "max"].map((name) => name.padStart(10)).join("")}\n`;
	text += row("registration", time);
	text += row("dial tone", result.dialTone);
	text += row("ringing", result.ringing);
	text += row("answer", result.answer);
	text += row("set-up", result.setUp);
	text += row("release", result.release);
	if (result.sound) {
		const { sent, received, lost, mos } = result.sound;
		text += `\n${sent} packets of sound sent, ${received} received, ${lost} lost; MOS ${mos.p50.toFixed(2)} (p50)\n`;
	}
	const agentCost = costs.agent === undefined ? "" : `, the call agent ${costs.agent.toFixed(2)}`;
	text += `\na phone takes ${(bytes / 1e6).toFixed(2)} MB; processors: phones ${costs.phones.toFixed(2)}, this program ${costs.driver.toFixed(2)}${agentCost}\n`;
	if (result.lag.p99 > 50 || result.late > 0)
		text += `this computer came late by up to ${result.lag.p99.toFixed(0)} ms (p99) and begun ${result.late} calls late: it may be the limit, not the call agent\n`;
	return text;
}
