/*
 * What of a board runs on events inside XS: a thousand presses, blinks, looks at the touch panel, turns of the codecs, arrivals on a
 * connection and renewals of the lease leave nothing in the heap to be collected; a datagram leaves the view that it is read through.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { HostFolder, prelude, root } from "../support/host.js";

/** What of hal/esp32s3 and hal/drivers runs on events, and what that needs; the rest runs at boot. */
const modules = [
	...["address", "backlight", "board", "datagrams", "hook", "keypad", "keys", "lamps", "leds", "matrix", "route"].map(
		(name) => `hal/esp32s3/${name}`,
	),
	...["scanner", "socket", "touchpanel"].map((name) => `hal/esp32s3/${name}`),
	...["codec", "registers"].map((name) => `hal/drivers/common/${name}`),
	...["aw88298", "axp2101", "es7210", "es8311", "es8388", "pca9685", "tca8418"].map(
		(name) => `hal/drivers/${name}/${name}`,
	),
];

const source = `${prelude}
import { Aw88298 } from "hal/drivers/aw88298/aw88298";
import { Axp2101, Rail } from "hal/drivers/axp2101/axp2101";
import { RegisterBuffers } from "hal/drivers/common/registers";
import { Es7210 } from "hal/drivers/es7210/es7210";
import { Es8311 } from "hal/drivers/es8311/es8311";
import { Es8388 } from "hal/drivers/es8388/es8388";
import { Pca9685 } from "hal/drivers/pca9685/pca9685";
import { Tca8418 } from "hal/drivers/tca8418/tca8418";
import { ChipAddress } from "hal/esp32s3/address";
import { RailBacklight } from "hal/esp32s3/backlight";
import { ChipDatagrams } from "hal/esp32s3/datagrams";
import { HookSwitch } from "hal/esp32s3/hook";
import { BoardKeypad } from "hal/esp32s3/keypad";
import { CadencedLamps } from "hal/esp32s3/lamps";
import { LedLamps } from "hal/esp32s3/leds";
import { KeyMatrixScan } from "hal/esp32s3/matrix";
import { SoundRoute } from "hal/esp32s3/route";
import { ScannedKeys } from "hal/esp32s3/scanner";
import { ChipSocket, Staging } from "hal/esp32s3/socket";
import { TouchPanel } from "hal/esp32s3/touchpanel";

const words = new Uint32Array(14);
const figures = native("xs_host_figures");

let heard = 0;
const listener = { key: () => { heard += 1; }, held: () => { heard += 1; }, hook: () => { heard += 1; } };
const tickers = [];
const ticker = (callback) => {
	const made = { callback, every() {}, stop() {} };
	tickers.push(made);
	return made;
};
const keys = [[1, 2, 32], [4, 5, 33], [7, 8, 51]];

// a scanner with one event in its store
let event = 0;
let fallen;
const scanner = {
	write: () => {},
	writeRead: (source, target) => {
		const register = source[0];
		target[0] = register === 2 ? Number(event !== 0) : register === 4 ? event : 0;
		if (register === 4) event = 0;
	},
};
const buffers = new RegisterBuffers();
const on = (chip) => ({ io: function () { return chip; }, data: 1, clock: 2, hz: 400000, address: 0x10, buffers });
const line = () => ({ io: function ({ onReadable }) { fallen = onReadable; return { read: () => 1 }; }, pin: 1 });
const scanned = new ScannedKeys({
	driver: Tca8418,
	i2c: on(scanner),
	matrix: { keys, diodes: false },
	interrupt: line(),
	ticker,
	log: print,
});

// a matrix with one key
let pressed = false;
let row = -1;
let begin;
const matrix = new KeyMatrixScan({
	matrix: { keys, diodes: false },
	row: (index) => ({ write: (level) => { row = level === 0 ? index : row === index ? -1 : row; } }),
	column: (index, callback) => { begin = callback; return { read: () => pressed && row === 1 && index === 2 ? 0 : 1 }; },
	ticker,
});

let level = 1;
let edge;
const hook = new HookSwitch({
	open: (changed) => { edge = changed; return { read: () => level }; },
	offHook: 0,
	flash: 100,
	ticker,
});
new BoardKeypad(6, 4, scanned, hook).start(listener);
matrix.start(listener);

const leds = { write: () => {}, writeRead: () => {} };
const description = { red: [0, 2], green: [1, 3] };
const lamps = new CadencedLamps(new LedLamps(new Pca9685({ i2c: on(leds), wait: () => {} }), description), ticker);
const light = new RailBacklight(new Axp2101({ i2c: on(leds) }), { rail: Rail.dldo1, darkest: 2400, brightest: 3300 });

// a finger that comes and goes, told of by a sensor that makes no garbage itself
let fingers = 0, moved = 0;
const points = [[], [{ id: 0, x: 1, y: 2 }], undefined, [{ id: 1, x: 3, y: 4 }, { id: 0, x: 5, y: 6 }]];
new TouchPanel({ sample: () => points[fingers] }, { touch: () => { heard += 1; }, release: () => { heard += 1; } }, ticker);

// each codec plays or records by turns, as routes come into force
const codec = () => ({ i2c: on(leds), mclkMultiple: 512, wait: () => {} });
const routes = {
	handset: { input: "left1", output: "left1" },
	speaker: { input: "left1", output: "left2" },
};
const desk = new Es8388(codec()), mono = new Es8311(codec());
const route = (output, input) => new SoundRoute({ output, input, routes, amplify: () => { heard += 1; }, log: print });
const sounds = [route(desk, desk), route(mono, mono), route(new Aw88298(codec()), new Es7210(codec()))];
const [scanTick, matrixTick, hookTick, lampTick, touchTick] = tickers;

// a call agent that says more or less at a time
const octets = new Uint8Array(2048);
let tcp;
const opened = (options) => { tcp = options; return { read: () => {}, write: () => 1000, close: () => {} }; };
const connection = new ChipSocket(function (options) { return opened(options); }, new Staging(), {
	address: "192.0.2.1",
	port: 2000,
	onReadable() { if (this.read(octets) > 0) heard += 1; },
	onWritable() { this.write(octets); },
}, () => address.held);

// a lease that is renewed again and again
let renewed;
const address = new ChipAddress({
	startLease: (hostName, vendorClass, changed) => { renewed = changed; },
	leaseText: () => "192.0.2.5\\n255.255.255.0\\n192.0.2.1\\n\\n\\n\\n\\n\\n\\n",
	configureAddress: () => "",
}, () => { heard += 1; }, print);
address.start({ hostName: "SEP001122334455", vendorClass: "" });

// a server that sends one packet after the other
const packet = Object.assign(new ArrayBuffer(512), { address: "192.0.2.1", port: 69 });
let udp, waiting = 0;
const received = (options) => { udp = options; return { read: () => waiting-- > 0 ? packet : undefined, write: () => {}, close: () => {} }; };
new ChipDatagrams(function (options) { return received(options); }, {
	onReadable() { while (this.read(octets) !== undefined) heard += 1; },
});
function datagram() { waiting = 1; udp.onReadable.call(udp, 1); }

function once(round) {
	event = 0x80 | 3; fallen();
	for (let i = 0; i < 20; i++) scanTick.callback();
	event = 3; fallen();
	pressed = true; begin();
	for (let i = 0; i < 20; i++) matrixTick.callback();
	pressed = false;
	for (let i = 0; i < 20; i++) matrixTick.callback();
	level = 0; edge(); hookTick.callback();
	level = 1; edge(); hookTick.callback();
	level = 0; edge(); hookTick.callback();
	level = 1; edge(); hookTick.callback(); hookTick.callback();
	lamps.set(0, 3 + round % 3, 1 + round % 3);
	lamps.set(1, 2 - round % 2, 3);
	light.set(round % 101);
	for (let i = 0; i < 20; i++) lampTick.callback();
	for (moved = 0; moved < 40; moved++) { fingers = moved & 8 ? 1 : moved & 3; touchTick.callback(); }
	for (let i = 0; i < sounds.length; i++) {
		for (let state = 0; state < 16; state++) { sounds[i].turn(15 - state); sounds[i].turn(state); }
		sounds[i].turn(0);
	}
	tcp.onReadable.call(tcp, 1 + round % 3000);
	tcp.onWritable.call(tcp, 1000);
	renewed();
}

once(0); once(1); once(2); once(3);
figures.call(globalThis, words.buffer);
const slots = words[0], chunks = words[3], before = heard;
for (let round = 0; round < 1000; round++) once(round);
figures.call(globalThis, words.buffer);
print(words[0] - slots);
print(words[3] - chunks);
print((heard - before) / 1000);
datagram();
figures.call(globalThis, words.buffer);
const slotsBefore = words[0], chunksBefore = words[3];
for (let round = 0; round < 1000; round++) datagram();
figures.call(globalThis, words.buffer);
print((words[0] - slotsBefore) / 1000);
print(words[3] - chunksBefore);
exit(0);
`;

describe("hal/esp32s3: keys, hook, lamps, touch, codecs and network", function () {
	this.timeout(60_000);

	it("make no garbage, datagrams but for a view", () => {
		const sources: Record<string, string> = { main: source };
		for (const name of modules) sources[name] = readFileSync(join(root, `build/js/${name}.js`), "utf8");
		const folder = new HostFolder(sources, { chunks: 1 << 20, slots: 40_000 });
		const { stdout, stderr } = folder.run();
		folder.remove();
		const [slots, chunks, heard, view, viewChunks] = stdout.trim().split("\n");
		assert.equal(stderr, "");
		assert.isAtLeast(Number(heard), 9);
		assert.deepEqual({ slots, chunks }, { slots: "0", chunks: "0" });
		assert.deepEqual({ view, viewChunks }, { view: "4", viewChunks: "0" });
	});
});
