/*
 * Events with typed values, without Node's own types in what programs see: a TypeScript program needs none of them for this package.
 */
import { EventEmitter } from "node:events";

/** By the names of events what their listeners are called with. */
type EventValues<Events> = { [Name in keyof Events]: readonly unknown[] };

type Listener = (...values: unknown[]) => void;

export class Emitter<Events extends EventValues<Events>> {
	private readonly emitter = new EventEmitter();

	constructor() {
		this.emitter.setMaxListeners(0);
	}

	/** Calls a listener at each event of that name. */
	on<Name extends keyof Events & string>(name: Name, listener: (...values: Events[Name]) => void): this {
		this.emitter.on(name, listener as unknown as Listener);
		return this;
	}

	/** Calls a listener at the next event of that name. */
	once<Name extends keyof Events & string>(name: Name, listener: (...values: Events[Name]) => void): this {
		this.emitter.once(name, listener as unknown as Listener);
		return this;
	}

	/** Calls it no more. */
	off<Name extends keyof Events & string>(name: Name, listener: (...values: Events[Name]) => void): this {
		this.emitter.off(name, listener as unknown as Listener);
		return this;
	}

	protected tell<Name extends keyof Events & string>(name: Name, ...values: Events[Name]): void {
		this.emitter.emit(name, ...values);
	}
}
