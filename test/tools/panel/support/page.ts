/*
 * The panel's page as a test sees it: phones by number, what their displays say, the sound that comes in, and whatever
 * the browser complains about.
 */
import type { Locator, Page } from "playwright-core";
import type { Browser } from "../../../../tools/panel/browser.js";
import { frameHeader } from "../../../../tools/panel/page/messages.js";

/** Milliseconds for a state that a phone reaches by itself, on however busy a machine. */
export const timeout = 60_000;

export class PagePhone {
	readonly root: Locator;

	constructor(page: Page, number: number) {
		this.root = page.locator(".phone").nth(number);
	}

	/** Clicks a key by its name on the control channel. */
	async key(name: string): Promise<void> {
		await this.root.locator(`[data-key="${name}"]`).click();
	}

	async dial(digits: string): Promise<void> {
		for (const digit of digits) await this.key(digit);
	}

	/** Clicks the softkey under a label, when the label is there. */
	async softkey(label: string): Promise<void> {
		await this.root.locator(`.softkeys [aria-label="${label}"]`).click({ timeout });
	}

	/** Waits until a softkey has a label. */
	async softkeyShown(label: string): Promise<void> {
		await this.root.locator(`.softkeys [aria-label="${label}"]`).waitFor({ timeout });
	}

	/** Lifts the handset or puts it down. */
	async handset(): Promise<void> {
		await this.root.getByRole("button", { name: "Handset" }).click();
	}

	/** Waits until a number stands at the right end of the status line. */
	async registered(number: string): Promise<void> {
		await this.root.locator(".number", { hasText: number }).waitFor({ timeout });
	}

	/** Waits for a call in an SCCP state (1 off hook, 3 ring out, 4 ring in, 5 connected, 8 hold). */
	async call(state: number): Promise<void> {
		await this.root.locator(`.call[data-state="${state}"]:visible`).first().waitFor({ timeout });
	}

	/** Waits until the call plane is empty. */
	async idle(): Promise<void> {
		await this.root.locator(".calls:not(:has(.call:not([hidden])))").waitFor({ state: "attached", timeout });
	}

	/** Waits for a lamp in a mode (off, on, wink, flash, blink) and, when given, a colour. */
	async lamp(lamp: number, mode: string, colour?: string): Promise<void> {
		const shade = colour === undefined ? "" : `[data-colour="${colour}"]`;
		await this.root
			.locator(`.lamp[data-lamp="${lamp}"][data-mode="${mode}"]${shade}`)
			.waitFor({ state: "attached", timeout });
	}

	/** Elapsed seconds of the call in a state, as they stand on the display. */
	async seconds(state: number): Promise<number> {
		const text = await this.root.locator(`.call[data-state="${state}"]:visible .call-time`).first().textContent();
		return (text ?? "").split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
	}

	/** The number at the end of a line of the menu or statistics that are open. */
	async counter(line: string): Promise<number> {
		const text = await this.root.locator(".overlay:visible li", { hasText: line }).textContent({ timeout });
		return Number(/([0-9]+)(?: ms)?$/.exec(text ?? "")?.[1] ?? Number.NaN);
	}
}

export class PanelPage {
	readonly page: Page;
	readonly phones: readonly PagePhone[];
	/** Errors and warnings of the page's console, and exceptions that nobody caught. */
	readonly complaints: string[] = [];
	/** Frames of sound that came for each phone, and the largest sample in them since `listen`. */
	readonly frames: number[] = [];
	readonly peaks: number[] = [];

	private constructor(page: Page, phones: number) {
		this.page = page;
		this.phones = Array.from({ length: phones }, (_, number) => new PagePhone(page, number));
		page.on("console", (message) => {
			if (["error", "warning"].includes(message.type())) this.complaints.push(message.text());
		});
		page.on("pageerror", (error) => this.complaints.push(String(error)));
		page.on("websocket", (socket) => {
			socket.on("framereceived", ({ payload }) => {
				if (typeof payload !== "string") this.#heard(payload);
			});
		});
		this.listen();
	}

	/** Opens the page with so many phones and waits until all show their display. */
	static async open(browser: Browser, url: string, phones: number): Promise<PanelPage> {
		const panel = new PanelPage(await browser.context.newPage(), phones);
		await panel.page.goto(url);
		for (const phone of panel.phones) await phone.root.and(panel.page.locator(".running")).waitFor({ timeout });
		return panel;
	}

	/** Forgets the sound heard so far. */
	listen(): void {
		for (let phone = 0; phone < this.phones.length; phone++) {
			this.frames[phone] = 0;
			this.peaks[phone] = 0;
		}
	}

	#heard(frame: Buffer): void {
		const phone = frame[0] ?? 0;
		this.frames[phone] = (this.frames[phone] ?? 0) + 1;
		for (let at = frameHeader; at + 1 < frame.length; at += 2)
			this.peaks[phone] = Math.max(this.peaks[phone] ?? 0, Math.abs(frame.readInt16LE(at)));
	}
}
