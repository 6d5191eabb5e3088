// A file of the server that a service has played once: the ring of before comes back, whatever becomes of it.
import { assert } from "chai";
import { Errands } from "provisioning/errands";
import { Player } from "provisioning/player";
import { Ringer } from "provisioning/ringer";
import { FakeAudio, FakeClock } from "../support/fakes.js";
import { type Answer, fetchOver } from "../support/provisioning.js";

function rig(files: Record<string, Answer>) {
	const clock = new FakeClock();
	const { fetch, http, tftp } = fetchOver(files);
	const audio = new FakeAudio();
	const told: string[] = [];
	const host = {
		bell: 2,
		callsUp: () => false,
		fetched: () => fetch.release(),
		random: () => 0.5,
		rung: () => {},
		log: () => {},
		ringOnce: () => {
			told.push("ring");
			return 1500;
		},
		notice: (text: string) => told.push(text),
		played: () => told.push("played"),
	};
	const errands = new Errands(fetch, clock, host);
	const ringer = new Ringer(errands, audio, host);
	errands.add(ringer);
	fetch.use("10.0.0.1", 69);
	errands.resume();
	const serve = () => {
		do clock.advance(1);
		while (http.serve() || tftp.serve());
	};
	const player = (name: string) => new Player(name, errands, ringer, audio, clock, host);
	return { audio, clock, player, ringer, serve, tftp, told };
}

describe("a file that is played once", () => {
	const files = {
		"Bass.raw": "x".repeat(480),
		"Alert.raw": "y".repeat(960),
		"Page.raw": "<html>not found</html>".repeat(40),
	};

	it("is fetched, played, and gives way to the ring of before", () => {
		const it = rig(files);
		it.ringer.ring("Bass.raw");
		it.serve();
		it.player("Alert.raw").play();
		it.serve();
		assert.deepEqual(it.told, ["ring"]);
		assert.include(it.audio.calls, "endRing 960");
		it.clock.advance(1400);
		assert.equal(it.ringer.playing, "Bass.raw", "as far as the settings know");
		it.clock.advance(100);
		it.serve();
		assert.deepEqual(it.told, ["ring", "played"]);
		assert.equal(it.audio.calls.at(-1), "endRing 480", "the ring has come again");
		assert.equal(it.ringer.playing, "Bass.raw");
	});

	it("gives way to a bell", () => {
		const it = rig(files);
		it.player("Alert.raw").play();
		it.serve();
		it.clock.advance(1500);
		assert.include(it.audio.calls, "setBell 2");
	});

	it("leaves the ring alone where it does not come, is none, or is wanted no more", () => {
		for (const name of ["Missing.raw", "Page.raw"]) {
			const it = rig(files);
			it.ringer.ring("Bass.raw");
			it.serve();
			const calls = it.audio.calls.length;
			it.player(name).play();
			it.serve();
			assert.match(it.told[0] ?? "", new RegExp(`^${name}: `));
			assert.equal(it.told[1], "played");
			assert.equal(it.ringer.playing, "Bass.raw");
			assert.notInclude(it.audio.calls.slice(calls).join(), "endRing");
		}
		const it = rig(files);
		const player = it.player("Alert.raw");
		player.play();
		player.stop();
		it.serve();
		assert.deepEqual(it.told, []);
		const other = it.player("Alert.raw");
		other.play();
		it.serve();
		other.stop();
		it.clock.advance(5000);
		assert.deepEqual(it.told, ["ring"]);
	});
});
