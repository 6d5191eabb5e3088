/* TCP, UDP, name resolution and timers of the host program, with Node at the other end. */

import type { ChildProcess } from "node:child_process";
import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { assert } from "chai";
import { TcpEnd } from "../../../hal/hardware.js";
import { HostFolder, prelude } from "../../support/host.js";

/** A host program at work: its lines on stdout as they come. */
class Running {
	readonly lines: string[] = [];
	stderr = "";
	readonly child: ChildProcess;
	readonly ended: Promise<number | null>;
	readonly #folder: HostFolder;
	#changed: () => void = () => {};

	constructor(source: string, args: readonly string[] = []) {
		this.#folder = new HostFolder({ main: prelude + source });
		this.child = this.#folder.start(args);
		let rest = "";
		this.child.stdout?.setEncoding("utf8").on("data", (text: string) => {
			const lines = (rest + text).split("\n");
			rest = lines.pop() ?? "";
			this.lines.push(...lines);
			this.#changed();
		});
		this.child.stderr?.setEncoding("utf8").on("data", (text: string) => {
			this.stderr += text;
		});
		this.ended = new Promise((done) => this.child.on("close", (status) => done(status)));
		this.ended.then(() => this.#changed());
	}

	/** Waits for a line that begins so; throws when the program ends without it. */
	async line(start: string): Promise<string> {
		for (;;) {
			const found = this.lines.find((line) => line.startsWith(start));
			if (found !== undefined) return found;
			if (this.child.exitCode !== null)
				throw new Error(`no line "${start}": ${this.lines.join(" / ")}\n${this.stderr}`);
			await new Promise<void>((done) => {
				this.#changed = done;
			});
		}
	}

	async stop(): Promise<void> {
		this.child.kill("SIGKILL");
		await this.ended;
		this.#folder.remove();
	}
}

const reader = `
import TCP from "embedded:io/socket/tcp";
const text = (buffer) => String.fromArrayBuffer(buffer);
`;

describe("TCP of the host program", () => {
	let server: Server;
	let peers: Socket[];
	let port = 0;
	let running: Running | undefined;

	beforeEach(async () => {
		peers = [];
		server = createServer({ allowHalfOpen: true }, (socket) => {
			socket.on("error", () => {});
			peers.push(socket);
		});
		server.listen(0, "127.0.0.1");
		await once(server, "listening");
		port = (server.address() as AddressInfo).port;
	});

	afterEach(async () => {
		await running?.stop();
		running = undefined;
		for (const peer of peers) peer.destroy();
		server.close();
	});

	function start(source: string): Running {
		running = new Running(reader + source.replaceAll("PORT", String(port)));
		return running;
	}

	async function accept(): Promise<Socket> {
		if (peers.length === 0) await once(server, "connection");
		return peers[0] as Socket;
	}

	it("connects, writes, reads, and tells when the peer closes after all was read", async () => {
		const host = start(`
			const socket = new TCP({ address: "127.0.0.1", port: PORT,
				onWritable(count) { print("writable " + (count > 2000)); this.write(ArrayBuffer.fromString("hello")); },
				onReadable(count) { print("read " + text(this.read())); },
				onError(end) { print("closed " + this.read() + " " + end); this.close(); this.close(); } });`);
		const peer = await accept();
		const [data] = await once(peer, "data");
		assert.strictEqual(String(data), "hello");
		peer.end("goodbye");
		await host.line("read goodbye");
		const closed = `closed undefined ${TcpEnd.closed}`;
		await host.line(closed);
		assert.strictEqual(await host.ended, 0);
		assert.deepEqual(host.lines, ["writable true", "read goodbye", closed]);
	});

	it("tells a connection that was reset from one that was closed, also after writing into it", async () => {
		const host = start(`
			new TCP({ address: "127.0.0.1", port: PORT,
				onReadable() { print(text(this.read())); },
				onError(end) { print("first " + end); this.close(); } });
			new TCP({ address: "127.0.0.1", port: PORT,
				onWritable() { for (let i = 0; i < 3; i++) this.write(new Uint8Array(4000)); },
				onError(end) { print("second " + end); this.close(); } });`);
		while (peers.length < 2) await once(server, "connection");
		peers[0]?.write("hello");
		await host.line("hello");
		for (const peer of peers) peer.resetAndDestroy();
		await host.line(`first ${TcpEnd.reset}`);
		await host.line(`second ${TcpEnd.reset}`);
		assert.strictEqual(await host.ended, 0);
	});

	it("reads into a buffer, in parts, and is called until all is read", async () => {
		const host = start(`
			const part = new Uint8Array(10);
			let all = 0, calls = 0;
			new TCP({ address: "127.0.0.1", port: PORT,
				onReadable(count) {
					const got = this.read(part);
					for (let i = 0; i < got; i++) if (part[i] !== (all + i) % 251) throw new Error("wrong octet at " + (all + i));
					all += got; calls++;
					if (all === 1000) print("all " + calls);
				} });`);
		const peer = await accept();
		peer.write(Uint8Array.from({ length: 1000 }, (_, index) => index % 251));
		assert.strictEqual(await host.line("all"), "all 100");
	});

	it("carries single octets with format number", async () => {
		const host = start(`
			new TCP({ address: "127.0.0.1", port: PORT, format: "number",
				onWritable() { this.write(65); this.write(66); },
				onReadable(count) { let s = ""; while (count--) s += this.read() + " "; print(this.format + " " + s); this.close(); } });`);
		const peer = await accept();
		let received = "";
		peer.on("data", (data) => {
			received += data;
			if (received === "AB") peer.write("CD");
		});
		assert.strictEqual(await host.line("number"), "number 67 68 ");
		assert.strictEqual(await host.ended, 0);
	});

	it("refuses to write more than fits, and goes on when the peer takes it", async () => {
		const host = start(`
			const block = new Uint8Array(4096);
			let left, sent = 0, refused = false;
			new TCP({ address: "127.0.0.1", port: PORT,
				onWritable(count) {
					left = count;
					while (left >= 4096 && sent < 60000000) { left = this.write(block); sent += 4096; }
					if (!refused && left < 4096) {
						try { this.write(block); } catch (error) { refused = true; print("refused"); }
					}
					if (sent >= 60000000) { print("sent " + sent); }
				} });`);
		const peer = await accept();
		peer.pause();
		await host.line("refused");
		let received = 0;
		peer.on("data", (data) => {
			received += data.length;
		});
		peer.resume();
		const sent = Number((await host.line("sent")).split(" ")[1]);
		while (received < sent) await once(peer, "data");
		assert.strictEqual(received, sent);
	});

	it("tells of a connection that is refused and of one that is over through onError, and throws for what is no address", async () => {
		server.close();
		const host = start(`
			try { new TCP({ address: "nowhere", port: 1 }); } catch (error) { print("threw " + error.message); }
			try { new TCP({ address: "127.0.0.1", port: 1, format: "text" }); } catch (error) { print("format " + error.name); }
			new TCP({ address: "127.0.0.1", port: PORT, onWritable() { print("up"); },
				onError(end) { print("ended " + end); try { this.write(new Uint8Array(1)); } catch { print("closed"); } this.close(); } });`);
		await host.line('threw tcp: "nowhere" is no IPv4 address');
		await host.line("format RangeError");
		await host.line(`ended ${TcpEnd.refused}`);
		await host.line("closed");
		assert.strictEqual(await host.ended, 0);
		assert.notInclude(host.lines, "up");
	});

	it("may be closed inside each of its callbacks", async () => {
		const host = start(
			`
			let closed = 0;
			const close = function () { this.close(); if (++closed === 2) print("both"); };
			new TCP({ address: "127.0.0.1", port: PORT, onWritable: close, onReadable: close, onError: close });
			new TCP({ address: "127.0.0.1", port: PORT, onReadable: close });`,
		);
		server.on("connection", (socket) => socket.write("x"));
		for (const peer of peers) peer.write("x");
		await host.line("both");
		assert.strictEqual(await host.ended, 0);
	});
});

describe("A listener of the host program", () => {
	let running: Running | undefined;

	afterEach(async () => {
		await running?.stop();
		running = undefined;
	});

	async function listen(source: string): Promise<{ host: Running; connect: () => Socket }> {
		const host = new Running(`
			import { HostListener } from "hal/host/listener";
			${source}
			print("port " + listener.port);`);
		running = host;
		const port = Number((await host.line("port ")).slice("port ".length));
		return { host, connect: () => connect(port, "127.0.0.1").on("error", () => {}) };
	}

	it("takes connections, tells who is there, and reads, writes and ends them as others", async () => {
		const { host, connect } = await listen(`
			const text = (octets) => String.fromCharCode(...octets);
			const buffer = new Uint8Array(8);
			const listener = new HostListener("127.0.0.1", 0, function () {
				for (;;) {
					const socket = this.read({
						onWritable(count) { print("up " + this.remoteAddress + " " + (count > 2000)); },
						onReadable(count) {
							const read = this.read(buffer);
							print("read " + text(buffer.subarray(0, read)));
							this.write(buffer.subarray(0, read));
						},
						onError(end) { print("end " + end); this.close(); listener.close(); listener.close(); } });
					if (socket === undefined) break;
				}
			});`);
		const client = connect();
		await host.line("up 127.0.0.1 true");
		client.write("hello");
		assert.strictEqual(String((await once(client, "data"))[0]), "hello");
		client.end();
		await host.line(`end ${TcpEnd.closed}`);
		assert.strictEqual(await host.ended, 0);
	});

	it("takes several at once, and leaves none", async () => {
		const { host, connect } = await listen(`
			let count = 0;
			const listener = new HostListener("127.0.0.1", 0, function () {
				for (let socket; (socket = this.read({})) !== undefined; socket.close()) count++;
				print("count " + count);
			});`);
		const clients = Array.from({ length: 20 }, connect);
		await host.line("count 20");
		for (const client of clients) client.destroy();
	});

	it("refuses a port that is taken, and what is no address", async () => {
		const { host } = await listen(`
			const listener = new HostListener("127.0.0.1", 0, function () {});
			for (const [address, port] of [["127.0.0.1", listener.port], ["nowhere", 80]])
				try { new HostListener(address, port, function () {}); } catch (error) { print("refused " + error.message); }`);
		await host.line("refused listener: nowhere port 80: ");
		assert.match(host.lines[0] as string, /^refused listener: 127\.0\.0\.1 port \d+: Address already in use$/);
	});
});

describe("UDP of the host program", () => {
	let peer: UdpSocket;
	let running: Running | undefined;

	beforeEach(async () => {
		peer = createSocket("udp4").bind(0, "127.0.0.1");
		await once(peer, "listening");
	});

	afterEach(async () => {
		await running?.stop();
		running = undefined;
		peer.close();
	});

	it("sends and receives packets with their addresses", async () => {
		running = new Running(`
			import UDP from "embedded:io/socket/udp";
			const socket = new UDP({ address: "127.0.0.1", onReadable(packets) {
				const packet = this.read();
				this.write(packet, packet.address, packet.port);
				print("from " + packet.address + " " + packet.port + " " + packet.byteLength + " " + this.read());
				if (packet.byteLength === 3) this.close();
			} });
			print("port " + socket.port);`);
		const port = Number((await running.line("port")).split(" ")[1]);
		const answers: string[] = [];
		peer.on("message", (message) => answers.push(String(message)));
		peer.send("hello", port, "127.0.0.1");
		await once(peer, "message");
		peer.send("end", port, "127.0.0.1");
		assert.strictEqual(await running.ended, 0);
		assert.deepEqual(answers, ["hello", "end"]);
		assert.include(running.lines, `from 127.0.0.1 ${peer.address().port} 5 undefined`);
	});

	it("is the phone's UDP socket: packets with their senders, and none lost by writing to nowhere", async () => {
		running = new Running(
			`
			import { Datagrams } from "hal/host/datagrams";
			const buffer = new Uint8Array(8);
			const socket = new Datagrams({ onReadable(count) {
				for (let length = this.read(buffer); length !== undefined; length = this.read(buffer)) {
					print("from " + this.address + " " + this.port + " " + length);
					this.write(buffer.subarray(0, length), this.address, this.port);
				}
				if (buffer[0] === 0x65) { this.close(); this.close(); print("closed " + this.read(buffer)); }
			} });
			print("before " + socket.address + socket.port);
			socket.write(buffer, "nowhere", 1);
			socket.write(buffer, "127.0.0.1", PORT);
			try { new Datagrams({ port: PORT }); } catch (error) { print("refused " + error.message); }`.replaceAll(
				"PORT",
				String(peer.address().port),
			),
		);
		const answers: string[] = [];
		peer.on("message", (message, sender) => {
			answers.push(`${message.length}`);
			if (answers.length === 1) peer.send("hello, phone", sender.port, sender.address);
			if (answers.length === 2) peer.send("end", sender.port, sender.address);
		});
		assert.strictEqual(await running.ended, 0);
		const { port } = peer.address();
		assert.deepEqual(running.lines.slice(0, 1), ["before 0"]);
		assert.match(running.lines[1] ?? "", /^refused udp: cannot bind/);
		assert.deepEqual(running.lines.slice(2), [
			`from 127.0.0.1 ${port} 8`,
			`from 127.0.0.1 ${port} 3`,
			"closed undefined",
		]);
		assert.deepEqual(answers, ["8", "8", "3"]);
		assert.match(running.stderr, /nowhere is no IPv4 address/);
	});

	it("reads into a buffer and keeps the order of many packets", async () => {
		running = new Running(`
			import UDP from "embedded:io/socket/udp";
			const buffer = new Uint8Array(4);
			let next = 0;
			const socket = new UDP({ address: "127.0.0.1", onReadable(packets) {
				while (packets--) {
					if (this.read(buffer) !== 2 || buffer[0] !== next++) throw new Error("order");
					if (next === 30) { print("all"); this.close(); }
				}
			} });
			print("port " + socket.port);`);
		const port = Number((await running.line("port")).split(" ")[1]);
		for (let index = 0; index < 30; index++) peer.send(Uint8Array.of(index, 0), port, "127.0.0.1");
		await running.line("all");
		assert.strictEqual(await running.ended, 0);
	});

	it("throws for a port that is taken", async () => {
		running = new Running(`
			import UDP from "embedded:io/socket/udp";
			try { new UDP({ address: "127.0.0.1", port: ${peer.address().port} }); } catch (error) { print(error.message); }`);
		assert.match(await running.line("udp:"), /cannot bind 127\.0\.0\.1 port \d+: Address already in use/);
	});
});

describe("timers and names of the host program", () => {
	let running: Running | undefined;

	afterEach(async () => {
		await running?.stop();
		running = undefined;
	});

	it("runs timers in order, repeats, holds, schedules anew and clears", async () => {
		running = new Running(`
			import Timer from "timer";
			const order = [];
			Timer.set(() => order.push("c"), 30);
			Timer.set(() => order.push("a"), 10);
			Timer.set(() => order.push("b"), 20);
			Timer.clear(Timer.set(() => order.push("never"), 5));
			Timer.clear(undefined);
			const held = Timer.set(() => { order.push("held"); print(order.join()); }, 5);
			Timer.schedule(held);
			let count = 0;
			const repeat = Timer.repeat((timer) => {
				if (++count < 5) return;
				order.push("r" + (timer === repeat));
				Timer.clear(timer);
				Timer.clear(timer);
				Timer.schedule(held, 1);
			}, 20);`);
		assert.strictEqual(await running.line("a"), "a,b,c,rtrue,held");
		assert.strictEqual(await running.ended, 0);
	});

	it("keeps time: a timer is never early", async () => {
		running = new Running(`
			import Timer from "timer";
			import Time from "time";
			const start = Time.ticks;
			Timer.set(() => print("took " + (Time.delta(start) >= 49)), 50);`);
		assert.strictEqual(await running.line("took"), "took true");
	});

	it("finds a name's address, gives back an address, and undefined for what does not exist", async () => {
		running = new Running(`
			import { Program } from "hal/host/program";
			for (const host of ["localhost", "10.1.2.3", "no such host"])
				Program.resolve(host, (address) => print(host + ": " + address));
			print("own " + Program.localAddress("127.0.0.1"));`);
		assert.strictEqual(await running.ended, 0);
		assert.sameMembers(running.lines, [
			"localhost: 127.0.0.1",
			"10.1.2.3: 10.1.2.3",
			"no such host: undefined",
			"own 127.0.0.1",
		]);
	});

	it("uses no processor time while it waits", async () => {
		running = new Running(`
			import Timer from "timer";
			Timer.set(() => {}, 100000);
			print("waiting");`);
		await running.line("waiting");
		const { readFileSync } = await import("node:fs");
		const used = () => {
			const fields = readFileSync(`/proc/${running?.child.pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
			return Number(fields[11]) + Number(fields[12]);
		};
		const before = used();
		await new Promise((done) => setTimeout(done, 1000));
		assert.isAtMost(used() - before, 1);
	});
});
