/*
 * Services of the phone: whatever shows or does objects of Cisco's IP Phone Services goes through here. While none is open there is
 * nothing but this object.
 */
import type { TimerHandle } from "hal/hardware";
import { type ActionOwner, Actions } from "services/actions";
import type { ActionHost } from "services/host";
import type { Pushes } from "services/pushes";
import { type Runner, Session } from "services/session";

const second = 1000;

export class Services implements Runner, ActionOwner {
	readonly host: ActionHost;
	/** The service that is open, undefined while none is. */
	session: Session | undefined = undefined;
	/** What call agents push; set by whoever has one. */
	pushes: Pushes | undefined = undefined;
	/** What runs URIs; undefined while no service is open and nothing goes on. */
	private actions: Actions | undefined = undefined;
	private statusText = "";
	private statusTimer: TimerHandle | undefined = undefined;

	constructor(host: ActionHost) {
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
		this.left();
		session.close();
		this.host.hide();
	}

	left(): void {
		this.session = undefined;
		this.actions?.left();
		this.rest();
	}

	/** Lets a session go that has nothing to show: what it had was done. */
	settle(): void {
		if (this.session?.page === undefined) this.session = undefined;
		this.rest();
	}

	/** Lets go of what runs URIs when nothing does. */
	private rest(): void {
		if (this.session === undefined && this.actions?.busy === false) this.actions = undefined;
	}

	/** Ends all that services do, for good or because others hold from now on. */
	stop(): void {
		this.close();
		this.actions?.cancel();
		this.actions = undefined;
	}

	run(uri: string, priority: number): string {
		this.actions ??= new Actions(this);
		const wrong = this.actions.run(uri, priority);
		this.rest();
		return wrong;
	}

	fetchPicture(url: string): string {
		this.actions ??= new Actions(this);
		return this.actions.fetchPicture(url);
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
