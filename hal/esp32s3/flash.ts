/*
 * The partition of the chip's flash that has no file system and no owner but the phone (hardware/sdkconfig/partitions.csv), over the SDK's
 * `flash`: mapped into the address space, so that reading it takes no memory. A board whose table of partitions is older has none.
 */
import Partition from "flash";
import type { Flash } from "hal/hardware";

const LABEL = "words";

export class ChipFlash implements Flash {
	readonly block = 4096;
	private readonly log: (line: string) => void;
	private partition: Partition | undefined = undefined;
	private mapped: Uint8Array | undefined = undefined;

	constructor(log: (line: string) => void) {
		this.log = log;
	}

	get octets(): Uint8Array {
		this.mapped ??= this.map();
		return this.mapped;
	}

	erase(at: number): boolean {
		return this.attempt((partition) => partition.erase(at / this.block));
	}

	write(at: number, source: Uint8Array): boolean {
		return this.attempt((partition) => partition.write(at, source.length, source));
	}

	/** Opens the partition, once. */
	private map(): Uint8Array {
		try {
			const partition = new Partition(LABEL);
			this.partition = partition;
			return new Uint8Array(partition.map() as unknown as ArrayBuffer);
		} catch (error) {
			this.log(`flash: no partition "${LABEL}": ${error}`);
			return new Uint8Array(0);
		}
	}

	private attempt(action: (partition: Partition) => void): boolean {
		const { partition } = this;
		if (partition === undefined) return false;
		try {
			action(partition);
			return true;
		} catch (error) {
			this.log(`flash: ${error}`);
			return false;
		}
	}
}
