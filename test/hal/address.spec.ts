/* The board's address over a stand-in for ESP-IDF's interfaces: DHCP, settings made by hand, interfaces that come and go. */
import { assert } from "chai";
import { leaseOf } from "../../hal/dhcp/lease.js";
import { type AddressIo, ChipAddress } from "../../hal/esp32s3/address.js";
import { inEnglish } from "../modules/support/english.js";

const identity = { hostName: "SEP001122334455", vendorClass: "Cisco Systems, Inc. IP Phone CP-7960G" };
const settings = {
	address: "192.0.2.30",
	mask: "255.255.255.0",
	router: "192.0.2.1",
	dns: ["192.0.2.2"],
	domain: "",
	tftpAddresses: ["192.0.2.3"],
};

/** The interface that serves the phone, as dhcp.c has it; `up` while there is one. */
class Interface implements AddressIo {
	up = false;
	text = "";
	refusal = "";
	/** What the interface was told, in order. */
	readonly calls: string[] = [];
	private changed = (): void => {};

	startLease(hostName: string, vendorClass: string, changed: () => void): void {
		this.calls.push(`${hostName} ${vendorClass}`);
		this.changed = changed;
	}

	leaseText(): string {
		return this.text;
	}

	configureAddress(...words: readonly string[]): string {
		if (!this.up) return "";
		this.calls.push(words.join(" ").trim() || "DHCP");
		if (this.refusal !== "") return this.refusal;
		this.text = words[0] === "" ? "" : `${words.slice(0, 3).join("\n")}`;
		// ESP-IDF tells of an address set by hand as it tells of others
		if (this.text !== "") this.changed();
		return "";
	}

	/** The DHCP server gives or renews a lease. */
	give(text: string): void {
		this.text = text;
		this.changed();
	}

	/** ESP-IDF says that the address is lost, some seconds after the link. */
	lose(): void {
		this.changed();
	}
}

const first = "192.0.2.20\n255.255.255.0\n192.0.2.1";

function rig() {
	const io = new Interface();
	const told: string[] = [];
	const log: string[] = [];
	const address: ChipAddress = new ChipAddress(
		io,
		() => told.push(address.lease?.address ?? "none"),
		(line) => log.push(line),
	);
	return {
		io,
		told,
		log,
		address,
		/** An interface gets link. */
		connect(): void {
			io.up = true;
			address.connected();
		},
		/** It loses it, and its address with it. */
		disconnect(): void {
			io.up = false;
			io.text = "";
		},
	};
}

describe("hal/esp32s3: address", () => {
	it("asks as what the phone is, once an interface has link", () => {
		const { io, told, address, connect } = rig();
		address.start(identity);
		assert.deepEqual(io.calls, [`${identity.hostName} ${identity.vendorClass}`]);
		assert.equal(address.lease, undefined);
		connect();
		assert.deepEqual(io.calls.slice(1), ["DHCP"]);
		assert.deepEqual(told, []);
		assert.isFalse(address.held);
		io.give(first);
		assert.deepEqual(told, ["192.0.2.20"]);
		assert.deepEqual(address.lease, leaseOf(first));
		assert.isTrue(address.held);
	});

	it("tells nothing of a renewal, but of a lease with other words, of a loss and of a return", () => {
		const { io, told, address, connect, disconnect } = rig();
		address.start(identity);
		connect();
		io.give(first);
		io.give(first);
		assert.deepEqual(told, ["192.0.2.20"]);
		io.give(`${first}\n192.0.2.9`);
		assert.deepEqual(told, ["192.0.2.20", "192.0.2.20"]);
		disconnect();
		io.lose();
		io.lose();
		connect();
		io.give(first);
		assert.deepEqual(told.slice(2), ["none", "192.0.2.20"]);
	});

	it("tells of the same address on an interface with link again, and nothing of the moment without", () => {
		const { io, told, address, connect, disconnect } = rig();
		address.start(identity);
		connect();
		io.give(first);
		disconnect();
		assert.isFalse(address.held);
		assert.equal(address.lease?.address, "192.0.2.20");
		connect();
		io.give(first);
		io.give(first);
		assert.deepEqual(told, ["192.0.2.20", "192.0.2.20"]);
	});

	it("takes settings made by hand before there is an interface, and has them on each that comes", () => {
		const { io, told, address, connect, disconnect } = rig();
		assert.match(inEnglish(address.configure({ ...settings, mask: "" })), /mask/);
		assert.equal(address.configure(settings), "");
		address.start(identity);
		assert.equal(address.lease, undefined);
		connect();
		assert.deepEqual(io.calls.slice(1), ["192.0.2.30 255.255.255.0 192.0.2.1 192.0.2.2"]);
		assert.deepEqual(told, ["192.0.2.30"]);
		assert.deepEqual(address.lease?.tftpAddresses, ["192.0.2.3"]);
		disconnect();
		io.lose();
		connect();
		assert.deepEqual(told, ["192.0.2.30", "none", "192.0.2.30"]);
		// DHCP was quicker on this one
		io.give(first);
		assert.equal(io.text.split("\n")[0], "192.0.2.30");
		assert.equal(address.lease?.address, "192.0.2.30");
	});

	it("goes from DHCP to settings and back, and stays with what it had where they are refused", () => {
		const { io, told, log, address, connect } = rig();
		address.start(identity);
		connect();
		io.give(first);
		io.refusal = "ESP_ERR_NO_MEM";
		assert.equal(address.configure(settings), "ESP_ERR_NO_MEM");
		// what was refused half way has ended the client of DHCP
		assert.equal(io.calls.at(-1), "DHCP");
		log.length = 0;
		assert.equal(address.lease?.address, "192.0.2.20");
		connect();
		assert.deepEqual(log, ["network: no address can be asked for: ESP_ERR_NO_MEM"]);
		assert.equal(io.calls.at(-1), "DHCP");
		io.refusal = "";
		assert.equal(address.configure(settings), "");
		// the same address with other servers
		assert.equal(address.configure({ ...settings, tftpAddresses: [] }), "");
		assert.deepEqual(address.lease?.tftpAddresses, []);
		assert.equal(address.configure(undefined), "");
		io.give(first);
		assert.deepEqual(told, ["192.0.2.20", "192.0.2.30", "192.0.2.30", "none", "192.0.2.20"]);
	});
});
