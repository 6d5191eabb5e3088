/*
 * What a handset sends with noise suppression and with level control: figures of talk and noise, where they are in force, and that
 * the user hears himself without either.
 */
import { assert } from "chai";
import { echoBenchMissing } from "../../tools/bench/echo.js";
import { benchMicrophone, type DenoisedResult, type MicrophoneResult } from "../../tools/bench/microphone.js";
import { decode, FRAME, MU_LAW, Pipeline } from "./support/library.js";
import { amplitude, join, level, peak, sine } from "./support/signal.js";

const missing = echoBenchMissing();
const why = missing.length > 0 ? ` (needs ${missing.join(" ")})` : "";
const needs = why ? it.skip : it;

let measured: MicrophoneResult | undefined;

/** The figures, measured once. */
function figures(): MicrophoneResult {
	measured ??= benchMicrophone();
	return measured;
}

/** Ten seconds of a tone in bursts, like words, at -39 dBov. */
function words(frame: number): Int16Array {
	return sine(700, frame % 50 < 30 ? 500 : 0, FRAME, frame * FRAME);
}

/** What is sent and heard of them. */
function call(pipeline: Pipeline, frames = 1000) {
	pipeline.startTransmit(0, MU_LAW, 10);
	const sent: Int16Array[] = [];
	const heard: Int16Array[] = [];
	for (let i = 0; i < frames; i++) {
		heard.push(pipeline.tick(words(i)));
		sent.push(decode(MU_LAW, (pipeline.collect() as Uint8Array).subarray(12)));
	}
	return { sent, heard };
}

/** Amplitude of the tone in the last burst. */
const last = (frames: Int16Array[]) => amplitude(join(frames.slice(-45, -25)), 700);

describe("noise suppression", function () {
	this.timeout(120000);

	needs(`takes steady noise down and leaves talk as loud as it was${why}`, () => {
		const denoised = figures() as DenoisedResult;
		for (const ratio of [10, 20, 40] as const) {
			assert.isAtMost(denoised[`snr_${ratio}_noise_db`], -10, `noise 10 dB less, ${ratio} dB below talk`);
			assert.closeTo(denoised[`snr_${ratio}_talk_db`], 0, 1.5, `talk, ${ratio} dB above the noise`);
		}
	});

	needs(`works at 16 kHz as at 8, and not where a loudspeaker is${why}`, () => {
		for (const [route, rate, least] of [
			[1, 8, 9],
			[2, 16, 9],
			[3, 16, -1],
		] as const) {
			const pipeline = new Pipeline(route, { denoise: true });
			pipeline.startTransmit(0, MU_LAW, 10);
			pipeline.rate = rate;
			let random = 1;
			const noise = () => {
				random = (Math.imul(random, 1664525) + 1013904223) | 0;
				return random >> 22;
			};
			const energy = (sound: Int16Array) => sound.reduce((sum, sample) => sum + sample * sample, 1);
			let mic = 0;
			let sent = 0;
			for (let i = 0; i < 300; i++) {
				// every sample twice at 16 kHz: mostly below 4 kHz, as what is sent is
				const narrow = Int16Array.from({ length: FRAME }, noise);
				pipeline.tick(Int16Array.from({ length: 10 * rate }, (_, k) => narrow[Math.floor((k * 8) / rate)] as number));
				const frame = decode(MU_LAW, (pipeline.collect() as Uint8Array).subarray(12));
				if (i < 200) continue;
				mic += energy(narrow);
				sent += energy(frame);
			}
			pipeline.close();
			const less = 10 * Math.log10(mic / sent);
			if (least > 0) assert.isAtLeast(less, least, `route ${route}, ${rate} kHz`);
			else assert.isAtMost(less, 4, "loudspeaker");
		}
	});

	needs(`brings nothing of one call into the next${why}`, () => {
		const pipeline = new Pipeline(1, { denoise: true });
		call(pipeline, 20);
		pipeline.stopTransmit();
		pipeline.startTransmit(0, MU_LAW, 10);
		pipeline.tick(new Int16Array(FRAME));
		const first = decode(MU_LAW, (pipeline.collect() as Uint8Array).subarray(12));
		pipeline.close();
		assert.isAtMost(peak(first), 8);
	});
});

describe("level control", function () {
	this.timeout(120000);

	it("brings soft and loud talkers near to each other", () => {
		const result = figures();
		const talkers = [result.soft_dbov, result.usual_dbov, result.loud_dbov];
		for (const talker of talkers) assert.closeTo(talker, -24, 2);
		assert.isAtMost(Math.max(result.soft_peak, result.usual_peak, result.loud_peak), 27000);
	});

	it("turns nothing up in pauses, and a soft talker no more than the noise behind him allows", () => {
		const result = figures();
		assert.closeTo(result.soft_noise_end_dbov, result.soft_noise_begin_dbov, 0.5);
		assert.closeTo(result.usual_noise_end_dbov, result.usual_noise_begin_dbov, 0.5);
		assert.closeTo(result.loud_noise_end_dbov, result.loud_noise_begin_dbov, 0.5);
		assert.isAtMost(result.soft_in_noise_noise_end_dbov, -47);
		assert.isAtLeast(result.soft_in_noise_dbov, -37);
	});

	it("is in force for handset and headset, where it is asked for, and not in the user's own ear", () => {
		for (const [route, on, factor] of [
			[1, true, 3.98],
			[2, true, 3.98],
			[3, true, 1],
			[1, false, 1],
		] as const) {
			const pipeline = new Pipeline(route);
			pipeline.setSidetone(16);
			pipeline.setLevelControl(on);
			const { sent, heard } = call(pipeline);
			assert.closeTo(last(sent) / 500, factor, factor / 8, `route ${route}, ${on}`);
			if (route !== 3) assert.closeTo(last(heard) / 500, 1 / 16, 0.01, `sidetone, route ${route}`);
		}
	});

	it("is silent under mute, and has learned the talker meanwhile", () => {
		const pipeline = new Pipeline(1);
		pipeline.setLevelControl(true);
		pipeline.setMute(true);
		assert.equal(peak(join(call(pipeline).sent)), 0);
		pipeline.setMute(false);
		const sent: Int16Array[] = [];
		for (let i = 0; i < 25; i++) {
			pipeline.tick(words(i));
			sent.push(decode(MU_LAW, (pipeline.collect() as Uint8Array).subarray(12)));
		}
		assert.closeTo(amplitude(join(sent.slice(2)), 700), 500 * 3.98, 200);
	});

	it("works at 16 kHz as at 8", () => {
		const pipeline = new Pipeline(1);
		pipeline.setWideband(true);
		pipeline.setLevelControl(true);
		pipeline.startTransmit(0, MU_LAW, 10);
		pipeline.rate = 16;
		const sent: Int16Array[] = [];
		for (let i = 0; i < 1000; i++) {
			pipeline.tick(sine(700, i % 50 < 30 ? 500 : 0, 2 * FRAME, i * 2 * FRAME, 16000));
			sent.push(decode(MU_LAW, (pipeline.collect() as Uint8Array).subarray(12)));
		}
		assert.closeTo(last(sent), 500 * 3.98, 200);
		assert.isBelow(level(join(sent.slice(-15)), 700), -40);
	});
});
