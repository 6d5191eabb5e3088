/*
 * Services of the phone: whatever shows or does objects of Cisco's IP Phone Services goes through here. While none is open there is
 * nothing but this object.
 */
import type { TimerHandle } from "hal/hardware";
import type { ServiceHost } from "services/host";
import { type Runner, Session } from "services/session";

const second = 1000;

export class Services implements Runner {
	readonly host: ServiceHost;
	/** The service that is open, undefined while none is. */
	session: Session | undefined = undefined;
	private statusText = "";
	private statusTimer: TimerHandle | undefined = undefined;

	constructor(host: ServiceHost) {
		this.host = host;
	}

	/** The session that an object is read in: the one that is open, or a new one. */
	open(): Session {
		this.session ??= new Session(this.host, this);
		return this.session;
	}

	/** Closes what is open. */
	close(): void {
		const { session } = this;
		if (session === undefined) return;
		this.session = undefined;
		session.close();
		this.host.hide();
	}

	left(): void {
		this.session = undefined;
	}

	/** Lets a session go that has nothing to show: what it had was done. */
	settle(): void {
		if (this.session?.page === undefined) this.session = undefined;
	}

	run(uri: string, _priority: number): string {
		return uri;
	}

	fetchPicture(url: string): string {
		return url;
	}

	/** Shows a status on the call plane, '' takes it away (Init:AppStatus). @param timer counts up beside it from so many seconds, -1 for none. */
	status(text: string, timer: number): void {
		const { clock } = this.host;
		clock.cancel(this.statusTimer);
		this.statusTimer = undefined;
		this.statusText = text;
		if (timer < 0 || text === "") {
			this.host.status(text);
			return;
		}
		const since = clock.ticks - timer * second;
		const show = (): void => this.host.status(`${this.statusText} ${minutes((clock.ticks - since) / second)}`);
		show();
		this.statusTimer = clock.every(second, show);
	}
}

/** Seconds as m:ss. */
function minutes(seconds: number): string {
	const whole = Math.floor(seconds);
	const rest = whole % 60;
	return `${Math.floor(whole / 60)}:${rest < 10 ? "0" : ""}${rest}`;
}
