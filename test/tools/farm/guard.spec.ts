/* Phones are let loose on this computer, or where somebody has named on purpose. */
import { assert } from "chai";
import { checkAgent, ForeignAddress } from "../../../tools/farm/guard.js";

async function refusal(agent: string, allowed: readonly string[] = []): Promise<Error> {
	try {
		await checkAgent(agent, allowed);
	} catch (error) {
		return error as Error;
	}
	throw new Error(`${agent} was taken`);
}

describe("guard of a farm", () => {
	it("takes addresses of this computer, with their port or the usual one", async () => {
		assert.deepEqual(await checkAgent("127.0.0.1:2345", []), { address: "127.0.0.1", port: 2345 });
		assert.deepEqual(await checkAgent("127.9.8.7", []), { address: "127.9.8.7", port: 2000 });
		assert.equal((await checkAgent("localhost", [])).address, "127.0.0.1");
	});

	it("refuses all others", async () => {
		for (const agent of ["192.0.2.1", "10.0.0.1:2000", "128.0.0.1", "0.0.0.0"])
			assert.instanceOf(await refusal(agent), ForeignAddress, agent);
		assert.equal(
			(await refusal("192.0.2.1")).message,
			"agent: 192.0.2.1 is not this computer: phones go there only when it is allowed by name as well (--allow 192.0.2.1)",
		);
	});

	it("takes one that is allowed, and no other for that", async () => {
		assert.equal((await checkAgent("192.0.2.1", ["192.0.2.1"])).address, "192.0.2.1");
		assert.instanceOf(await refusal("192.0.2.2", ["192.0.2.1"]), ForeignAddress);
	});

	it("says what is no call agent", async () => {
		for (const agent of ["", "here:there", "127.0.0.1:0", "127.0.0.1:65536", "http://127.0.0.1"])
			assert.match((await refusal(agent)).message, /HOST or HOST:PORT expected/, agent);
		assert.match((await refusal("nowhere.invalid")).message, /^agent: nowhere\.invalid has no IPv4 address \(/);
	});
});
