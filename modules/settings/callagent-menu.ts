/*
 * The menu of the call agent that is set by hand. It holds at once and goes before all that servers say, until it is taken away.
 */
import { Entry, type Menu } from "base/menu";
import { Word } from "base/words";
import { automatic, hostProblem, parsePort, parseVersion, portProblem, versionProblem } from "settings/callagent";
import type { Settings } from "settings/settings";

const Item = Object.freeze({ host: 0, port: 1, version: 2, remove: 3 });

export class CallAgentMenu implements Menu {
	readonly title = Word.callAgent;
	readonly locked = true;
	readonly dials = false;
	private readonly settings: Settings;
	private readonly changed: () => void;

	/** @param changed has the settings hold. */
	constructor(settings: Settings, changed: () => void) {
		this.settings = settings;
		this.changed = changed;
	}

	get count(): number {
		return this.settings.callAgent === "" ? Item.remove : Item.remove + 1;
	}

	line(index: number): string {
		const { callAgent, callAgentPort, protocolVersion } = this.settings;
		switch (index) {
			case Item.host:
				return `${Word.callAgent} ${callAgent === "" ? Word.asConfigured : callAgent}`;
			case Item.port:
				return `${Word.port} ${callAgentPort}`;
			case Item.version:
				return `${Word.protocolVersion} ${protocolVersion === automatic ? Word.automatic : protocolVersion}`;
			default:
				return Word.remove;
		}
	}

	text(index: number): string | undefined {
		const { callAgent, callAgentPort, protocolVersion } = this.settings;
		switch (index) {
			case Item.host:
				return callAgent;
			case Item.port:
				return `${callAgentPort}`;
			case Item.version:
				return protocolVersion === automatic ? "" : `${protocolVersion}`;
			default:
				return undefined;
		}
	}

	entry(index: number): number {
		return index === Item.host ? Entry.host : Entry.number;
	}

	/** Takes the call agent away. */
	choose(): string {
		this.settings.callAgent = "";
		this.keep();
		return Word.agentRemoved;
	}

	enter(index: number, text: string): string {
		const { settings } = this;
		let wrong = "";
		switch (index) {
			case Item.host:
				wrong = text === "" ? "" : hostProblem(text);
				if (wrong === "") settings.callAgent = text;
				break;
			case Item.port:
				wrong = portProblem(text);
				if (wrong === "") settings.callAgentPort = parsePort(text);
				break;
			default:
				wrong = versionProblem(text);
				if (wrong === "") settings.protocolVersion = parseVersion(text);
		}
		if (wrong === "") this.keep();
		return wrong;
	}

	private keep(): void {
		this.settings.changed();
		this.changed();
	}
}
