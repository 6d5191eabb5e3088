/*
 * The audio pipeline as the phone sees it: every method is one call into audio/xs_audio.c. What each does, its units and
 * ranges stand at the interface in hal/hardware.ts.
 */
import type { Audio as AudioHardware } from "hal/hardware";

/** The pipeline itself: a constructor that is C's sets no fields. */
class Pipeline extends Native("xs_audio_destructor") {
	constructor(wideband: boolean) {
		super();
		native("xs_audio").call(this, wideband);
	}
}

export class Audio extends Pipeline implements AudioHardware {
	readonly wideband: boolean;

	/** @param wideband whether the converters that the pipeline works for can have 16 kHz. */
	constructor(wideband: boolean) {
		super(wideband);
		this.wideband = wideband;
	}
	get suppressesNoise(): boolean {
		return native("xs_audio_suppressesNoise").call(this);
	}
	openReceive(stream: number, payloadType: number, packetTime: number): number {
		return native("xs_audio_openReceive").call(this, stream, payloadType, packetTime);
	}
	openMulticast(stream: number, address: number, port: number, payloadType: number, packetTime: number): boolean {
		return native("xs_audio_openMulticast").call(this, stream, address, port, payloadType, packetTime);
	}
	closeReceive(stream: number): undefined {
		return native("xs_audio_closeReceive").call(this, stream);
	}
	receiveEvents(stream: number, payloadType: number): undefined {
		return native("xs_audio_receiveEvents").call(this, stream, payloadType);
	}
	startTransmit(
		stream: number,
		address: number,
		port: number,
		payloadType: number,
		packetTime: number,
		tos: number,
	): boolean {
		return native("xs_audio_startTransmit").call(this, stream, address, port, payloadType, packetTime, tos);
	}
	stopTransmit(stream: number): undefined {
		return native("xs_audio_stopTransmit").call(this, stream);
	}
	setTransmit(stream: number, silenceSuppression: boolean, eventPayloadType: number): undefined {
		return native("xs_audio_setTransmit").call(this, stream, silenceSuppression, eventPayloadType);
	}
	sendEvent(stream: number, event: number, milliseconds: number): boolean {
		return native("xs_audio_sendEvent").call(this, stream, event, milliseconds);
	}
	setReports(reports: boolean): undefined {
		return native("xs_audio_setReports").call(this, reports);
	}
	startTone(id: number, direction: number): boolean {
		return native("xs_audio_startTone").call(this, id, direction);
	}
	stopTone(cut: boolean): undefined {
		return native("xs_audio_stopTone").call(this, cut);
	}
	ring(mode: number, once: boolean): number {
		return native("xs_audio_ring").call(this, mode, once);
	}
	setLocale(country: number): undefined {
		return native("xs_audio_setLocale").call(this, country);
	}
	setTones(numbers: Uint16Array): boolean {
		return this.setToneOctets(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
	}
	private setToneOctets(octets: Uint8Array): boolean {
		return native("xs_audio_setTones").call(this, octets);
	}
	keyTone(event: number): undefined {
		return native("xs_audio_keyTone").call(this, event);
	}
	setBell(bell: number): undefined {
		return native("xs_audio_setBell").call(this, bell);
	}
	beginRing(): boolean {
		return native("xs_audio_beginRing").call(this);
	}
	ringData(octets: Uint8Array): number {
		return native("xs_audio_ringData").call(this, octets);
	}
	endRing(): boolean {
		return native("xs_audio_endRing").call(this);
	}
	setRoute(route: number): undefined {
		return native("xs_audio_setRoute").call(this, route);
	}
	setMute(muted: boolean): undefined {
		return native("xs_audio_setMute").call(this, muted);
	}
	setVolume(route: number, step: number): undefined {
		return native("xs_audio_setVolume").call(this, route, step);
	}
	setNoiseSuppression(on: boolean): undefined {
		return native("xs_audio_setNoiseSuppression").call(this, on);
	}
	setLevelControl(on: boolean): undefined {
		return native("xs_audio_setLevelControl").call(this, on);
	}
	statistics(stream: number, target: ArrayBuffer): undefined {
		return native("xs_audio_statistics").call(this, stream, target);
	}
}
