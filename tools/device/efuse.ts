/*
 * The eFuses of an emulated ESP32-S3 as Espressif's QEMU keeps them in a file: the chip's registers from EFUSE_RD_WR_DIS on
 * (ESP32-S3 Technical Reference Manual, eFuse Controller). What is not burnt is zero.
 */

/** Octets of the file, as ESP-IDF's `idf.py qemu` makes it. */
const octets = 1024;
/** BLOCK1, MAC_FACTORY: the address with its last octet first. */
const macAt = 0x18;
const macOctets = 6;
/** BLOCK1, WAFER_VERSION_MINOR_LO from bit 114 on: revision 0.3, as on the boards that are sold. */
const revisionAt = 0x26;
const revision = 3 << 2;
/** BLOCK2, BLK_VERSION_MAJOR from bit 128 on: 1 says that the ADC was calibrated at the factory. Where it says 0 ESP-IDF calibrates it at
 * the start, and waits for ever for a converter that is not emulated. */
const blockVersionAt = 0x40;
const blockVersion = 1;

/** @param mac 12 hexadecimal digits: the chip's own address. */
export function efuseImage(mac: string): Buffer {
	if (!/^[0-9A-Fa-f]{12}$/.test(mac))
		throw new RangeError(`${mac}: the 12 hexadecimal digits of a MAC address are expected`);
	const image = Buffer.alloc(octets);
	const address = Buffer.from(mac, "hex").reverse();
	address.copy(image, macAt, 0, macOctets);
	image[revisionAt] = revision;
	image[blockVersionAt] = blockVersion;
	return image;
}
