/*
 * For tests that need a tool which a developer may lack: they become pending with a reason that the run prints at its end. In CI
 * (CI=true) pending counts as failure.
 */

declare global {
	/** Reasons by the full title of what is pending; read by tools/build/reporter.mjs. */
	var linnetPending: Map<string, string> | undefined;
}

/** Makes the running test, or all of a suite when called in its `before`, pending unless `available`. */
export function needs(context: Mocha.Context, available: boolean, reason: string): void {
	if (available) return;
	globalThis.linnetPending ??= new Map();
	const runnable = context.test;
	const isHook = /^"(before|after) (all|each)" hook/.test(runnable?.title ?? "");
	const title = isHook ? runnable?.parent?.fullTitle() : runnable?.fullTitle();
	globalThis.linnetPending.set(title ?? "", reason);
	context.skip();
}
