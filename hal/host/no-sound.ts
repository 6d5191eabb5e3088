/*
 * In place of the sound pipeline for a phone that is to make none: what the call agent asks for is done in word alone, without a packet, a
 * tone or a tick of a clock.
 */
import type { Audio } from "hal/hardware";

/** Where streams would listen: ports of their own, at which nobody does. */
const firstPort = 16384;

export class NoSound implements Audio {
	readonly wideband: boolean;
	readonly suppressesNoise = false;

	constructor(wideband: boolean) {
		this.wideband = wideband;
	}

	openReceive(stream: number): number {
		return firstPort + 2 * stream;
	}

	openMulticast(): boolean {
		return true;
	}

	closeReceive(): void {}

	receiveEvents(): void {}

	startTransmit(): boolean {
		return true;
	}

	stopTransmit(): void {}

	setTransmit(): void {}

	sendEvent(): boolean {
		return true;
	}

	setReports(): void {}

	startTone(): boolean {
		return true;
	}

	stopTone(): void {}

	ring(): number {
		return 0;
	}

	setLocale(): void {}

	setTones(): boolean {
		return true;
	}

	keyTone(): void {}

	setBell(): void {}

	beginRing(): boolean {
		return false;
	}

	ringData(octets: Uint8Array): number {
		return octets.byteLength;
	}

	endRing(): boolean {
		return false;
	}

	setRoute(): void {}

	setMute(): void {}

	setVolume(): void {}

	setNoiseSuppression(): void {}

	setLevelControl(): void {}

	statistics(_stream: number, target: ArrayBuffer): void {
		new Uint32Array(target).fill(0);
	}
}
