/*
 * G.722 (ITU-T, 9/2012) at 64 kbit/s, in integers as the Recommendation has it: two samples at 16 kHz are an octet. The names of tables
 * and variables are the Recommendation's, in words. Of its own: the phone's codec is another one.
 */

/** Which part of the band each of the two adaptive quantizers codes. */
interface Table {
	/** Reconstruction levels of the codes that adapt it, in 1/32768 of the scale factor. */
	readonly levels: readonly number[];
	/** By the same codes: how the logarithmic scale factor moves. */
	readonly moves: readonly number[];
	readonly most: number;
	/** Bits by which its linear scale factor is below the table of powers of two. */
	readonly shift: number;
}

/** Of a 6-bit code by its upper 4 bits: levels, and steps of the logarithmic scale factor. */
const steps = [-60, -30, 58, 172, 334, 538, 1198, 3042];
const stepOf = [0, 7, 6, 5, 4, 3, 2, 1, 7, 6, 5, 4, 3, 2, 1, 0];
const positive = [20456, 12896, 8968, 6288, 4240, 2584, 1200];
const lower: Table = {
	levels: [0, ...positive.map((level) => -level), ...positive, 0],
	moves: stepOf.map((step) => steps[step] as number),
	most: 18432,
	shift: 8,
};
const upper: Table = { levels: [-7408, -1616, 7408, 1616], moves: [798, -214, 798, -214], most: 22528, shift: 10 };

/** Decision levels of the lower band's quantizer, in 1/4096 of the scale factor, and of the upper band's only one. */
const decisions = [
	...[35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940, 1023, 1121, 1219],
	...[1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919],
];
const upperDecision = 564;

/** Levels of the lower band's 6-bit codes, of which the last two of each sign are the smallest. */
const fine = [
	...[24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456, 4944],
	...[4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728],
];
const fineLevels = [...new Array<number>(4).fill(-136), ...fine.map((level) => -level), ...fine, 432, 136, -432, -136];

/** Powers of two from 2048 to 4096 in 32 steps. */
const powers = [
	...[2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834, 2896, 2960],
	...[3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008],
];

/** Taps of the filters that part and join the band: half of them, the others are the same backwards. */
const taps = [3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11];

function saturate(value: number, most = 32767): number {
	return Math.max(-most - 1, Math.min(most, value));
}

/** A product of two numbers of 16 bits in 1/32768. */
function product(a: number, b: number): number {
	return (a * b) >> 15;
}

/** The adaptive half of one part of the band: predictor and scale factor. */
class Band {
	scale: number;
	prediction = 0;
	private logarithm = 0;
	private zeroPart = 0;
	/** Poles, zeros, and what they work on: latest first. */
	private poles = [0, 0];
	private zeros = [0, 0, 0, 0, 0, 0];
	private signals = [0, 0];
	private partials = [0, 0];
	private differences = [0, 0, 0, 0, 0, 0];

	constructor(private readonly table: Table) {
		this.scale = table === lower ? 32 : 8;
	}

	/** What a level is in sound. */
	difference(level: number): number {
		return product(this.scale, level);
	}

	/** Takes the code of a sample that both ends know. */
	adapt(code: number): void {
		const { levels, moves, most, shift } = this.table;
		const difference = this.difference(levels[code] as number);
		this.logarithm = Math.max(0, Math.min(most, ((this.logarithm * 127) >> 7) + (moves[code] as number)));
		const down = shift - (this.logarithm >> 11);
		const power = powers[(this.logarithm >> 6) & 31] as number;
		this.scale = (down < 0 ? power << -down : power >> down) << 2;
		this.predict(difference);
	}

	private predict(difference: number): void {
		const signal = saturate(this.prediction + difference);
		const partial = saturate(this.zeroPart + difference);
		this.movePoles(partial);
		this.moveZeros(difference);
		this.signals = [signal, this.signals[0] as number];
		this.partials = [partial, this.partials[0] as number];
		this.differences = [difference, ...this.differences.slice(0, 5)];
		const [first = 0, second = 0] = this.poles;
		const polePart = saturate(
			product(first, saturate(2 * signal)) + product(second, saturate(2 * (this.signals[1] as number))),
		);
		let sum = 0;
		for (const [index, zero] of this.zeros.entries())
			sum += product(zero, saturate(2 * (this.differences[index] as number)));
		this.zeroPart = saturate(sum);
		this.prediction = saturate(polePart + this.zeroPart);
	}

	private movePoles(partial: number): void {
		const [first = 0, second = 0] = this.poles;
		const sameAsLast = partial < 0 === (this.partials[0] as number) < 0;
		const sameAsBefore = partial < 0 === (this.partials[1] as number) < 0;
		const leaning = saturate(4 * first);
		const lean = Math.min(32767, sameAsLast ? -leaning : leaning);
		const moved = (sameAsBefore ? 128 : -128) + (lean >> 7) + product(second, 32512);
		const newSecond = Math.max(-12288, Math.min(12288, moved));
		const bound = saturate(15360 - newSecond);
		const newFirst = saturate((sameAsLast ? 192 : -192) + product(first, 32640));
		this.poles = [Math.max(-bound, Math.min(bound, newFirst)), newSecond];
	}

	private moveZeros(difference: number): void {
		const step = difference === 0 ? 0 : 128;
		this.zeros = this.zeros.map((zero, index) => {
			const same = (this.differences[index] as number) < 0 === difference < 0;
			return saturate((same ? step : -step) + product(zero, 32640));
		});
	}
}

/** Both sums that the filters are made of: samples by turns with the taps, and the others with the taps backwards. */
function sums(past: Int32Array): [number, number] {
	let [one, other] = [0, 0];
	for (let at = 0; at < taps.length; at++) {
		one += (past[2 * at] as number) * (taps[at] as number);
		other += (past[2 * at + 1] as number) * (taps[taps.length - 1 - at] as number);
	}
	return [one, other];
}

/** Puts two samples behind those of before. */
function push(past: Int32Array, first: number, second: number): void {
	past.copyWithin(0, 2);
	past[past.length - 2] = first;
	past[past.length - 1] = second;
}

export class G722Encoder {
	private readonly past = new Int32Array(2 * taps.length);
	private readonly low = new Band(lower);
	private readonly high = new Band(upper);

	/** The octet of two samples. */
	encode(first: number, second: number): number {
		push(this.past, first, second);
		const [one, other] = sums(this.past);
		const low = this.lowCode(saturate(((one + other) >> 14) - this.low.prediction));
		const high = this.highCode(saturate(((other - one) >> 14) - this.high.prediction));
		this.low.adapt(low >> 2);
		this.high.adapt(high);
		return (high << 6) | low;
	}

	private lowCode(error: number): number {
		const size = error < 0 ? -(error + 1) : error;
		let step = decisions.findIndex((decision) => size < (decision * this.low.scale) >> 12);
		if (step < 0) step = decisions.length;
		if (error >= 0) return 61 - step;
		return step < 2 ? 63 - step : 33 - step;
	}

	private highCode(error: number): number {
		const size = error < 0 ? -(error + 1) : error;
		const far = size >= (upperDecision * this.high.scale) >> 12;
		return (error < 0 ? 0 : 2) + (far ? 0 : 1);
	}
}

export class G722Decoder {
	private readonly past = new Int32Array(2 * taps.length);
	private readonly low = new Band(lower);
	private readonly high = new Band(upper);

	/** The two samples of an octet. */
	decode(octet: number): [number, number] {
		const code = octet & 63;
		const upperCode = octet >> 6;
		const low = saturate(this.low.prediction + this.low.difference(fineLevels[code] as number), 16383);
		const high = saturate(this.high.prediction + this.high.difference(upper.levels[upperCode] as number), 16383);
		this.low.adapt(code >> 2);
		this.high.adapt(upperCode);
		push(this.past, low + high, low - high);
		const [one, other] = sums(this.past);
		return [saturate(other >> 11), saturate(one >> 11)];
	}
}
