/*
 * The audio pipeline of a phone that is held over the control channel: tones and ringing are told there, counters on demand.
 */
import { Control } from "hal/control/control";
import { type Audio, Statistic } from "hal/hardware";

const streams = 2;
/** Direction of a tone that only the far end hears. */
const network = 1;
/** What a stream does, in bits. */
const Open = Object.freeze({ receiving: 1, sending: 2 });

/** Keys of the counters in the order of {@link Statistic}. */
const counters: readonly string[] = Object.freeze(Object.keys(Statistic).slice(0, Statistic.count));

export class ControlSound implements Audio {
	private readonly pipeline: Audio;
	private readonly counters = new Uint32Array(Statistic.count);
	private readonly open = new Uint8Array(streams);

	get wideband(): boolean {
		return this.pipeline.wideband;
	}

	get suppressesNoise(): boolean {
		return this.pipeline.suppressesNoise;
	}

	constructor(pipeline: Audio) {
		this.pipeline = pipeline;
	}

	openReceive(stream: number, payloadType: number, packetTime: number): number {
		const port = this.pipeline.openReceive(stream, payloadType, packetTime);
		if (port !== 0) this.set(stream, Open.receiving);
		return port;
	}

	openMulticast(stream: number, address: number, port: number, payloadType: number, packetTime: number): boolean {
		const opened = this.pipeline.openMulticast(stream, address, port, payloadType, packetTime);
		if (opened) this.set(stream, Open.receiving);
		return opened;
	}

	closeReceive(stream: number): void {
		this.pipeline.closeReceive(stream);
		this.clear(stream, Open.receiving);
	}

	startTransmit(
		stream: number,
		address: number,
		port: number,
		payloadType: number,
		packetTime: number,
		tos: number,
	): boolean {
		const started = this.pipeline.startTransmit(stream, address, port, payloadType, packetTime, tos);
		if (started) this.set(stream, Open.sending);
		return started;
	}

	receiveEvents(stream: number, payloadType: number): void {
		this.pipeline.receiveEvents(stream, payloadType);
	}

	stopTransmit(stream: number): void {
		this.pipeline.stopTransmit(stream);
		this.clear(stream, Open.sending);
	}

	setTransmit(stream: number, silenceSuppression: boolean, eventPayloadType: number): void {
		this.pipeline.setTransmit(stream, silenceSuppression, eventPayloadType);
	}

	sendEvent(stream: number, event: number, milliseconds: number): boolean {
		return this.pipeline.sendEvent(stream, event, milliseconds);
	}

	setLocale(country: number): void {
		this.pipeline.setLocale(country);
	}

	keyTone(event: number): void {
		this.pipeline.keyTone(event);
	}

	setTones(numbers: Uint16Array): boolean {
		return this.pipeline.setTones(numbers);
	}

	setBell(bell: number): void {
		this.pipeline.setBell(bell);
	}

	beginRing(): boolean {
		return this.pipeline.beginRing();
	}

	ringData(octets: Uint8Array): number {
		return this.pipeline.ringData(octets);
	}

	endRing(): boolean {
		return this.pipeline.endRing();
	}

	setNoiseSuppression(on: boolean): void {
		this.pipeline.setNoiseSuppression(on);
	}

	setLevelControl(on: boolean): void {
		this.pipeline.setLevelControl(on);
	}

	setReports(reports: boolean): void {
		this.pipeline.setReports(reports);
	}

	startTone(id: number, direction: number): boolean {
		const known = this.pipeline.startTone(id, direction);
		if (direction !== network) this.tell('{"type":"tone","id":', id);
		return known;
	}

	stopTone(cut: boolean): void {
		this.pipeline.stopTone(cut);
		this.tell('{"type":"tone","id":', 0);
	}

	ring(mode: number, once: boolean): number {
		const length = this.pipeline.ring(mode, once);
		this.tell('{"type":"ring","mode":', mode);
		return length;
	}

	setRoute(route: number): void {
		this.pipeline.setRoute(route);
	}

	setMute(muted: boolean): void {
		this.pipeline.setMute(muted);
	}

	setVolume(route: number, step: number): void {
		this.pipeline.setVolume(route, step);
	}

	statistics(stream: number, target: ArrayBuffer): void {
		this.pipeline.statistics(stream, target);
	}

	/** Tells all counters of all streams on the control channel. */
	report(ticks: number): void {
		Control.text('{"type":"statistics","streams":[');
		for (let stream = 0; stream < streams; stream++) {
			this.pipeline.statistics(stream, this.counters.buffer);
			Control.flag(stream > 0 ? ',{"open":' : '{"open":', this.open[stream] !== 0);
			for (let index = 0; index < counters.length; index++) {
				Control.text(',"');
				Control.text(counters[index] ?? "");
				Control.field('":', this.counters[index] ?? 0);
			}
			Control.text("}");
		}
		Control.field('],"ticks":', ticks);
		Control.text("}");
		Control.end();
	}

	/** A line of what sounds now: `start` and a number. */
	protected tell(start: string, value: number): void {
		Control.field(start, value);
		Control.text("}");
		Control.end();
	}

	private set(stream: number, bit: number): void {
		if (stream < streams) this.open[stream] = (this.open[stream] as number) | bit;
	}

	private clear(stream: number, bit: number): void {
		if (stream < streams) this.open[stream] = (this.open[stream] as number) & ~bit;
	}
}
