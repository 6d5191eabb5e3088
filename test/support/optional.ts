/*
 * For tests that need a tool which a developer may lack: they become pending, with the reason behind their title. In CI (CI=true)
 * pending counts as failure.
 */

/** Makes the running test, or all of a suite when called in its `before`, pending unless `available`. */
export function needs(context: Mocha.Context, available: boolean, reason: string): void {
	if (available) return;
	const runnable = context.test;
	const explain = (test: Mocha.Runnable) => {
		test.title += ` (${reason})`;
	};
	if (/^"before (all|each)" hook/.test(runnable?.title ?? "")) runnable?.parent?.eachTest(explain);
	else if (runnable) explain(runnable);
	context.skip();
}
