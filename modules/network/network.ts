/*
 * The phone's network, owned in one place, whether or not the phone was given its call agents: starts the body's under the phone's name
 * with the address that is set by hand, and tells those who listen of every change. They look at what holds when they begin, so
 * that nothing is lost that came before.
 */
import { Word } from "base/words";
import type { Lease, Network, NetworkIdentity, NetworkListener, ServerChoice, StaticSettings } from "hal/hardware";

export class PhoneNetwork implements NetworkListener {
	/** Whether the phone may serve pages while it has a network. */
	servesPages = true;
	private readonly body: Network;
	private readonly listeners: NetworkListener[] = [];

	constructor(body: Network) {
		this.body = body;
	}

	/** Tells `listener` of changes, after those who listen already. */
	listen(listener: NetworkListener): void {
		this.listeners.push(listener);
	}

	/**
	 * Has the body take `settings` or ask for an address under `identity`; to be called once.
	 * @returns '' or what is wrong with the settings: an address is asked for then.
	 */
	start(identity: NetworkIdentity, settings: StaticSettings | undefined): string {
		const wrong = settings === undefined ? "" : this.body.configure(settings);
		this.body.start(this, identity);
		return wrong;
	}

	/** Takes an address set by hand in place of DHCP; undefined goes back to DHCP. @returns '' or what is wrong: nothing has changed then. */
	configure(settings: StaticSettings | undefined): string {
		return this.body.configure(settings);
	}

	/** Whether the body has Wi-Fi of its own, for which a person may choose a network. */
	get hasWifi(): boolean {
		return this.body.setUp !== undefined;
	}

	/**
	 * Has a person choose a Wi-Fi network on the phone's set-up page.
	 * @returns '' or why not: for one, the configuration allows no pages. A phone without a network has one all the same, or it would never get one.
	 */
	setUp(): string {
		if (!this.servesPages && this.lease !== undefined) return `${Word.off} ${Word.asConfigured}`;
		return this.body.setUp?.() ?? "";
	}

	/** Says before the start what else than a network a person may set there. */
	offer(servers: ServerChoice): void {
		this.body.offer?.(servers);
	}

	/** What is known of the network; undefined while there is no address. */
	get lease(): Lease | undefined {
		return this.body.lease;
	}

	/** What keeps the body from its network, or is under way, '' for nothing to say. */
	get trouble(): string {
		return this.body.trouble ?? "";
	}

	/** What the display says while there is no address. */
	get progress(): string {
		return this.trouble || Word.configuringIp;
	}

	/** Own IPv4 address towards `remote` (dotted), '0.0.0.0' while there is none. */
	localAddress(remote: string): string {
		return this.body.localAddress?.(remote) ?? this.lease?.address ?? "0.0.0.0";
	}

	/** Finds the IPv4 address of a name (or gives back an address); calls `done` with undefined when there is none. */
	resolve(host: string, done: (address: string | undefined) => void): void {
		this.body.resolve(host, done);
	}

	leaseChanged(): void {
		for (let i = 0; i < this.listeners.length; i += 1) this.listeners[i]?.leaseChanged();
	}

	troubleChanged(): void {
		for (let i = 0; i < this.listeners.length; i += 1) this.listeners[i]?.troubleChanged?.();
	}

	/** Adds what the status page says of it. */
	status(lines: string[]): void {
		const { lease } = this;
		if (lease !== undefined) lines.push(`${Word.address} ${lease.address}`, `${Word.domain} ${lease.domain}`);
	}
}
