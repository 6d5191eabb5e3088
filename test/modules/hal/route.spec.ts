// Codec and amplifier turned after the route in force, and a touch panel read at regular times.
import { assert } from "chai";
import type { TouchPoint } from "hal/drivers/common/chips";
import type { Terminal } from "hal/drivers/common/codec";
import { SoundRoute } from "hal/esp32s3/route";
import { TouchPanel } from "hal/esp32s3/touchpanel";
import { Route } from "hal/hardware";
import { FakeClock } from "../support/fakes.js";
import { FakeTicker } from "../support/ticker.js";

const active = 4;
const wideband = 8;
const sidetone = 16;
const routes = {
	handset: { input: "left1", output: "left1" },
	headset: { input: "left2", output: "right1" },
	speaker: { input: "right1", output: "left2" },
} as const;

class Codec {
	readonly calls: string[] = [];
	broken = false;

	play(terminal: Terminal | undefined): void {
		if (this.broken) throw new Error("no answer");
		this.calls.push(`play ${terminal}`);
	}

	record(terminal: Terminal | undefined): void {
		this.calls.push(`record ${terminal}`);
	}

	setGain(decibels: number): void {
		this.calls.push(`gain ${decibels}`);
	}

	setVolume(): void {
		throw new Error("the pipeline has the volume");
	}

	mute(): void {
		throw new Error("the pipeline mutes");
	}

	setRate(rate: number): void {
		if (this.broken) throw new Error("no answer");
		this.calls.push(`rate ${rate}`);
	}

	take(): string {
		return this.calls.splice(0).join(", ");
	}
}

function make(given: object = routes): { codec: Codec; route: SoundRoute; log: string[] } {
	const codec = new Codec();
	const log: string[] = [];
	const route = new SoundRoute({
		output: codec,
		input: codec,
		routes: given,
		amplify: (on) => codec.calls.push(on ? "loud" : "quiet"),
		log: (line) => log.push(line),
	});
	return { codec, route, log };
}

describe("route of sound on a board", () => {
	it("is silent and deaf at first", () => {
		assert.equal(make().codec.take(), "play undefined, record undefined, quiet");
	});

	it("goes in and out by the route, the amplifier off first and on last", () => {
		const { codec, route } = make();
		codec.take();
		route.turn(Route.handset | active);
		assert.equal(codec.take(), "quiet, play left1, gain 18, record left1");
		route.turn(Route.speaker | active);
		assert.equal(codec.take(), "play left2, gain 30, record right1, loud");
		route.turn(Route.headset | active);
		assert.equal(codec.take(), "quiet, play right1, gain 21, record left2");
		route.turn(Route.headset | active);
		assert.equal(codec.take(), "");
		route.turn(0);
		assert.equal(codec.take(), "quiet, play undefined, record undefined");
	});

	it("the ringer is in the loudspeaker and hears nothing", () => {
		const { codec, route } = make();
		codec.take();
		route.turn(Route.none | active);
		assert.equal(codec.take(), "play left2, record undefined, loud");
	});

	it("has sidetone of a codec where it leads an input to the route's output, while the user is to hear himself", () => {
		const { codec, route } = make();
		assert.equal(route.sidetones, 0, "a codec that has none");
		const leads = Object.assign(new Codec(), {
			hasSidetone: (input: Terminal, output: Terminal) => input === "left1" && output === "left1",
			setSidetone: (decibels?: number) => leads.calls.push(`sidetone ${decibels}`),
		}) as Codec & { calls: string[] };
		const own = new SoundRoute({ output: leads, input: leads, routes, log: () => {} });
		assert.equal(own.sidetones, 1 << Route.handset, "the headset's input is on the other side");
		leads.take();
		own.turn(Route.handset | active | sidetone);
		assert.equal(leads.take(), "play left1, gain 18, record left1, sidetone -24");
		own.turn(Route.handset | active);
		assert.match(leads.take(), /sidetone undefined$/);
		own.turn(Route.headset | active | sidetone);
		assert.notMatch(leads.take(), /sidetone/);
		own.turn(Route.speaker | active);
		assert.notMatch(leads.take(), /sidetone/);
		assert.equal(new SoundRoute({ output: leads, input: codec, routes, log: () => {} }).sidetones, 0, "two chips");
	});

	it("a board without a handset has everything in the loudspeaker", () => {
		const { codec, route } = make({ speaker: routes.speaker });
		codec.take();
		route.turn(Route.handset | active);
		assert.equal(codec.take(), "play left2, gain 30, record right1, loud");
	});

	it("turns the rate in silence and before the way, one chip once and two both", () => {
		const { codec, route } = make();
		codec.take();
		route.turn(Route.speaker | active | wideband);
		assert.equal(codec.take(), "quiet, play undefined, rate 16000, play left2, gain 30, record right1, loud");
		route.turn(Route.handset | active | wideband);
		assert.equal(codec.take(), "quiet, play left1, gain 18, record left1");
		route.turn(Route.handset | active);
		assert.equal(codec.take(), "quiet, play undefined, rate 8000, play left1, gain 18, record left1");
		route.turn(Route.handset | active | wideband);
		codec.take();
		route.turn(0);
		assert.equal(codec.take(), "quiet, play undefined, record undefined", "as it was while it is off");
		route.turn(Route.handset | active | wideband);
		assert.equal(codec.take(), "quiet, play left1, gain 18, record left1");
		const input = new Codec();
		const both = new SoundRoute({ output: codec, input, routes, log: () => {} });
		codec.take();
		input.take();
		both.turn(Route.handset | active | wideband);
		assert.equal(codec.take(), "play undefined, rate 16000, play left1");
		assert.equal(input.take(), "rate 16000, gain 18, record left1");
	});

	it("a rate that a codec did not take is tried again", () => {
		const { codec, route, log } = make();
		codec.broken = true;
		route.turn(Route.handset | active | wideband);
		codec.broken = false;
		codec.take();
		route.turn(Route.handset | active | wideband);
		assert.equal(codec.take(), "quiet, play undefined, rate 16000, play left1, gain 18, record left1");
		assert.lengthOf(log, 1);
	});

	it("a codec that does not answer is told once, and tried again", () => {
		const { codec, route, log } = make();
		codec.broken = true;
		route.turn(Route.handset | active);
		route.turn(Route.speaker | active);
		assert.lengthOf(log, 1);
		assert.match(log[0] as string, /codec.*no answer/);
		codec.broken = false;
		codec.take();
		route.turn(Route.speaker | active);
		assert.equal(codec.take(), "play left2, gain 30, record right1, loud");
	});
});

describe("touch panel", () => {
	/** A sensor as the SDK's drivers are: what a test lets it see, and undefined where that has been told. */
	function panel() {
		const clock = new FakeClock();
		const heard: string[] = [];
		const sensor = { broken: false, points: undefined as readonly TouchPoint[] | undefined };
		new TouchPanel(
			{
				configure: () => undefined,
				sample: () => {
					if (sensor.broken) throw new Error("no answer");
					return sensor.points;
				},
			},
			{ touch: (x, y) => heard.push(`${x},${y}`), release: () => heard.push("up") },
			(callback) => new FakeTicker(clock, callback),
		);
		const look = (...points: TouchPoint[]): void => {
			sensor.points = points;
			clock.advance(25);
			sensor.points = undefined;
		};
		return { clock, heard, look, sensor };
	}

	it("tells where a finger is, and that it is gone", () => {
		const { heard, look } = panel();
		look({ id: 0, x: 319, y: 239 });
		look();
		assert.deepEqual(heard, ["319,239", "up"]);
	});

	it("takes it that nothing has changed where the sensor says nothing", () => {
		const { clock, heard, look } = panel();
		clock.advance(100);
		look({ id: 0, x: 10, y: 20 });
		clock.advance(1000);
		assert.deepEqual(heard, ["10,20"]);
		look();
		assert.deepEqual(heard, ["10,20", "up"]);
	});

	it("takes the first of two fingers; the other one presses by itself when the first goes up", () => {
		const { heard, look } = panel();
		const second = { id: 1, x: 96, y: 112 };
		look({ id: 0, x: 16, y: 32 });
		look({ id: 0, x: 16, y: 32 }, second);
		look(second);
		look();
		assert.deepEqual(heard, ["16,32", "16,32", "up", "96,112", "up"]);
	});

	it("lets go when the controller falls silent for some looks", () => {
		const { clock, heard, look, sensor } = panel();
		look({ id: 0, x: 0, y: 0 });
		sensor.broken = true;
		clock.advance(50);
		assert.deepEqual(heard, ["0,0"]);
		clock.advance(500);
		assert.deepEqual(heard, ["0,0", "up"]);
	});
});
