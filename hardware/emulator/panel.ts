/*
 * Espressif's QEMU panel as the SDK has displays: the class of the global `screen`. The natives stand in emulator_panel.c.
 */

export default class Panel extends Native("xs_emulator_panel_destructor") {
	/** Throws on a chip that is none of QEMU's. */
	constructor() {
		super();
		native("xs_emulator_panel").call(this);
	}

	/** Begins an area: what is sent fills it row by row. */
	begin(x: number, y: number, width: number, height: number): undefined {
		return native("xs_emulator_panel_begin").call(this, x, y, width, height);
	}

	send(pixels: ArrayBuffer, offset: number, count: number): undefined {
		return native("xs_emulator_panel_send").call(this, pixels, offset, count);
	}

	end(): undefined {
		return native("xs_emulator_panel_end").call(this);
	}

	/** Between two areas. */
	continue(): undefined {
		return native("xs_emulator_panel_end").call(this);
	}

	/** Two octets each. */
	pixelsToBytes(count: number): number {
		return 2 * count;
	}

	get pixelFormat(): number {
		return native("xs_emulator_panel_format").call(this);
	}

	get width(): number {
		return native("xs_emulator_panel_width").call(this);
	}

	get height(): number {
		return native("xs_emulator_panel_height").call(this);
	}

	/** Nothing is under way when `send` has returned. */
	get async(): boolean {
		return false;
	}

	/** The renderer calls C by itself. */
	get c_dispatch(): this {
		return this;
	}
}
