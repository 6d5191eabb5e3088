/*
 * Tests that mostly wait for a phone's time-outs, several at a time: a file of them takes as long as its longest, not as all in a row.
 */
import { after, before, it } from "mocha";

export interface LongTest {
	readonly title: string;
	/** What it does, with things of its own alone: nothing is set up or taken down between. */
	run(): Promise<unknown>;
}

/** Tests of the `describe` that this is called in, begun before its first one, so many at a time; each fails or passes by itself. */
export function together(tests: readonly LongTest[], atOnce = 6): void {
	const ends = new Map<LongTest, { promise: Promise<unknown>; begin(): void }>();

	before(() => {
		for (const test of tests) {
			let begin = (): void => {};
			const begun = new Promise<void>((resolve) => {
				begin = resolve;
			});
			const promise = begun.then(() => test.run());
			// a failure is told by the test, which waits for it later
			promise.catch(() => {});
			ends.set(test, { promise, begin });
		}
		const waiting = [...ends.values()];
		const next = (): void => {
			const one = waiting.shift();
			one?.begin();
			one?.promise.then(next, next);
		};
		for (let i = 0; i < atOnce; i += 1) next();
	});

	for (const test of tests) it(test.title, () => ends.get(test)?.promise);

	after(() => Promise.allSettled([...ends.values()].map(({ promise }) => promise)));
}
