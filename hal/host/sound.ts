/*
 * The audio pipeline on the host: the phone's own, with its microphone and speaker set up from the command line and its
 * tones and ringing told on the control channel.
 */
import { Audio as Pipeline } from "audio/audio";
import { type Audio, Statistic } from "hal/hardware";
import { Control } from "hal/host/control";

const streams = 2;

/** Direction of a tone that only the far end hears. */
const network = 1;

/** Keys of the counters in the order of {@link Statistic}. */
const counters: readonly string[] = Object.freeze(Object.keys(Statistic).slice(0, Statistic.count));

/** What audio/port/host_xs.c offers beside the pipeline itself. */
const Port = Object.freeze({
	microphone(word: string): string {
		return native("xs_audio_host_microphone").call(Port, word);
	},

	speaker(word: string): string {
		return native("xs_audio_host_speaker").call(Port, word);
	},

	echo(delay: number): boolean {
		return native("xs_audio_host_echo").call(Port, delay);
	},

	address(address: number): void {
		native("xs_audio_host_address").call(Port, address);
	},

	open(stream: number): number {
		return native("xs_audio_host_open").call(Port, stream);
	},
});

export class HostSound implements Audio {
	readonly #pipeline = new Pipeline();
	readonly #counters = new Uint32Array(Statistic.count);

	/** Sets the microphone and the speaker; what is wrong with one of the words, or ''. */
	connect(microphone: string, speaker: string): string {
		return Port.microphone(microphone) || Port.speaker(speaker);
	}

	/** Cancels what the microphone hears of the speaker that long after; false when the build cannot. */
	cancelEcho(milliseconds: number): boolean {
		return Port.echo(Math.round(milliseconds / 10));
	}

	/** Where RTP sockets are bound from now on; 0 is any address. */
	bind(address: number): void {
		Port.address(address);
	}

	openReceive(stream: number, payloadType: number, packetTime: number): number {
		return this.#pipeline.openReceive(stream, payloadType, packetTime);
	}

	openMulticast(stream: number, address: number, port: number, payloadType: number, packetTime: number): boolean {
		return this.#pipeline.openMulticast(stream, address, port, payloadType, packetTime);
	}

	closeReceive(stream: number): void {
		this.#pipeline.closeReceive(stream);
	}

	startTransmit(
		stream: number,
		address: number,
		port: number,
		payloadType: number,
		packetTime: number,
		tos: number,
	): boolean {
		return this.#pipeline.startTransmit(stream, address, port, payloadType, packetTime, tos);
	}

	receiveEvents(stream: number, payloadType: number): void {
		this.#pipeline.receiveEvents(stream, payloadType);
	}
	stopTransmit(stream: number): void {
		this.#pipeline.stopTransmit(stream);
	}

	setTransmit(stream: number, silenceSuppression: boolean, eventPayloadType: number): void {
		this.#pipeline.setTransmit(stream, silenceSuppression, eventPayloadType);
	}

	sendEvent(stream: number, event: number, milliseconds: number): boolean {
		return this.#pipeline.sendEvent(stream, event, milliseconds);
	}

	setLocale(locale: number): void {
		this.#pipeline.setLocale(locale);
	}

	keyTone(event: number): void {
		this.#pipeline.keyTone(event);
	}

	setBell(bell: number): void {
		this.#pipeline.setBell(bell);
	}

	setRingFile(file: ArrayBuffer): boolean {
		return this.#pipeline.setRingFile(file);
	}

	setReports(reports: boolean): void {
		this.#pipeline.setReports(reports);
	}

	startTone(id: number, direction: number): void {
		this.#pipeline.startTone(id, direction);
		if (direction !== network) tell('{"type":"tone","id":', id);
	}

	stopTone(): void {
		this.#pipeline.stopTone();
		tell('{"type":"tone","id":', 0);
	}

	ring(mode: number, once: boolean): void {
		this.#pipeline.ring(mode, once);
		tell('{"type":"ring","mode":', mode);
	}

	setRoute(route: number): void {
		this.#pipeline.setRoute(route);
	}

	setMute(muted: boolean): void {
		this.#pipeline.setMute(muted);
	}

	setVolume(route: number, step: number): void {
		this.#pipeline.setVolume(route, step);
	}

	statistics(stream: number, target: ArrayBuffer): void {
		this.#pipeline.statistics(stream, target);
	}

	/** Tells all counters of all streams on the control channel. */
	report(ticks: number): void {
		Control.text('{"type":"statistics","streams":[');
		for (let stream = 0; stream < streams; stream++) {
			this.#pipeline.statistics(stream, this.#counters.buffer);
			Control.flag(stream > 0 ? ',{"open":' : '{"open":', Port.open(stream) !== 0);
			for (let index = 0; index < counters.length; index++) {
				Control.text(',"');
				Control.text(counters[index] ?? "");
				Control.field('":', this.#counters[index] ?? 0);
			}
			Control.text("}");
		}
		Control.field('],"ticks":', ticks);
		Control.text("}");
		Control.end();
	}
}

function tell(start: string, value: number): void {
	Control.field(start, value);
	Control.text("}");
	Control.end();
}
