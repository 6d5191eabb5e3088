/*
 * Turns codec and amplifier after the route in force, as the audio task tells it: way out, way in, microphone gain, sample rate, and
 * the loudspeaker's amplifier, which is on only while it has something to play.
 */
import {
	type CodecInput,
	type CodecOutput,
	type CodecSidetone,
	SAMPLE_RATE,
	WIDE_RATE,
} from "hal/drivers/common/codec";
import type { CodecRoute } from "hal/esp32s3/board";
import { Route } from "hal/hardware";

/** What the audio task tells: the route in the low bits, whether anything sounds, and whether I2S has 16 kHz. */
const ROUTE = 3;
const ACTIVE = 4;
const WIDEBAND = 8;
/** The user is to hear himself: of use where the codec can do it, at the pipeline's level. */
const SIDETONE = 16;
const SIDETONE_LEVEL = -24;

/** Decibels before the converter for each `Route`: an electret capsule at the mouth, before the face, on the desk. */
const GAIN: readonly number[] = Object.freeze([0, 18, 21, 30]);

export interface RouteOptions {
	readonly output: CodecOutput;
	readonly input: CodecInput;
	/** Routes that the board has; sound of the others goes where the loudspeaker's does. */
	readonly routes: { readonly handset?: CodecRoute; readonly headset?: CodecRoute; readonly speaker?: CodecRoute };
	/** Switches the loudspeaker's amplifier; left out where the codec does it. */
	readonly amplify?: (on: boolean) => void;
	readonly log: (line: string) => void;
}

/** The way of a route that the codec itself has sidetone for. */
function sidetoneOf(options: RouteOptions, way: CodecRoute | undefined): CodecSidetone | undefined {
	const codec = options.output as CodecOutput & Partial<CodecSidetone>;
	if (way === undefined || way === options.routes.speaker || (options.input as unknown) !== codec) return undefined;
	return codec.hasSidetone?.(way.input, way.output) ? (codec as CodecOutput & CodecSidetone) : undefined;
}

export class SoundRoute {
	private readonly options: RouteOptions;
	private state = 0;
	private rate = SAMPLE_RATE;
	private failed = false;

	constructor(options: RouteOptions) {
		this.options = options;
		options.output.play(undefined);
		options.input.record(undefined);
		options.amplify?.(false);
	}

	/** Routes on which the codec lets the user hear himself, which the pipeline then need not: bit 1 shifted by each. */
	get sidetones(): number {
		const { handset, headset } = this.options.routes;
		return (
			(sidetoneOf(this.options, handset) ? 1 << Route.handset : 0) |
			(sidetoneOf(this.options, headset) ? 1 << Route.headset : 0)
		);
	}

	/** @param state as the audio task tells it. A codec that does not answer is tried again at the next change. */
	turn(state: number): void {
		if (state === this.state && !this.failed) return;
		try {
			this.apply(state);
			this.failed = false;
		} catch (error) {
			if (!this.failed) this.options.log(`codec: ${error}; sound may go the wrong way`);
			this.failed = true;
		}
		this.state = state;
	}

	private apply(state: number): void {
		const { amplify, input, output, routes } = this.options;
		const active = (state & ACTIVE) !== 0;
		const route = state & ROUTE;
		const way = active ? this.way(route) : undefined;
		const loud = way !== undefined && way === routes.speaker;
		// what is off has the rate that it had, until it is told another one
		const rate = !active ? this.rate : (state & WIDEBAND) !== 0 ? WIDE_RATE : SAMPLE_RATE;
		// the amplifier would make the turn of the switches heard, and what a codec plays between two rates: it goes off first and on last
		if (!loud || rate !== this.rate) amplify?.(false);
		if (rate !== this.rate) this.setRate(rate);
		output.play(way?.output);
		const recorded = route === Route.none ? undefined : way;
		if (recorded !== undefined) input.setGain(GAIN[recorded === routes.speaker ? Route.speaker : route] as number);
		input.record(recorded?.input);
		sidetoneOf(this.options, recorded)?.setSidetone((state & SIDETONE) !== 0 ? SIDETONE_LEVEL : undefined);
		if (loud) amplify?.(true);
	}

	/** Both codecs have the rate or neither counts as turned: what failed is tried again. */
	private setRate(rate: number): void {
		const { input, output } = this.options;
		output.play(undefined);
		output.setRate(rate);
		if ((input as unknown) !== output) input.setRate(rate);
		this.rate = rate;
	}

	/** That of no route is the ringer's. */
	private way(route: number): CodecRoute | undefined {
		const { handset, headset, speaker } = this.options.routes;
		if (route === Route.handset) return handset ?? speaker;
		return route === Route.headset ? (headset ?? speaker) : speaker;
	}
}
