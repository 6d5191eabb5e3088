// What a whole phone of the PC tells a house over real connections, and what of its engine's memory that takes at rest.
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { assert } from "chai";
import { deviceFile } from "../../tools/boot/files.js";
import { TftpServer } from "../../tools/boot/tftp-server.js";
import type { HeapFigures } from "../../tools/phone/messages.js";
import type { PhoneProcess } from "../../tools/phone/phone.js";
import { CallState, calls } from "../../tools/phone/screen.js";
import { firstDevice, House, registered, timeout } from "./support/house.js";

/** What may be in use for it at rest, on the board: slots, and octets of chunks, of which 64 bit takes twice. */
const slotsMost = 30;
const chunksMost = 300;

interface Told {
	readonly event: string;
	readonly state: string;
	readonly number?: string;
}

/** Takes events, and answers each. */
class Receiver {
	readonly events: Told[] = [];
	readonly server: Server;

	constructor() {
		this.server = createServer((request, response) => {
			let body = "";
			request.setEncoding("utf8").on("data", (more: string) => {
				body += more;
			});
			request.on("end", () => {
				if (request.headers["content-type"] === "application/json") this.events.push(JSON.parse(body) as Told);
				response.end("{}");
				this.server.emit("told");
			});
		});
	}

	async start(): Promise<string> {
		this.server.listen(0, "127.0.0.1");
		await once(this.server, "listening");
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/events`;
	}

	async until(event: string, state: string): Promise<Told> {
		for (;;) {
			const found = this.events.find((one) => one.event === event && one.state === state);
			if (found !== undefined) return found;
			await once(this.server, "told");
		}
	}
}

describe("a phone that tells a house what happens", function () {
	this.timeout(2 * timeout);
	const house = new House();
	afterEach(() => house.close());

	async function phoneWith(rest: string): Promise<PhoneProcess> {
		const agent = await house.agent({});
		const tftp = await TftpServer.start();
		house.onClose(async () => tftp.close());
		tftp.files.set(`${firstDevice}.cnf.xml`, deviceFile({ agents: [`127.0.0.1:${agent.port}`], rest }));
		const phone = await house.phone({ device: firstDevice, extra: ["--tftp", `127.0.0.1:${tftp.port}`] });
		await registered(phone);
		await phone.wait(() => phone.screen?.number !== "", timeout, "its number");
		return phone;
	}

	/** The least that is in use at rest: timers come and go. */
	async function atRest(phone: PhoneProcess): Promise<HeapFigures> {
		let { slots, chunks } = await phone.collect();
		for (let look = 0; look < 4; look += 1) {
			await new Promise((done) => setTimeout(done, 50));
			const heap = await phone.collect();
			slots = Math.min(slots, heap.slots);
			chunks = Math.min(chunks, heap.chunks);
		}
		return { slots, chunks };
	}

	it("tells of its registration and a call, and is at rest with next to nothing of that", async () => {
		const receiver = new Receiver();
		const url = await receiver.start();
		house.onClose(async () => {
			receiver.server.close();
		});
		const without = await atRest(await phoneWith(""));
		const phone = await phoneWith(`<eventsURL>${url}</eventsURL>`);
		await receiver.until("registration", "registered");
		const told = await atRest(phone);
		const slots = told.slots - without.slots;
		const chunks = told.chunks - without.chunks;
		assert.isAtMost(slots, slotsMost, `${slots} slots, ${chunks} octets`);
		assert.isAtMost(chunks, 2 * chunksMost, `${slots} slots, ${chunks} octets`);
		assert.isAbove(slots, 0);
		phone.hook(true);
		await receiver.until("call", "dialling");
		phone.keys("600");
		await phone.wait(() => calls(phone.screen).some(({ state }) => state === CallState.connected), timeout, "the call");
		assert.strictEqual((await receiver.until("call", "connected")).number, "600");
		phone.hook(false);
		await receiver.until("call", "ended");
		await receiver.until("hook", "on");
	});
});
