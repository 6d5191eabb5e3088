/*
 * A touch panel, looked at at regular times: on boards that can be bought the interrupt of its controller goes through other chips.
 */
import type { TouchPoint, TouchSensor } from "hal/drivers/common/chips";
import type { MakeTicker } from "hal/esp32s3/ticker";

const NOBODY = -1;

/** Milliseconds between looks: no finger is faster than two of them. */
const STEP = 25;
/** Looks without an answer that are forgiven: the controller sleeps, or the bus is busy. */
const FORGIVEN = 3;

export interface TouchListener {
	/** A finger is at this point of the panel. */
	touch(x: number, y: number): void;
	/** No finger is down. */
	release(): void;
}

export class TouchPanel {
	private readonly sensor: TouchSensor;
	private readonly listener: TouchListener;
	private silent = 0;
	/** The controller's number of the finger that was told last. */
	private finger = NOBODY;

	constructor(sensor: TouchSensor, listener: TouchListener, ticker: MakeTicker) {
		this.sensor = sensor;
		this.listener = listener;
		ticker(() => this.look()).every(STEP);
	}

	private look(): void {
		let points: readonly TouchPoint[] | undefined;
		try {
			points = this.sensor.sample();
		} catch {
			this.silent += 1;
			if (this.silent === FORGIVEN) this.release();
			return;
		}
		this.silent = 0;
		if (points === undefined) return;
		const first = points[0];
		if (first === undefined) this.release();
		else this.touch(first);
	}

	private touch({ id, x, y }: TouchPoint): void {
		// one finger went up while another was down already: that is a press of its own
		if (id !== this.finger && this.finger !== NOBODY) this.release();
		this.finger = id;
		this.listener.touch(x, y);
	}

	private release(): void {
		this.finger = NOBODY;
		this.listener.release();
	}
}
