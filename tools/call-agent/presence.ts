/*
 * Busy lamp fields: speed-dial keys that show what the line behind them does.
 */
import type { Device } from "./device.js";
import { type Dialect, HintState } from "./dialect-features.js";
import type { Numbering } from "./numbering.js";

export class Presence {
	private readonly shown = new Map<string, number>();

	constructor(
		private readonly dialect: Dialect,
		private readonly numbering: Numbering,
		private readonly devices: ReadonlyMap<string, Device>,
	) {}

	private state(number: string): number {
		const lines = this.numbering.linesOf(number).filter(({ device }) => device.registered);
		if (lines.length === 0) return HintState.unknown;
		const legs = lines.flatMap((line) => line.device.legs.filter((leg) => leg.line === line));
		if (legs.some(({ state }) => state === "ringIn")) return HintState.alerting;
		if (legs.length > 0) return HintState.inUse;
		return lines.every(({ device }) => device.doNotDisturb) ? HintState.doNotDisturb : HintState.idle;
	}

	/** Tells those who watch a number when its state has changed. */
	update(number: string): void {
		const state = this.state(number);
		if (this.shown.get(number) === state) return;
		this.shown.set(number, state);
		for (const device of this.devices.values()) if (device.registered) this.show(device, number, state);
	}

	/** Tells a phone all states that it watches. */
	tell(device: Device): void {
		for (const number of new Set(device.speedDials.filter(({ hint }) => hint).map((dial) => dial.number))) {
			const state = this.state(number);
			this.shown.set(number, state);
			this.show(device, number, state);
		}
	}

	private show(device: Device, number: string, state: number): void {
		device.speedDials.forEach((dial, index) => {
			if (dial.hint && dial.number === number) this.dialect.hint(device, index, state);
		});
	}
}
