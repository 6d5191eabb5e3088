/*
 * The load that a configuration names: fetched as it arrives into the body's update, which takes what is signed for it alone. A load that was tried
 * and is not running now has been rolled back, and is not tried again until the call agent resets the phone or the name
 * changes: otherwise the phone would go back and forth for ever.
 */
import type { Update } from "hal/hardware";
import type { Consumer } from "net/transfer";
import type { Fetch } from "provisioning/fetch";
import type { Store } from "settings/store";

/** Names of loads for this phone begin so: a network's Cisco loads are none. */
const ours = "linnet-";
/** Octets of a load at most: a slot of the boards' flash, behind the header. */
const limit = 0x3e0000 + 256;
/** Record of the load that was installed last. */
const key = "load";

export interface LoadListener {
	/** The load has been installed: the phone is to start anew. */
	loadInstalled(load: string): void;
	/** It was not, and the phone goes on with the one that runs. */
	loadRefused(load: string, why: string): void;
	/** True while a call is up. */
	callsUp(): boolean;
	/** A call has come while it was on its way: it is to be begun anew when none is up. */
	loadPutOff(load: string): void;
}

export class Load implements Consumer {
	private readonly update: Update;
	private readonly store: Store;
	private readonly fetch: Fetch;
	private readonly listener: LoadListener;
	private readonly log: (line: string) => void;
	private name = "";
	/** Why the load is refused that is on its way; '' while it is not. */
	private refused = "";
	private open = false;

	constructor(update: Update, store: Store, fetch: Fetch, listener: LoadListener, log: (line: string) => void) {
		this.update = update;
		this.store = store;
		this.fetch = fetch;
		this.listener = listener;
		this.log = log;
	}

	/** Whether a load named by a configuration is to be fetched. Says in the log why not, where one is named. */
	wanted(load: string): boolean {
		const running = this.update.load;
		if (load === "" || load === running) return false;
		if (!load.startsWith(ours)) {
			this.log(`boot: load ${load} is not for this phone: staying with ${running}`);
			return false;
		}
		if (this.store.read(key) === load) {
			this.log(`boot: load ${load} was tried and did not come to register: staying with ${running}`);
			return false;
		}
		return true;
	}

	/** Fetches a load from the server in use and installs it; the listener hears how that went. */
	start(load: string): void {
		this.name = load;
		this.refused = "";
		this.fetch.get(load + this.update.suffix, this, limit);
	}

	/** The phone works with the load that runs: the body need not go back to the one before. */
	confirm(): void {
		this.update.confirm();
		// should another load run one day, this one may be tried again
		if (this.store.read(key) === this.update.load) this.store.delete(key);
	}

	/** Lets a load that was rolled back be tried again: somebody asks for it. */
	forget(): void {
		if (this.store.read(key) !== undefined) this.store.delete(key);
	}

	/** Ends a load that is on its way. */
	cancel(): void {
		if (this.open) this.update.cancel();
		this.open = false;
	}

	begin(size: number): void {
		this.cancel();
		this.refused = this.update.begin(this.name, size);
		this.open = this.refused === "";
	}

	data(octets: Uint8Array): boolean {
		// a board's code stands still while its flash is erased, for longer than its sound has in stock
		if (this.listener.callsUp()) {
			this.cancel();
			this.listener.loadPutOff(this.name);
			return false;
		}
		if (this.open) this.refused = this.update.write(octets);
		if (this.refused === "") return true;
		this.cancel();
		this.listener.loadRefused(this.name, this.refused);
		return false;
	}

	end(): void {
		const wrong = this.open ? this.update.finish() : this.refused === "" ? "it is empty" : this.refused;
		this.open = false;
		const unmarked = wrong === "" ? this.store.write(key, this.name) : wrong;
		// a load that cannot be remembered could come again and again
		if (unmarked !== "") {
			this.update.cancel();
			this.listener.loadRefused(this.name, unmarked);
		} else this.listener.loadInstalled(this.name);
	}

	failed(_reason: number, text: string): void {
		this.cancel();
		this.listener.loadRefused(this.name, text);
	}
}
