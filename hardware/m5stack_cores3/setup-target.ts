/*
 * Runs once at boot, before the network comes up and before main: switches on the CoreS3's power rails and takes its parts out of
 * reset, which here is done by a power chip (AXP2101) and an expander (AW9523B) on I2C.
 */
import SMBus from "embedded:io/smbus";
import { board } from "board";
import Timer from "timer";

const POWER = 0x34;
const EXPANDER = 0x58;
/** In milliseconds: reset of the display's controller, and its first breath after it. */
const RESET = 20;
const AWAKE = 120;

/** Pairs of register and value. Voltages of the ALDO rails are 0.5 V and 0.1 V for each step. */
const RAILS = Object.freeze([
	...[0x92, 13], // ALDO1 1.8 V: amplifier
	...[0x93, 28], // ALDO2 3.3 V: microphones
	...[0x94, 28], // ALDO3 3.3 V: camera, which must not pull the bus down
	...[0x95, 28], // ALDO4 3.3 V: memory card
	...[0x90, 0xbf], // all of them on, and DLDO1, the backlight
	...[0x30, 0x0f], // measure the battery
]);

/** P0: touch's and amplifier's resets up, power for what is stacked below. P1: resets of camera and display, 5 V converter. */
const PORTS = Object.freeze([
	...[0x02, 0b0000_0111],
	...[0x03, 0b1000_0011],
	...[0x04, 0b0001_1000], // inputs of P0
	...[0x05, 0b0000_1100], // inputs of P1: interrupts of touch and amplifier
	...[0x11, 0b0001_0000], // P0 drives both ways
	...[0x12, 0xff], // no LED currents
	...[0x13, 0xff],
]);

const PORT1 = 0x03;
/** Both lines that display resets have been on. */
const DISPLAY = 0b0010_0010;

/** The part of the SDK's SMBus used here. */
interface Registers {
	readUint8(register: number): number;
	writeUint8(register: number, value: number): void;
	close(): void;
}

interface Place {
	io: unknown;
	data: number;
	clock: number;
	hz: number;
	address: number;
}

export default function setupTarget(done: () => void): void {
	const bus = board.i2c[0];
	if (bus === undefined) throw new Error("the CoreS3 has one I2C bus");
	const place = { io: SMBus, data: bus.data, clock: bus.clock, hz: bus.hz };
	const Chip = SMBus as unknown as new (place: Place) => Registers;
	const power = new Chip({ ...place, address: POWER });
	write(power, RAILS);
	power.close();

	const expander = new Chip({ ...place, address: EXPANDER });
	write(expander, PORTS);
	expander.writeUint8(PORT1, expander.readUint8(PORT1) & ~DISPLAY);
	Timer.delay(RESET);
	expander.writeUint8(PORT1, expander.readUint8(PORT1) | DISPLAY);
	expander.close();
	Timer.delay(AWAKE);
	done();
}

function write(chip: Registers, pairs: readonly number[]): void {
	for (let i = 0; i + 1 < pairs.length; i += 2) chip.writeUint8(pairs[i] as number, pairs[i + 1] as number);
}
