/* What is heard where nobody names a file. */

/** Two tones of a gong, 8 kHz. */
export function gong() {
	const rate = 8000;
	return Int16Array.from({ length: 2 * rate }, (_, at) => {
		const second = at >= rate ? 1 : 0;
		const time = (at - second * rate) / rate;
		return 12000 * Math.exp(-3 * time) * Math.sin(2 * Math.PI * (second ? 523 : 659) * time);
	});
}
