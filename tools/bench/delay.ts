/*
 * Delay that the phone adds to sound on a calm network, measured on the host's port with its own clock, sockets and thread.
 */
import { join } from "node:path";
import { buildFolder, make, run } from "./programs.js";

export interface DelayFigures {
	/** Median time from the first sample of a packet at the microphone to the socket. */
	mic_to_socket_ms: number;
	/** Median time from the socket to that sample at the speaker. */
	socket_to_speaker_ms: number;
	sum_ms: number;
	packet_time_ms: number;
	/** Marks in the sound that were measured each way. */
	marks: number;
}

/** Measures for so many seconds, the start of the call included. */
export function benchDelay(seconds: number): DelayFigures {
	make("../build/audio/delay");
	const output = run(join(buildFolder, "audio/delay"), [String(Math.ceil(seconds))], seconds + 60);
	const [out = 0, back = 0, marks = 0] = output.trim().split(" ").map(Number);
	return {
		mic_to_socket_ms: out,
		socket_to_speaker_ms: back,
		sum_ms: Number((out + back).toFixed(2)),
		packet_time_ms: 20,
		marks,
	};
}
