// One file over HTTP or TFTP: what is turned to when one of the two has something else for every name.
import { assert } from "chai";
import { Failure } from "net/transfer";
import { Fetch } from "provisioning/fetch";
import { FakeConsumer } from "../support/consumer.js";
import { FakeTransfer } from "../support/provisioning.js";

function rig(web: string, file: string | number) {
	const http = new FakeTransfer();
	http.otherwise = web;
	const tftp = new FakeTransfer();
	tftp.otherwise = file;
	const fetch = new Fetch((overHttp) => (overHttp ? http : tftp));
	fetch.use("10.0.0.1", 69);
	const serve = () => {
		while (http.serve() || tftp.serve());
	};
	return { http, tftp, fetch, serve };
}

/** Takes no file that begins so, as soon as it does. */
class Wary extends FakeConsumer {
	readonly fetch: Fetch;
	turned = 0;

	constructor(fetch: Fetch) {
		super();
		this.fetch = fetch;
	}

	override begin(size: number): void {
		this.octets.length = 0;
		super.begin(size);
	}

	override data(octets: Uint8Array): boolean {
		super.data(octets);
		if (this.octets[0] !== 0x3c) return true;
		if (this.fetch.getByTftp(this, "a page")) this.turned += 1;
		return false;
	}

	get text(): string {
		return String.fromCharCode(...this.octets);
	}
}

describe("fetching a file", () => {
	it("by TFTP after all comes to the same consumer, that has refused it over HTTP as it came", () => {
		const { http, tftp, fetch, serve } = rig("<html>".repeat(20), "a file of its own".repeat(3));
		const consumer = new Wary(fetch);
		fetch.get("file", consumer, 1000);
		serve();
		assert.deepEqual(consumer.events, ["begin 120", "begin 51", "end"]);
		assert.equal(consumer.text, "a file of its own".repeat(3));
		assert.isFalse(fetch.busy);
		fetch.get("another", consumer, 1000);
		serve();
		assert.lengthOf(http.asked, 1);
		assert.lengthOf(tftp.asked, 2);
		assert.equal(consumer.turned, 1);
	});

	it("that is refused over TFTP as well is over", () => {
		const { fetch, serve, tftp } = rig("<html>", "<html>");
		const consumer = new Wary(fetch);
		fetch.get("file", consumer, 1000);
		serve();
		assert.isFalse(fetch.busy);
		assert.lengthOf(tftp.asked, 1);
	});

	it("tells what was wrong with it over HTTP where nobody answers by TFTP, and asks over HTTP again", () => {
		const { fetch, serve, http, tftp } = rig("<html>", Failure.timedOut);
		const consumer = new Wary(fetch);
		fetch.get("file", consumer, 1000);
		serve();
		assert.equal(consumer.events.at(-1), `failed ${Failure.malformed} a page`);
		fetch.get("file", consumer, 1000);
		serve();
		assert.lengthOf(http.asked, 2);
		assert.lengthOf(tftp.asked, 1);
	});

	it("that is empty over HTTP is none: TFTP may have it", () => {
		const { fetch, serve } = rig("", "file");
		const consumer = new FakeConsumer();
		fetch.get("file", consumer, 1000);
		serve();
		assert.deepEqual(consumer.events, ["begin 0", "begin 4", "end"]);
	});
});
