// A PCA9685 by its registers: what shines how bright; reserved registers and the frequency of an awake chip are refused.

const MODE1 = 0x00;
const MODE2 = 0x01;
const LED0 = 0x06;
const LED_LAST = 0x45;
const ALL_LED = 0xfa;
const PRESCALE = 0xfe;

export class FakePca9685 {
	readonly registers = new Uint8Array(256);
	/** Writes on the bus, octet by octet. */
	readonly writes: number[][] = [];
	broken = false;

	constructor() {
		this.registers[MODE1] = 0x11;
		this.registers[MODE2] = 0x04;
		this.registers[PRESCALE] = 0x1e;
		for (let led = 0; led < 16; led++) this.registers[LED0 + 4 * led + 3] = 0x10;
	}

	write(source: Uint8Array): void {
		if (this.broken) throw new Error("no answer");
		const [first, ...values] = source;
		this.writes.push([...source]);
		for (const [index, value] of values.entries()) {
			// without counting on all values go to the first register
			const register = (first as number) + ((this.registers[MODE1] as number) & 0x20 ? index : 0);
			this.set(register, value);
		}
	}

	writeRead(source: Uint8Array, target: Uint8Array): void {
		target[0] = this.registers[source[0] as number] as number;
	}

	private set(register: number, value: number): void {
		if (register > LED_LAST && register < ALL_LED) throw new Error(`register ${register} is reserved`);
		if (register === PRESCALE && ((this.registers[MODE1] as number) & 0x10) === 0)
			throw new Error("the frequency is set asleep only");
		if (register >= ALL_LED && register < PRESCALE) {
			for (let led = 0; led < 16; led++) this.registers[LED0 + 4 * led + register - ALL_LED] = value;
		} else this.registers[register] = value;
	}

	/** Part of the time that current flows through an LED at this output, which hangs on the supply: 0-1. */
	shines(output: number): number {
		if (((this.registers[MODE1] as number) & 0x10) !== 0) return 0;
		const inverted = ((this.registers[MODE2] as number) & 0x10) !== 0;
		if (!inverted) throw new Error("an LED to the supply shines when its output is low: outputs must be inverted");
		const at = LED0 + 4 * output;
		const [onLow, onHigh, offLow, offHigh] = this.registers.slice(at, at + 4) as unknown as number[] as [
			number,
			number,
			number,
			number,
		];
		if ((offHigh & 0x10) !== 0) return 0;
		if ((onHigh & 0x10) !== 0) return 1;
		return ((offLow | (offHigh << 8)) - (onLow | (onHigh << 8))) / 4096;
	}
}
