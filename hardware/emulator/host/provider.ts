/*
 * ECMA-419 host provider: the emulated chip has no I/O that drivers could use, but somebody at the other end of a line.
 */
import { control } from "hardware/emulator/control";

export default Object.freeze({
	io: Object.freeze({}),
	control,
});
