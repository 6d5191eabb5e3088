/*
 * Servers of files that hold a phone for as long as they can, on whole phones with a stored configuration: these register while the server
 * still holds them. Some of each way; all are in `npm run bench -- stubborn`, and the clients' own limits in
 * test/modules/net/stubborn.spec.ts.
 */
import { assert } from "chai";
import { benchStubborn } from "../../../tools/bench/stubborn.js";

/** Servers that never let go of a phone by themselves. */
const held = [
	"configuration: TFTP a block of 8 octets every 7 s",
	"configuration: option acknowledgements for ever",
	"configuration: a flood of blocks",
	"configuration: HTTP carriage returns in chunks for ever",
	"load: TFTP a block of 8 octets every 7 s",
	"load: HTTP an octet every 8 s",
	"dictionary: TFTP silent",
	"tones: HTTP accepts and says nothing",
	"ring: TFTP a block of 8 octets every 7 s",
	"four servers that hold HTTP and TFTP",
];

describe("phones with a stored configuration", function () {
	this.timeout(300_000);

	it("register, whatever their servers of files hold them by", async () => {
		const { servers } = await benchStubborn(
			64,
			0,
			() => {},
			(name) => held.includes(name),
		);
		assert.deepEqual(servers.map(({ name }) => name).sort(), [...held].sort());
		assert.deepEqual(
			servers.filter(({ with_s }) => with_s === null),
			[],
		);
	});
});
