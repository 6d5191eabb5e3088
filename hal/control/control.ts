/*
 * The control channel to whoever holds the phone in place of a person: the parent of a program, the tools around an emulated chip.
 * JSON lines out, put together by control.c so that the phone's heap holds none of them.
 */

export const Control = Object.freeze({
	/**
	 * @param channel the port's number: a descriptor, a UART. @param onEnd called when the far end has gone.
	 * @returns false when it cannot be had. Without a channel all that is written goes nowhere.
	 */
	open(channel: number, onLine: (line: string) => void, onEnd: () => void): boolean {
		return native("xs_control_open").call(this, channel, onLine, onEnd);
	},

	/** Adds to the line as it stands. */
	text(text: string): void {
		native("xs_control_text").call(this, text);
	},

	/** Adds a JSON string. */
	quote(text: string): void {
		native("xs_control_quote").call(this, text);
	},

	number(value: number): void {
		native("xs_control_number").call(this, value);
	},

	/** Adds octets of an array in base 64 (RFC 4648), without quotes; none where it has fewer. */
	base64(octets: Uint8Array, from: number, size: number): void {
		native("xs_control_base64").call(this, octets, from, size);
	},

	/** Ends the line and sends it. */
	end(): void {
		native("xs_control_end").call(this);
	},

	/** Adds `name` (with its punctuation) and a number. */
	field(name: string, value: number): void {
		Control.text(name);
		Control.number(value);
	},

	/** Adds `name` (with its punctuation) and a string. */
	textField(name: string, value: string): void {
		Control.text(name);
		Control.quote(value);
	},

	/** Adds `name` (with its punctuation) and true or false. */
	flag(name: string, value: boolean): void {
		Control.text(name);
		Control.text(value ? "true" : "false");
	},
});
