// Stand-ins for a body's hardware that a spec moves by hand: nothing happens by itself, nothing is asynchronous.
import {
	type Audio,
	type Backlight,
	type Clock,
	type Display,
	type Keypad,
	type KeypadListener,
	type Lamps,
	type Lease,
	type ListenOptions,
	type Network,
	type NetworkIdentity,
	type NetworkListener,
	type Pictures,
	type Screen,
	type ServedSocket,
	type StaticSettings,
	Statistic,
	type TcpCallbacks,
	TcpEnd,
	type TcpListener,
	type TcpOptions,
	type TcpSocket,
	type TimerHandle,
	type UdpOptions,
	type UdpSocket,
	usualRows,
} from "hal/hardware";
import { hasLetter } from "hal/letters";
import { usualRoom, usualWidth, wrap } from "hal/wrap";

interface Timer {
	due: number;
	readonly period: number;
	readonly callback: () => void;
}

/** A clock that stands still until {@link FakeClock.advance} moves it. */
export class FakeClock implements Clock {
	ticks = 0;
	wallClock = 0;
	private readonly timers: Timer[] = [];

	setWallClock(seconds: number): void {
		this.wallClock = seconds;
	}

	after(milliseconds: number, callback: () => void): TimerHandle {
		return this.add(milliseconds, 0, callback);
	}

	every(milliseconds: number, callback: () => void): TimerHandle {
		return this.add(milliseconds, milliseconds, callback);
	}

	cancel(handle: TimerHandle | undefined): void {
		const index = this.timers.indexOf(handle as Timer);
		if (index >= 0) this.timers.splice(index, 1);
	}

	/** Timers that wait. */
	get pending(): number {
		return this.timers.length;
	}

	/** Moves the time on and runs in order what falls due. */
	advance(milliseconds: number): void {
		const end = this.ticks + milliseconds;
		for (;;) {
			let next: Timer | undefined;
			for (const timer of this.timers)
				if (timer.due <= end && (next === undefined || timer.due < next.due)) next = timer;
			if (next === undefined) break;
			this.ticks = Math.max(this.ticks, next.due);
			if (next.period > 0) next.due += next.period;
			else this.cancel(next);
			next.callback();
		}
		this.ticks = end;
	}

	private add(milliseconds: number, period: number, callback: () => void): Timer {
		const timer = { due: this.ticks + milliseconds, period, callback };
		this.timers.push(timer);
		return timer;
	}
}

/** The phone's end of a connection, with the call agent's end as methods. */
export class FakeSocket implements TcpSocket {
	readonly options: TcpOptions;
	closed = false;
	/** One entry for each write. */
	readonly writes: Uint8Array[] = [];
	/** Octets that the socket takes before it is full. */
	room: number;
	/** Hears each write. */
	heard: ((octets: Uint8Array) => void) | undefined = undefined;
	private waiting: Uint8Array = new Uint8Array(0);
	private up = false;

	constructor(options: TcpOptions, room: number) {
		this.options = options;
		this.room = room;
	}

	read(target: Uint8Array): number | undefined {
		if (this.closed) throw new Error("read from a closed socket");
		const count = Math.min(target.length, this.waiting.length);
		if (count === 0) return undefined;
		target.set(this.waiting.subarray(0, count));
		this.waiting = this.waiting.slice(count);
		return count;
	}

	write(source: Uint8Array): number {
		if (this.closed) throw new Error("write to a closed socket");
		if (source.length > this.room) throw new Error(`write of ${source.length} octets, room for ${this.room}`);
		this.writes.push(source.slice());
		this.room -= source.length;
		this.heard?.(source);
		return this.room;
	}

	close(): void {
		if (this.closed) throw new Error("close of a closed socket");
		this.closed = true;
	}

	/** The connection comes up, or the socket takes `room` octets again. */
	writable(room = this.room): void {
		this.up = true;
		this.room = room;
		this.options.onWritable?.call(this, room);
	}

	/** Octets arrive, `segment` at a time (all at once when 0). */
	deliver(octets: Uint8Array | readonly number[], segment = 0): void {
		const all = Uint8Array.from(octets);
		const step = segment === 0 ? Math.max(all.length, 1) : segment;
		for (let at = 0; at < all.length && !this.closed; at += step) {
			const part = all.subarray(at, at + step);
			const joined = new Uint8Array(this.waiting.length + part.length);
			joined.set(this.waiting);
			joined.set(part, this.waiting.length);
			this.waiting = joined;
			this.options.onReadable?.call(this, joined.length);
		}
	}

	/** The connection is refused, or closed by the other end once it was up; or ends as `end` says, a number of TcpEnd. */
	fail(end: number = this.up ? TcpEnd.closed : TcpEnd.refused): void {
		this.options.onError?.call(this, end);
	}

	/** Message ids of all that was written, one write one message. */
	get ids(): number[] {
		return this.writes.map((octets) => new DataView(octets.buffer, octets.byteOffset).getUint32(8, true));
	}
}

/** The phone's end of a connection that somebody made to it. */
export class FakeServedSocket extends FakeSocket implements ServedSocket {
	readonly remoteAddress: string;

	constructor(callbacks: TcpCallbacks, room: number, remoteAddress: string) {
		super({ ...callbacks, address: remoteAddress, port: 0 }, room);
		this.remoteAddress = remoteAddress;
	}
}

/** The phone's listener, with those who connect as a method. */
export class FakeListener implements TcpListener {
	readonly port: number;
	closed = false;
	private readonly options: ListenOptions;
	private readonly waiting: string[] = [];
	private readonly taken: FakeServedSocket[] = [];
	private room = 0;

	constructor(options: ListenOptions) {
		this.options = options;
		this.port = options.port;
	}

	read(callbacks: TcpCallbacks): FakeServedSocket | undefined {
		if (this.closed) throw new Error("read from a closed listener");
		const address = this.waiting.shift();
		if (address === undefined) return undefined;
		const socket = new FakeServedSocket(callbacks, this.room, address);
		this.taken.push(socket);
		return socket;
	}

	close(): void {
		if (this.closed) throw new Error("close of a closed listener");
		this.closed = true;
	}

	/** Somebody connects, and hears that the connection is up; undefined when the phone does not take it. */
	connect(address = "192.0.2.99", room = 4096): FakeServedSocket | undefined {
		this.waiting.push(address);
		this.room = room;
		this.options.onReadable.call(this);
		this.waiting.length = 0;
		const socket = this.taken.pop();
		if (socket !== undefined && !socket.closed) socket.writable();
		return socket;
	}
}

/** One UDP packet. */
export interface Packet {
	readonly octets: Uint8Array;
	readonly address: string;
	readonly port: number;
}

/** The phone's UDP socket, with the other ends as methods. */
export class FakeDatagrams implements UdpSocket {
	readonly options: UdpOptions;
	address = "";
	port = 0;
	closed = false;
	/** Packets that the phone sent. */
	readonly writes: Packet[] = [];
	private readonly waiting: Packet[] = [];

	constructor(options: UdpOptions) {
		this.options = options;
	}

	read(target: Uint8Array): number | undefined {
		if (this.closed) throw new Error("read from a closed socket");
		const packet = this.waiting.shift();
		if (packet === undefined) return undefined;
		const count = Math.min(packet.octets.length, target.length);
		target.set(packet.octets.subarray(0, count));
		this.address = packet.address;
		this.port = packet.port;
		return count;
	}

	write(source: Uint8Array, address: string, port: number): void {
		if (this.closed) throw new Error("write to a closed socket");
		this.writes.push({ octets: source.slice(), address, port });
	}

	close(): void {
		if (this.closed) throw new Error("close of a closed socket");
		this.closed = true;
	}

	/** Packets arrive together; none when the socket is closed. */
	deliver(...packets: Packet[]): void {
		if (this.closed) return;
		this.waiting.push(...packets);
		this.options.onReadable?.call(this, this.waiting.length);
	}

	/** The socket could not be opened or breaks. */
	fail(): void {
		this.options.onError?.call(this);
	}

	/** Takes what the phone has sent since the last call. */
	take(): Packet[] {
		return this.writes.splice(0);
	}
}

/** A lease as DHCP servers of offices without telephones give it, with what `more` says. */
export function fakeLease(more: Partial<Lease> = {}): Lease {
	return {
		address: "192.0.2.20",
		mask: "255.255.255.0",
		router: "192.0.2.1",
		dns: ["192.0.2.1"],
		domain: "",
		tftpAddresses: [],
		tftpName: "",
		nextServer: "",
		serverName: "",
		ntp: [],
		...more,
	};
}

/** A network where each connection is a {@link FakeSocket} in `sockets`. */
export class FakeNetwork implements Network {
	mac = "001122334455";
	/** Room that new sockets have. */
	room = 65536;
	readonly sockets: FakeSocket[] = [];
	/** Names and their addresses; a name that is not here is unknown, an address stands for itself. */
	readonly names = new Map<string, string>();
	/** Each UDP socket that was opened. */
	readonly datagramSockets: FakeDatagrams[] = [];
	lease: Lease | undefined = undefined;
	trouble = "";
	/** What was set by hand last. */
	settings: StaticSettings | undefined = undefined;
	private listener: NetworkListener | undefined = undefined;

	/** As what the phone asks for its address, once it has been started. */
	identity: NetworkIdentity | undefined = undefined;
	/** How often it was started. */
	starts = 0;
	/** What it was told in order: 'configure', 'start'. */
	readonly order: string[] = [];
	/** What happens while it is started. */
	started: () => void = () => {};
	/** What is wrong with settings made by hand. */
	refusal = "";

	start(listener: NetworkListener, identity: NetworkIdentity): void {
		this.listener = listener;
		this.identity = identity;
		this.starts += 1;
		this.order.push("start");
		this.started();
	}

	configure(settings: StaticSettings | undefined): string {
		this.order.push("configure");
		if (settings !== undefined && this.refusal !== "") return this.refusal;
		this.settings = settings;
		return "";
	}

	/** DHCP gives a lease, or it is lost. */
	give(lease: Lease | undefined): void {
		this.lease = lease;
		this.listener?.leaseChanged();
	}

	/** The body has other words for its trouble. */
	say(trouble: string): void {
		this.trouble = trouble;
		this.listener?.troubleChanged?.();
	}

	/** Each listener that was opened; none can be where {@link listens} is false. */
	readonly listeners: FakeListener[] = [];
	listens = true;

	listen(options: ListenOptions): FakeListener | undefined {
		if (!this.listens) return undefined;
		const listener = new FakeListener(options);
		this.listeners.push(listener);
		return listener;
	}

	datagrams(options: UdpOptions): FakeDatagrams {
		const socket = new FakeDatagrams(options);
		this.datagramSockets.push(socket);
		return socket;
	}

	/** The newest UDP socket. */
	get datagramSocket(): FakeDatagrams {
		const socket = this.datagramSockets[this.datagramSockets.length - 1];
		if (socket === undefined) throw new Error("no UDP socket was opened");
		return socket;
	}

	/** Undefined for a body whose only network is the phone's. */
	localAddress: ((remote: string) => string) | undefined = () => "127.0.0.1";

	resolve(host: string, done: (address: string | undefined) => void): void {
		done(/^[0-9.]+$/.test(host) ? host : this.names.get(host));
	}

	connect(options: TcpOptions): FakeSocket {
		const socket = new FakeSocket(options, this.room);
		this.sockets.push(socket);
		return socket;
	}

	/** The newest connection. */
	get socket(): FakeSocket {
		const socket = this.sockets[this.sockets.length - 1];
		if (socket === undefined) throw new Error("no connection was opened");
		return socket;
	}
}

/** An audio pipeline that notes what it is told; ports and counters are set by the spec. */
export class FakeAudio implements Audio {
	wideband = false;
	suppressesNoise = true;
	/** What was set last; undefined before. */
	noiseSuppression: boolean | undefined;
	levelControl: boolean | undefined;
	/** One line for each call, such as 'openReceive 0 0 20'. */
	readonly calls: string[] = [];
	/** Port that the next openReceive gives; 0 refuses. */
	port = 20480;
	/** What startTransmit answers. */
	transmits = true;
	route = 0;
	muted = false;
	tone = 0;
	networkTone = 0;
	ringer = 1;
	locale = 0;
	/** What was asked of tones: 'start 21', 'stop', 'cut'. */
	readonly toneCalls: string[] = [];
	/** From this id on tones are unknown. */
	firstUnknownTone = 0x60;
	/** How long a ring sounds once, in ms. */
	ringLength = 2000;
	/** Keys heard, by event. */
	readonly keyTones: number[] = [];
	readonly volumes = [0, 0, 0, 0];
	/** Whether there is memory for a ring file beside the one that rings, and for how long a one. */
	secondRing = true;
	ringRoom = 16400;
	/** Octets of the ring file that arrives, and of its largest part so far. */
	ringFile = 0;
	ringParts = 0;
	readonly counters = new Uint32Array(Statistic.count);

	openReceive(stream: number, payloadType: number, packetTime: number): number {
		this.calls.push(`openReceive ${stream} ${payloadType} ${packetTime}`);
		return this.port;
	}

	openMulticast(stream: number, address: number, port: number, payloadType: number, packetTime: number): boolean {
		this.calls.push(`openMulticast ${stream} ${address} ${port} ${payloadType} ${packetTime}`);
		return this.port !== 0;
	}

	closeReceive(stream: number): void {
		this.calls.push(`closeReceive ${stream}`);
	}

	startTransmit(
		stream: number,
		address: number,
		port: number,
		payloadType: number,
		packetTime: number,
		tos: number,
	): boolean {
		this.calls.push(`startTransmit ${stream} ${address} ${port} ${payloadType} ${packetTime} ${tos}`);
		return this.transmits;
	}

	receiveEvents(stream: number, payloadType: number): void {
		this.calls.push(`receiveEvents ${stream} ${payloadType}`);
	}
	stopTransmit(stream: number): void {
		this.calls.push(`stopTransmit ${stream}`);
	}

	setTransmit(stream: number, silenceSuppression: boolean, eventPayloadType: number): void {
		this.calls.push(`setTransmit ${stream} ${silenceSuppression} ${eventPayloadType}`);
	}

	sendEvent(stream: number, event: number, milliseconds: number): boolean {
		this.calls.push(`sendEvent ${stream} ${event} ${milliseconds}`);
		return true;
	}

	setLocale(locale: number): void {
		this.locale = locale;
	}

	keyTone(event: number): void {
		this.keyTones.push(event);
	}

	setBell(bell: number): void {
		this.calls.push(`setBell ${bell}`);
	}

	beginRing(): boolean {
		this.calls.push("beginRing");
		this.ringFile = 0;
		return this.secondRing;
	}

	ringData(octets: Uint8Array): number {
		this.ringParts = Math.max(this.ringParts, octets.length);
		const taken = Math.min(octets.length, this.ringRoom - this.ringFile);
		this.ringFile += taken;
		return taken;
	}

	endRing(): boolean {
		this.calls.push(`endRing ${this.ringFile}`);
		return this.ringFile > 0;
	}

	/** Tones of the server, as they were set last. */
	tones: number[] = [];

	setTones(numbers: Uint16Array): boolean {
		this.tones = Array.from(numbers);
		return true;
	}

	setReports(reports: boolean): void {
		this.calls.push(`setReports ${reports}`);
	}

	startTone(id: number, direction: number): boolean {
		if (direction !== 1) this.tone = id;
		if (direction !== 0) this.networkTone = id;
		this.toneCalls.push(`start ${id.toString(16)}`);
		return id < this.firstUnknownTone;
	}

	stopTone(cut: boolean): void {
		this.tone = 0;
		this.networkTone = 0;
		this.toneCalls.push(cut ? "cut" : "stop");
	}

	ring(mode: number, once: boolean): number {
		this.ringer = mode;
		this.calls.push(`ring ${mode}${once ? " once" : ""}`);
		return once ? this.ringLength : 0;
	}

	setRoute(route: number): void {
		this.route = route;
	}

	setMute(muted: boolean): void {
		this.muted = muted;
	}

	setNoiseSuppression(on: boolean): void {
		this.noiseSuppression = on;
		this.calls.push(`setNoiseSuppression ${on}`);
	}

	setLevelControl(on: boolean): void {
		this.levelControl = on;
		this.calls.push(`setLevelControl ${on}`);
	}

	setVolume(route: number, step: number): void {
		this.volumes[route] = step;
	}

	statistics(_stream: number, target: ArrayBuffer): void {
		new Uint32Array(target).set(this.counters);
	}
}

/** A display that counts what it is shown, with the letters of the real ones unless a spec says otherwise. */
export class FakeDisplay implements Display {
	shown = 0;
	letters: (code: number) => boolean = hasLetter;
	/** Bits of `Look` that it was given last. */
	look = 0;
	/** Parts that any show since the last {@link FakeDisplay.take} was about. */
	dirty = 0;

	show(screen: Screen): void {
		this.shown += 1;
		this.dirty |= screen.dirty;
	}

	draws(code: number): boolean {
		return this.letters(code);
	}

	setLook(look: number): void {
		this.look = look;
	}

	rows(list: boolean): number {
		return list ? usualRows.list : usualRows.page;
	}

	fits(text: string, from: number): number {
		return wrap(text, from, usualWidth, usualRoom);
	}

	take(): number {
		const { dirty } = this;
		this.dirty = 0;
		return dirty;
	}
}

/** Keeps the octets that it is given; each picture is as large as `size` says, and refused while `refusal` is not ''. */
export class FakePictures implements Pictures {
	revision = 0;
	refusal = "";
	size = { width: 100, height: 50 };
	/** What was begun last, as 'place kind width height depth', and its octets. */
	begun = "";
	readonly octets: number[] = [];
	readonly kept = new Set<number>();
	private place = -1;

	begin(place: number, kind: number, width: number, height: number, depth: number): string {
		this.begun = `${place} ${kind} ${width} ${height} ${depth}`;
		this.octets.length = 0;
		this.kept.delete(place);
		this.place = place;
		return this.refuse();
	}

	take(octets: Uint8Array, from: number, to: number): string {
		if (this.place < 0) throw new Error("octets of no picture");
		this.octets.push(...octets.subarray(from, to));
		return this.refuse();
	}

	end(): string {
		if (this.place < 0) throw new Error("end of no picture");
		const refused = this.refuse();
		if (refused === "") this.kept.add(this.place);
		this.cancel();
		return refused;
	}

	cancel(): void {
		this.place = -1;
		this.revision += 1;
	}

	width(place: number): number {
		return this.kept.has(place) ? this.size.width : 0;
	}

	height(place: number): number {
		return this.kept.has(place) ? this.size.height : 0;
	}

	fileWidth(place: number): number {
		return this.width(place);
	}

	fileHeight(place: number): number {
		return this.height(place);
	}

	release(): void {
		this.kept.clear();
		this.cancel();
	}

	private refuse(): string {
		if (this.refusal !== "") this.place = -1;
		return this.refusal;
	}
}

/** Lamps by number as 'mode/colour'. */
export class FakeLamps implements Lamps {
	readonly shown: string[] = [];

	set(lamp: number, mode: number, colour: number): void {
		this.shown[lamp] = mode === 1 ? "off" : `${mode}/${colour}`;
	}
}

/** The display's light, in percent as last set. */
export class FakeBacklight implements Backlight {
	percent = -1;

	set(percent: number): void {
		this.percent = percent;
	}
}

/** Keys and a hook that the spec moves. */
export class FakeKeypad implements Keypad {
	offHook = false;
	readonly lineKeys: number;
	readonly softkeys: number;
	private listener: KeypadListener | undefined = undefined;

	constructor(lineKeys: number, softkeys: number) {
		this.lineKeys = lineKeys;
		this.softkeys = softkeys;
	}

	start(listener: KeypadListener): void {
		this.listener = listener;
	}

	press(key: number): void {
		this.listener?.key(key, true);
		this.listener?.key(key, false);
	}

	/** A finger on the picture that is shown. */
	point(x: number, y: number): void {
		this.listener?.pointed?.(x, y);
	}

	hook(offHook: boolean): void {
		this.offHook = offHook;
		this.listener?.hook(offHook);
	}
}
