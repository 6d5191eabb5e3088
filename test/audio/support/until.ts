/*
 * Waiting for a state, with a generous end.
 */

/** Resolves when the condition holds, looked at every 10 ms; rejects with `what` after the time given. */
export function until(condition: () => boolean, what: string, milliseconds = 60_000): Promise<void> {
	const end = Date.now() + milliseconds;
	return new Promise((resolve, reject) => {
		const look = () => {
			if (condition()) resolve();
			else if (Date.now() > end) reject(new Error(`not within ${milliseconds} ms: ${what}`));
			else setTimeout(look, 10);
		};
		look();
	});
}
