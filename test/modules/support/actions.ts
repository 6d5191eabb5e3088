// Services on fakes of the phone: URIs are run, pages fetched and shown; what the phone is told is kept.
import { english, spoken } from "base/words";
import { assert } from "chai";
import { Key } from "hal/hardware";
import type { ActionHost, ServiceDevice } from "services/host";
import { Services } from "services/services";
import { FakeNetwork, type FakeSocket } from "./fakes.js";
import { PageHost } from "./page-host.js";

/** The characters of a text as octets. */
export const codes = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));

export class ActionRig extends PageHost implements ActionHost {
	readonly sockets = new FakeNetwork();
	device: ServiceDevice = {
		name: "SEP001122334455",
		model: "CP-7970G",
		display: "298, 168, 12, C",
		language: "en",
		version: "1.2.3",
		proxy: "",
		typeOfService: 104,
	};
	busy = false;
	/** What the host was told, in order. */
	readonly told: string[] = [];
	readonly services = new Services(this);

	constructor() {
		super();
		this.sockets.names.set("services.example", "192.0.2.80");
	}

	status(status: string): void {
		this.told.push(`status ${status}`);
	}
	text(word: string): string {
		return spoken(word, english);
	}
	private note(...words: (string | number | boolean)[]): string {
		this.told.push(words.join(" "));
		return this.refusal;
	}
	setRing(name: string): string {
		return this.note("ring", name);
	}
	setBackground(url: string): string {
		return this.note("background", url);
	}
	press(key: number): void {
		this.note("press", key);
		const first = Key.softkey1;
		if (key >= first && key < first + 5) this.page?.softkey(key - first);
	}
	softkey(name: string): string {
		return this.note("softkey", name);
	}
	dial(number: string): string {
		return this.note("dial", number);
	}
	editDial(number: string): string {
		return this.note("editDial", number);
	}
	sendDigit(event: number, heard: boolean): void {
		this.note("digit", event, heard);
	}
	play(file: string): string {
		return this.note("play", file);
	}
	listen(group: number, port: number, percent: number): string {
		return this.note("listen", group.toString(16), port, percent);
	}
	speak(address: number, port: number): string {
		return this.note("speak", address.toString(16), port);
	}
	silence(sent: boolean): void {
		this.note("silence", sent);
	}
	own(name: string): string {
		return this.note("own", name);
	}
	clearCalls(): void {
		this.note("clear");
	}
	wake(): void {
		this.note("wake");
	}

	run(uri: string, priority = 0): string {
		return spoken(this.services.run(uri, priority), english);
	}

	/** What has been asked of the newest connection. */
	get request(): string {
		return this.sockets.socket.writes.map((octets) => String.fromCharCode(...octets)).join("");
	}

	/** First lines of all requests. */
	get asked(): string[] {
		return this.sockets.sockets.map(
			(socket) => String.fromCharCode(...(socket.writes[0] ?? [])).split(" HTTP")[0] ?? "",
		);
	}

	/** The newest connection is answered. */
	answer(body: string, head = "", status = "200 OK"): void {
		const { socket } = this.sockets;
		socket.writable();
		socket.deliver(codes(`HTTP/1.1 ${status}\r\n${head}Content-Length: ${body.length}\r\n\r\n${body}`));
	}

	/** Opens a URL and answers it. */
	open(url: string, body: string, head = ""): void {
		assert.strictEqual(this.run(url), "");
		this.answer(body, head);
	}

	get shown(): string {
		const { page } = this;
		if (page === undefined) return "";
		const lines: string[] = [];
		for (let i = 0; i < page.count; i += 1) lines.push(spoken(page.line(i), english));
		return `${spoken(page.title, english)}: ${lines.join("|")}`;
	}

	/** Nothing is left of any service. */
	over(): void {
		assert.isUndefined(this.page);
		assert.isUndefined(this.services.session);
		assert.isUndefined(Reflect.get(this.services, "actions"));
		assert.strictEqual(this.clock.pending, 0);
		assert.isTrue(this.sockets.sockets.every((socket: FakeSocket) => socket.closed));
	}
}
