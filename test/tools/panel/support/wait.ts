/*
 * Waits for a state instead of a time.
 */

/** Asks again and again until the answer is true; rejects after a minute, naming what was waited for. */
export async function until(what: string, ask: () => boolean | Promise<boolean>): Promise<void> {
	const end = Date.now() + 60_000;
	while (!(await ask())) {
		if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}
