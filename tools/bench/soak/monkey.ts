/*
 * What a monkey finds at a phone: objects of services of all kinds, from call agents and web servers, with addresses and keys that lead on to
 * others (`bench monkey`).
 */
import type { TcpOptions, TcpSocket } from "../../../hal/hardware.js";
import type { Random } from "./frames.js";

const uris: readonly string[] = Object.freeze([
	"http://127.0.0.1/next",
	"http://127.0.0.1/other?x=1",
	"Key:Services",
	"Key:Directories",
	"Key:Settings",
	"Key:Soft1",
	"Key:KeyPad5",
	"Key:NavDwn",
	"SoftKey:Exit",
	"SoftKey:Select",
	"SoftKey:Back",
	"SoftKey:Update",
	"SoftKey:Dial",
	"Init:CallHistory",
	"Init:Services",
	"Dial:1002",
	"EditDial:1003",
	"Play:Chime.raw",
	"RTPRx:Stop",
	"RTPTx:Stop",
	"RTPRx:127.0.0.1:20480",
	"UserData:7:picked",
	"UserDataSoftKey:Select:7:picked",
	"QueryStringParam:a=1",
	"Nonsense:x",
	"",
]);

function of<T>(random: Random, values: readonly T[]): T {
	return values[random.below(values.length)] as T;
}

function element(name: string, content: string): string {
	return `<${name}>${content}</${name}>`;
}

function repeat(count: number, make: (index: number) => string): string {
	let all = "";
	for (let i = 0; i < count; i += 1) all += make(i);
	return all;
}

/** Softkeys that an object may bring. */
function softkeys(random: Random): string {
	if (random.once(2)) return "";
	return repeat(1 + random.below(6), (index) =>
		element(
			"SoftKeyItem",
			element("Name", `Key ${index + 1}`) +
				element("URL", of(random, uris)) +
				element("Position", `${1 + random.below(8)}`),
		),
	);
}

function text(random: Random): string {
	return "Fine words in lines of all lengths. ".repeat(1 + random.below(20));
}

function items(random: Random, name: string, more: (index: number) => string): string {
	return repeat(random.below(30), (index) => element(name, element("Name", `Item ${index + 1}`) + more(index)));
}

const inputs: readonly string[] = Object.freeze(["A", "T", "N", "E", "U", "L", "P", "AP", "NP", "UP"]);

type Maker = (random: Random) => readonly [kind: string, content: string];

const makers: readonly Maker[] = Object.freeze<Maker[]>([
	(random: Random) => ["Text", element("Text", text(random))],
	(random: Random) => ["Menu", items(random, "MenuItem", () => element("URL", of(random, uris)))],
	(random: Random) => [
		"IconMenu",
		items(random, "MenuItem", (i) => element("IconIndex", `${i % 10}`) + element("URL", of(random, uris))),
	],
	(random: Random) => ["Directory", items(random, "DirectoryEntry", (i) => element("Telephone", `${1000 + i}`))],
	(random: Random) => [
		"Input",
		element("URL", of(random, uris)) +
			repeat(1 + random.below(5), (i) =>
				element(
					"InputItem",
					element("DisplayName", `Field ${i}`) +
						element("QueryStringParam", `f${i}`) +
						element("InputFlags", of(random, inputs)) +
						element("DefaultValue", random.once(2) ? "12" : ""),
				),
			),
	],
	(random: Random) => [
		"Execute",
		repeat(1 + random.below(3), () => `<ExecuteItem Priority="${random.below(3)}" URL="${of(random, uris)}"/>`),
	],
	(random: Random) => ["Status", element("Text", "Agent ready") + element("Timer", `${random.below(60)}`)],
	(random: Random) => ["Error", `${random.below(9)}`],
	(random: Random) => [
		"Image",
		element("LocationX", "0") +
			element("LocationY", "0") +
			element("Width", "8") +
			element("Height", "2") +
			element("Depth", "2") +
			element("Data", "1B1B1B1B".slice(random.below(4) * 2)),
	],
	(random: Random) => [
		"GraphicMenu",
		element("Width", "8") +
			element("Height", "2") +
			element("Depth", "2") +
			element("Data", "1B1B1B1B") +
			items(random, "MenuItem", () => element("URL", of(random, uris))),
	],
	(random: Random) => ["ImageFile", element("URL", `http://127.0.0.1/p${random.below(3)}.png`)],
	(random: Random) => ["Response", `<ResponseItem Status="${random.below(5)}" Data="x" URL="Key:Info"/>`],
]);

/** An object of any kind, now and then cut off, or none. */
export function makeObject(random: Random): string {
	const [kind, content] = of(random, makers)(random);
	const title = element("Title", `Title ${random.below(100)}`) + element("Prompt", "Pick one");
	const whole = element(`CiscoIPPhone${kind}`, title + content + softkeys(random));
	return random.once(12) ? whole.slice(0, random.below(whole.length)) : whole;
}

/** A web server's end of a connection: it answers with an object, an error, or something else, or not at all. */
export class ServiceSocket implements TcpSocket {
	closed = false;
	private readonly options: TcpOptions;
	private readonly random: Random;
	private answer: Uint8Array = new Uint8Array(0);
	private at = 0;
	private state = 0;

	constructor(options: TcpOptions, random: Random) {
		this.options = options;
		this.random = random;
	}

	/** What the network does next. @param guarded calls into the phone. */
	step(guarded: (work: () => void) => void): void {
		const { options } = this;
		if (this.closed) return;
		this.state += 1;
		if (this.state === 1) {
			if (this.random.once(8)) guarded(() => options.onError?.call(this, 1));
			else guarded(() => options.onWritable?.call(this, 4096));
		} else if (this.at < this.answer.length)
			guarded(() => options.onReadable?.call(this, this.answer.length - this.at));
		else if (this.state > 3) guarded(() => options.onError?.call(this, 6));
	}

	read(target: Uint8Array): number | undefined {
		const count = Math.min(target.length, this.answer.length - this.at);
		if (count <= 0) return undefined;
		target.set(this.answer.subarray(this.at, this.at + count));
		this.at += count;
		return count;
	}

	write(source: Uint8Array): number {
		if (this.answer.length === 0 && source.length > 0) this.answer = this.respond();
		return 4096;
	}

	close(): void {
		this.closed = true;
	}

	private respond(): Uint8Array {
		const { random } = this;
		const body = makeObject(random);
		const head = of(random, ["200 OK", "200 OK", "200 OK", "404 Not Found", "401 Unauthorized"]);
		const refresh = random.once(4) ? `Refresh: ${random.below(20)}; url=http://127.0.0.1/again\r\n` : "";
		const text = `HTTP/1.1 ${head}\r\nContent-Type: text/xml\r\n${refresh}Content-Length: ${body.length}\r\n\r\n${body}`;
		const octets = new Uint8Array(text.length);
		for (let i = 0; i < text.length; i += 1) octets[i] = text.charCodeAt(i);
		return octets;
	}
}
