/*
 * As much of mocha as pure specifications need, for running them inside the XS host: describe, it, hooks, all of them
 * synchronous. Results go to stdout, one JSON object a line.
 */

type Body = () => void;

class Suite {
	readonly title: string;
	readonly parent: Suite | undefined;
	readonly suites: Suite[] = [];
	readonly tests: { title: string; body: Body }[] = [];
	readonly before: Body[] = [];
	readonly after: Body[] = [];
	readonly beforeEach: Body[] = [];
	readonly afterEach: Body[] = [];

	constructor(title: string, parent: Suite | undefined) {
		this.title = title;
		this.parent = parent;
	}

	get path(): string[] {
		return this.parent ? [...this.parent.path, this.title] : [];
	}
}

function print(text: string): void {
	native("xs_host_print").call(globalThis, text);
}

function describeError(error: unknown): string {
	return error instanceof Error ? (error.stack ?? String(error)) : String(error);
}

class Runner {
	readonly root = new Suite("", undefined);
	#current = this.root;
	#count = 0;

	describe(title: string, body: Body): void {
		const suite = new Suite(title, this.#current);
		this.#current.suites.push(suite);
		this.#current = suite;
		const result: unknown = body();
		refusePromise(result, title);
		this.#current = suite.parent ?? this.root;
	}

	it(title: string, body: Body): void {
		this.#current.tests.push({ title, body });
	}

	hook(kind: "before" | "after" | "beforeEach" | "afterEach", body: Body): void {
		this.#current[kind].push(body);
	}

	/** Runs everything that was described, in mocha's order; prints how many tests there were last. */
	run(): void {
		this.#suite(this.root);
		print(JSON.stringify({ type: "end", count: this.#count }));
	}

	#suite(suite: Suite): void {
		const refused = attempt(suite.before, suite.title);
		for (const test of suite.tests) this.#test(suite, test, refused);
		for (const child of suite.suites) {
			if (refused === undefined) this.#suite(child);
			else this.#refuse(child, refused);
		}
		const failed = attempt(suite.after, suite.title);
		if (failed !== undefined) this.#report([...suite.path, '"after all" hook'], failed);
	}

	#refuse(suite: Suite, error: string): void {
		for (const test of suite.tests) this.#test(suite, test, error);
		for (const child of suite.suites) this.#refuse(child, error);
	}

	#test(suite: Suite, test: { title: string; body: Body }, refused: string | undefined): void {
		const before: Body[] = [];
		const after: Body[] = [];
		for (let at: Suite | undefined = suite; at; at = at.parent) {
			before.unshift(...at.beforeEach);
			after.push(...at.afterEach);
		}
		let error = refused ?? attempt([...before, test.body], test.title);
		const cleaned = refused === undefined ? attempt(after, test.title) : undefined;
		error ??= cleaned;
		this.#report([...suite.path, test.title], error);
	}

	#report(path: string[], error: string | undefined): void {
		this.#count++;
		print(JSON.stringify({ type: "test", path, error }));
	}
}

/** Calls all in turn; what the first that fails throws, as text. */
function attempt(bodies: readonly Body[], title: string): string | undefined {
	for (const body of bodies) {
		try {
			const result: unknown = body();
			refusePromise(result, title);
		} catch (error) {
			return describeError(error);
		}
	}
	return undefined;
}

function refusePromise(result: unknown, title: string): void {
	if (result instanceof Promise) throw new Error(`"${title}" returned a promise: pure specifications are synchronous`);
}

const runner = new Runner();

/* chai tells its plug-ins of changes through these, which XS lacks; there are no plug-ins here. */
class NoEvent {}
class NoEventTarget {
	addEventListener(): void {}
	dispatchEvent(): boolean {
		return true;
	}
}

Object.assign(globalThis, {
	Event: NoEvent,
	EventTarget: NoEventTarget,
	describe: (title: string, body: Body) => runner.describe(title, body),
	it: (title: string, body: Body) => runner.it(title, body),
	before: (body: Body) => runner.hook("before", body),
	after: (body: Body) => runner.hook("after", body),
	beforeEach: (body: Body) => runner.hook("beforeEach", body),
	afterEach: (body: Body) => runner.hook("afterEach", body),
});

const specification: string | undefined = native("xs_host_argument").call(globalThis, 0);
if (specification === undefined) throw new Error("which specification? Name its module as the first argument");
await import(specification);
runner.run();
native("xs_host_exit").call(globalThis, 0);

export {};
