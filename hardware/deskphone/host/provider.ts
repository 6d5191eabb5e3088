/*
 * ECMA-419 host provider of the desk phone: which I/O the board has, and on which pins. So far a bare ESP32-S3 module with the
 * hook switch on GPIO 0, where development boards carry their BOOT button: held down is off hook.
 */
import Digital from "embedded:io/digital";

export default {
	io: { Digital },
	pin: { hook: 0 },
};
