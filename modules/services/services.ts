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
	/** Whether nobody has asked for what is open or comes: it is what the idle phone shows, and gives way to all else. */
	unasked = false;
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

	/** The session for an object that is sent to the phone, by a push or CGI. */
	receive(): Session {
		this.giveWay();
		return this.open();
	}

	/** Shows what a URL names on the idle phone, until somebody does something. */
	showIdle(url: string): void {
		this.unasked = true;
		this.run(url, 0);
	}

	giveWay(): void {
		if (this.unasked) this.close();
	}

	/** Whether an object of a kind may be shown that comes by CGI: it never comes between a user and a call that rings, or what he types. */
	mayCome(kind: number): boolean {
		return this.pushes?.admits(kind) ?? true;
	}

	/** Closes what is open, or is on its way. */
	close(): void {
		const { session } = this;
		this.left();
		if (session === undefined) return;
		session.close();
		this.host.hide();
	}

	left(): void {
		this.unasked = false;
		this.session = undefined;
		this.actions?.left();
		this.rest();
	}

	/** Lets a session go that has nothing to show and nothing to read: what it had was done. */
	settle(): void {
		const { session } = this;
		if (session?.page === undefined && session?.reading !== true) this.session = undefined;
		this.rest();
	}

	/** Lets go of what runs URIs when nothing does. */
	private rest(): void {
		if (this.session !== undefined) return;
		if (!this.fetching) this.unasked = false;
		if (this.actions?.busy === false) this.actions = undefined;
	}

	get fetching(): boolean {
		return this.actions?.fetching === true;
	}

	/** Ends all that services do, for good or because others hold from now on. */
	stop(): void {
		this.close();
		this.actions?.cancel();
		this.actions = undefined;
		if (this.statusText !== "") this.status("", -1);
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
