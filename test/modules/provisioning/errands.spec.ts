// What is fetched after the registration: in its order, one by one, given up and asked for again, and never in the way of anything.
import { assert } from "chai";
import { Failure } from "net/transfer";
import { Errand, Errands } from "provisioning/errands";
import { Fetch } from "provisioning/fetch";
import { FakeClock } from "../support/fakes.js";
import { type Answer, FakeTransfer } from "../support/provisioning.js";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Wants files by their names until one of them has come; those that begin with 'bad' are none. */
class FakeErrand extends Errand {
	readonly limit = 100;
	files: string[];
	got = "";
	missedTimes = 0;
	/** What its fetching has taken and not given back. */
	taken = 0;
	private text = "";

	constructor(...files: string[]) {
		super();
		this.files = files;
	}

	file(index: number): string {
		return this.got === "" ? (this.files[index] ?? "") : "";
	}

	begin(_file: string, _size: number): void {
		this.text = "";
		this.taken = 1;
	}

	data(octets: Uint8Array): boolean {
		this.text += String.fromCharCode(...octets);
		return !this.text.startsWith("bad");
	}

	end(): string {
		if (this.text.startsWith("bad")) return "it is bad";
		this.got = this.text;
		return "";
	}

	missed(): void {
		this.missedTimes += 1;
	}

	release(): void {
		this.taken = 0;
	}
}

function rig(files: Record<string, Answer>, ...errands: FakeErrand[]) {
	const clock = new FakeClock();
	const transfer = new FakeTransfer();
	const web = new FakeTransfer();
	web.otherwise = Failure.unreachable;
	for (const [name, answer] of Object.entries(files)) transfer.files.set(name, answer);
	const fetch = new Fetch((overHttp) => (overHttp ? web : transfer));
	const log: string[] = [];
	const state = { calls: false, random: 0.5, fetched: 0 };
	const host = {
		callsUp: () => state.calls,
		fetched: () => {
			state.fetched += 1;
			for (const errand of errands) assert.equal(errand.taken, 0, "memory is given back first");
			fetch.release();
		},
		random: () => state.random,
		log: (line: string) => log.push(line),
	};
	const queue = new Errands(fetch, clock, host);
	for (const errand of errands) queue.add(errand);
	fetch.use("10.0.0.1", 69);
	const serve = () => web.serve() || transfer.serve();
	/** Lets the server answer for so long (ms). */
	const run = (milliseconds = 10) => {
		const end = clock.ticks + milliseconds;
		const step = Math.max(1, Math.floor(milliseconds / 200));
		while (clock.ticks < end) {
			clock.advance(Math.min(end - clock.ticks, step));
			while (serve()) clock.advance(1);
		}
	};
	const asked = () => transfer.asked.splice(0).map((request) => request.slice(request.indexOf(" ") + 1));
	return { clock, transfer, web, serve, fetch, log, state, queue, run, asked };
}

describe("errands", () => {
	it("are done one by one in their order, and memory is given back between them", () => {
		const errands = [new FakeErrand("a"), new FakeErrand("b1", "b2"), new FakeErrand("c")] as const;
		const { queue, run, asked, state, clock, fetch } = rig({ a: "A", b2: "B", c: "C" }, ...errands);
		run();
		assert.deepEqual(asked(), [], "not before the phone may");
		queue.resume();
		run();
		assert.deepEqual(asked(), ["a", "b1", "b2", "c"]);
		assert.deepEqual(
			errands.map(({ got }) => got),
			["A", "B", "C"],
		);
		assert.equal(state.fetched, 3);
		assert.isFalse(fetch.busy);
		assert.equal(clock.pending, 0, "nothing wakes a phone that has all it wants");
	});

	it("that do not come are asked for again after pauses that grow to an hour, and hold up no other", () => {
		const stuck = new FakeErrand("stuck");
		const other = new FakeErrand("other");
		const { queue, run, serve, asked, log, state, clock, transfer } = rig(
			{ stuck: Failure.timedOut, other: "x" },
			stuck,
			other,
		);
		queue.resume();
		run();
		assert.deepEqual(asked(), ["stuck", "other"]);
		assert.equal(other.got, "x");
		const pauses: number[] = [];
		let last = clock.ticks;
		while (pauses.length < 9) {
			clock.advance(10_000);
			while (serve()) clock.advance(1);
			if (asked().length === 0) continue;
			pauses.push(Math.round((clock.ticks - last) / minute));
			last = clock.ticks;
		}
		assert.deepEqual(pauses, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
		assert.equal(log[0], "stuck: failure 1; asked for again in 60 s");
		assert.equal(stuck.missedTimes, 10);
		state.random = 0;
		transfer.files.set("stuck", "at last");
		run(61 * minute);
		assert.equal(stuck.got, "at last");
	});

	it("spread their pauses, so that a building of phones does not ask as one", () => {
		for (const [random, seconds] of [
			[0, 45],
			[0.999, 75],
		] as const) {
			const { queue, run, log, state } = rig({ a: Failure.refused }, new FakeErrand("a"));
			state.random = random;
			queue.resume();
			run();
			assert.equal(log[0], `a: failure 3; asked for again in ${seconds} s`);
		}
	});

	it("that the server has not are asked for a day later, not at each registration", () => {
		const errand = new FakeErrand("a", "b");
		const { queue, run, asked, fetch } = rig({}, errand);
		queue.resume();
		run();
		assert.deepEqual(asked(), ["a", "b"]);
		for (let registration = 0; registration < 50; registration += 1) {
			queue.hold();
			queue.resume();
			run(minute);
		}
		assert.deepEqual(asked(), []);
		run(day);
		assert.deepEqual(asked(), ["a", "b"]);
		fetch.use("10.0.0.2", 69);
		queue.resume();
		run();
		assert.deepEqual(asked(), ["a", "b"], "another server may have it");
		queue.renew();
		queue.resume();
		run();
		assert.deepEqual(asked(), ["a", "b"], "another configuration holds");
		errand.files = ["c"];
		queue.resume();
		run();
		assert.deepEqual(asked(), ["c"], "the configuration names another file");
	});

	it("with one file missing and one that does not come are asked for soon", () => {
		const { queue, run, asked } = rig({ b: Failure.timedOut }, new FakeErrand("a", "b"));
		queue.resume();
		run();
		asked();
		run(90 * 1000);
		assert.deepEqual(asked(), ["a", "b"]);
	});

	it("that bring what is no such file are broken off at once, and the next file is asked for", () => {
		const errand = new FakeErrand("a", "b");
		const { queue, run, asked, log, transfer } = rig({ a: "bad".padEnd(90), b: "good" }, errand);
		queue.resume();
		run();
		assert.deepEqual(asked(), ["a", "b"]);
		assert.equal(errand.got, "good");
		assert.deepEqual(log, ["a: it is bad"]);
		assert.equal(transfer.octets, 16 + 4);
	});

	it("that come over HTTP as something else are asked for by TFTP, and so are those after them", () => {
		const first = new FakeErrand("a");
		const second = new FakeErrand("b");
		const { queue, run, asked, log, web } = rig({ a: "A", b: "B" }, first, second);
		web.otherwise = "bad: a page for every name";
		queue.resume();
		run();
		assert.deepEqual(asked(), ["a", "b"]);
		assert.deepEqual(
			web.asked.map((request) => request.split(" ")[1]),
			["a"],
		);
		assert.deepEqual([first.got, second.got], ["A", "B"]);
		assert.deepEqual(log, ["a over HTTP: it is bad; TFTP is asked"]);
	});

	it("that are bad over HTTP, with nobody at TFTP, are so; and nobody waits for TFTP again", () => {
		const first = new FakeErrand("a");
		const second = new FakeErrand("b");
		const { queue, run, asked, log, web, transfer } = rig({}, first, second);
		web.files.set("a", "bad");
		web.files.set("b", "B");
		transfer.otherwise = Failure.timedOut;
		queue.resume();
		run();
		assert.deepEqual(asked(), ["a"]);
		assert.equal(second.got, "B");
		assert.deepEqual(log, ["a over HTTP: it is bad; TFTP is asked", "a: it is bad; asked for again in 60 s"]);
	});

	it("begin anew when the server is wanted for something else meanwhile, and leave that alone", () => {
		const errand = new FakeErrand("a");
		const { queue, run, asked, fetch, clock, transfer } = rig({ a: undefined, config: "c" }, errand);
		queue.resume();
		run();
		assert.deepEqual(asked(), ["a"]);
		let ends = 0;
		const configuration = { begin() {}, data: () => true, end: () => (ends += 1), failed: assert.fail };
		fetch.cancel();
		queue.hold();
		fetch.get("config", configuration, 100);
		queue.want(errand);
		run(1);
		assert.equal(ends, 1);
		run(2 * hour);
		assert.deepEqual(asked(), ["config"]);
		transfer.files.set("a", "A");
		queue.resume();
		run();
		assert.equal(errand.got, "A");
		assert.equal(clock.pending, 0);
	});

	it("that somebody waits for go first, in a call, too; others wait for its end", () => {
		const slow = new FakeErrand("slow");
		const wanted = new FakeErrand("wanted");
		const { queue, run, asked, state, transfer } = rig({ slow: undefined, wanted: "w" }, slow);
		queue.resume();
		run();
		assert.deepEqual(asked(), ["slow"]);
		state.calls = true;
		queue.want(wanted);
		run(minute);
		assert.deepEqual(asked(), ["wanted"]);
		assert.equal(wanted.got, "w");
		assert.equal(slow.taken, 0);
		state.calls = false;
		transfer.files.set("slow", "s");
		run(minute);
		assert.deepEqual(asked(), ["slow"]);
		assert.equal(slow.got, "s");
	});

	it("that are on their way when a call comes are begun anew when it is over", () => {
		const errand = new FakeErrand("file");
		const { queue, run, asked, state, fetch, transfer } = rig({ file: undefined }, errand);
		queue.resume();
		run();
		assert.isTrue(fetch.busy);
		transfer.files.set("file", "a text of more than one block");
		state.calls = true;
		run(minute);
		assert.equal(errand.got, "");
		assert.equal(errand.taken, 0);
		assert.isFalse(fetch.busy);
		assert.deepEqual(asked(), ["file"]);
		state.calls = false;
		run(minute);
		assert.deepEqual(asked(), ["file"]);
		assert.equal(errand.got, "a text of more than one block");
	});

	it("that nobody waits for any more are broken off", () => {
		const wanted = new FakeErrand("wanted");
		const { queue, run, asked, fetch, log } = rig({ wanted: undefined });
		queue.resume();
		queue.want(wanted);
		run();
		assert.isTrue(fetch.busy);
		queue.drop(wanted);
		assert.isFalse(fetch.busy);
		run(2 * hour);
		assert.deepEqual(asked(), ["wanted"]);
		assert.deepEqual(log, []);
	});

	it("that nobody has added are asked for once, and that is all that the log says", () => {
		const wanted = new FakeErrand("wanted");
		const { queue, run, asked, log } = rig({ wanted: Failure.timedOut });
		queue.resume();
		queue.want(wanted);
		run(2 * hour);
		assert.deepEqual(asked(), ["wanted"]);
		assert.deepEqual(log, ["wanted: failure 1"]);
		assert.equal(wanted.missedTimes, 1);
	});
});
