// A chip of a spec's own as the only one on its bus, as drivers are handed it.
import { type I2cDevice, type I2cOptions, RegisterBuffers } from "hal/drivers/common/registers";

const buffers = new RegisterBuffers();

export function i2cOf(chip: I2cDevice): I2cOptions {
	class Bus implements I2cDevice {
		write(source: Uint8Array): void {
			chip.write(source);
		}

		writeRead(source: Uint8Array, target: Uint8Array): void {
			chip.writeRead(source, target);
		}
	}
	return { io: Bus, data: 1, clock: 2, hz: 400_000, address: 0x10, buffers };
}
