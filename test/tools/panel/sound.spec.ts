/*
 * The page's sound without a browser: the resampler's fidelity both ways and the playout buffer's manners.
 */
import { assert } from "chai";
import { frameSamples, phoneRate } from "../../../tools/panel/page/messages.js";
import { Playout } from "../../../tools/panel/page/playout.js";
import { Resampler } from "../../../tools/panel/page/resampler.js";

/** Sends a sine through a resampler and gives what came out after it has settled. */
function through(inputRate: number, outputRate: number, hertz: number): Float32Array {
	const resampler = new Resampler(inputRate, outputRate, inputRate);
	const pieces = new Float32Array(outputRate);
	let got = 0;
	for (let index = 0; index < inputRate; index++) {
		resampler.write(0.5 * Math.sin((2 * Math.PI * hertz * index) / inputRate));
		got += resampler.read(pieces, got, pieces.length - got);
	}
	return pieces.subarray(outputRate / 10, got - outputRate / 10);
}

/** Amplitude of the best-fitting sine and the root mean square of what is left without it. */
function measure(samples: Float32Array, hertz: number, rate: number): { amplitude: number; rest: number } {
	let sine = 0;
	let cosine = 0;
	samples.forEach((sample, index) => {
		sine += (2 * sample * Math.sin((2 * Math.PI * hertz * index) / rate)) / samples.length;
		cosine += (2 * sample * Math.cos((2 * Math.PI * hertz * index) / rate)) / samples.length;
	});
	let rest = 0;
	samples.forEach((sample, index) => {
		const angle = (2 * Math.PI * hertz * index) / rate;
		rest += (sample - sine * Math.sin(angle) - cosine * Math.cos(angle)) ** 2;
	});
	return { amplitude: Math.hypot(sine, cosine), rest: Math.sqrt(rest / samples.length) };
}

describe("resampler of the page", function () {
	this.timeout(60_000);

	for (const rate of [44_100, 48_000])
		for (const hertz of [200, 1000, 3000, 6000]) {
			it(`keeps ${hertz} Hz from ${phoneRate} to ${rate} samples per second`, () => {
				const { amplitude, rest } = measure(through(phoneRate, rate, hertz), hertz, rate);
				assert.closeTo(amplitude, 0.5, 0.01);
				assert.isBelow(rest, 0.0015);
			});
			it(`keeps ${hertz} Hz from ${rate} to ${phoneRate} samples per second`, () => {
				const { amplitude, rest } = measure(through(rate, phoneRate, hertz), hertz, phoneRate);
				assert.closeTo(amplitude, 0.5, 0.01);
				assert.isBelow(rest, 0.0015);
			});
		}

	it("lets nothing above the phone's band fold back", () => {
		const samples = through(48_000, phoneRate, 9500);
		assert.isBelow(Math.max(...samples.map(Math.abs)), 0.002);
	});

	it("gives as many samples as the rates say", () => {
		const resampler = new Resampler(8000, 48_000, 8000);
		const output = new Float32Array(60_000);
		let got = 0;
		for (let index = 0; index < 8000; index++) {
			resampler.write(0);
			got += resampler.read(output, 0, output.length);
		}
		assert.approximately(got, 48_000, 6 * 20);
	});
});

describe("playout buffer of the page", function () {
	this.timeout(60_000);

	const rate = 48_000;
	const frame = new Int16Array(frameSamples).fill(8000);
	const quantum = new Float32Array(480);

	it("waits for its depth before it plays", () => {
		const playout = new Playout(rate);
		for (let index = 0; index < 3; index++) playout.push(frame);
		playout.pull(quantum);
		assert.equal(Math.max(...quantum), 0);
		playout.push(frame);
		playout.pull(quantum);
		playout.pull(quantum);
		assert.closeTo(quantum[400] as number, 8000 / 32768, 0.01);
	});

	it("grows deeper after it ran dry, and shallower when all is calm", () => {
		const playout = new Playout(rate);
		const first = playout.target;
		for (let index = 0; index < 4; index++) playout.push(frame);
		for (let index = 0; index < 6; index++) playout.pull(quantum);
		playout.push(frame);
		assert.equal(playout.underruns, 1);
		assert.isAbove(playout.target, first);
		const deep = playout.target;
		for (let index = 0; index < 2500; index++) {
			playout.push(frame);
			playout.pull(quantum);
		}
		assert.equal(playout.underruns, 1);
		assert.isBelow(playout.target, deep);
	});

	it("stays as it is when the phone falls silent for a while", () => {
		const playout = new Playout(rate);
		const first = playout.target;
		for (let round = 0; round < 5; round++) {
			for (let index = 0; index < 6; index++) playout.push(frame);
			for (let index = 0; index < 50; index++) playout.pull(quantum);
		}
		assert.equal(playout.underruns, 0);
		assert.equal(playout.target, first);
	});

	it("throws a burst away instead of falling behind", () => {
		const playout = new Playout(rate);
		for (let index = 0; index < 60; index++) playout.push(frame);
		assert.isAtMost(playout.depth, 200);
	});

	for (const drift of [-0.001, 0.001])
		it(`follows a clock that is ${drift * 100} % off without running dry or over`, () => {
			const playout = new Playout(rate);
			let due = 0;
			for (let index = 0; index < 6000; index++) {
				for (due += 1 + drift; due >= 1; due--) playout.push(frame);
				playout.pull(quantum);
			}
			assert.equal(playout.underruns, 0);
			assert.isBelow(playout.depth, 100);
		});
});
