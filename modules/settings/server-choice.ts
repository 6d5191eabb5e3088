/*
 * Servers set by hand as a set-up outside the menus sees them: on the page of the phone's access point. The checks are those of the menus,
 * and so are the settings.
 */
import type { ServerChoice, ServerEntry } from "hal/hardware";
import {
	automatic,
	hostProblem,
	parsePort,
	parseVersion,
	portProblem,
	usualPort,
	versionProblem,
} from "settings/callagent";
import type { Settings } from "settings/settings";

/** Has what is set hold. */
export interface ServersHost {
	/** The call agent set by hand is another now, or none. */
	callAgentChanged(): void;
	/** The servers set by hand are others now. */
	serversChanged(): void;
	/** What is wrong with a text as the server of home automation that is told what happens; '' for nothing. */
	eventsProblem(text: string): string;
	/** Another one is to be told, or nobody by hand. */
	eventsChanged(): void;
}

export class SettingsChoice implements ServerChoice {
	private readonly settings: Settings;
	private readonly host: ServersHost;

	constructor(settings: Settings, host: ServersHost) {
		this.settings = settings;
		this.host = host;
	}

	get entry(): ServerEntry {
		const { callAgent, callAgentPort, events, protocolVersion, tftp1 } = this.settings;
		return {
			callAgent,
			port: callAgentPort === usualPort ? "" : `${callAgentPort}`,
			version: protocolVersion === automatic ? "" : `${protocolVersion}`,
			tftp: tftp1,
			events,
		};
	}

	problem({ callAgent, port, version, tftp, events }: ServerEntry): string {
		return (
			(callAgent === "" ? "" : hostProblem(callAgent)) ||
			(port === "" ? "" : portProblem(port)) ||
			versionProblem(version) ||
			(tftp === "" ? "" : hostProblem(tftp)) ||
			this.host.eventsProblem(events)
		);
	}

	take({ callAgent, port, version, tftp, events }: ServerEntry): void {
		const { host, settings } = this;
		const before = `${settings.callAgentByHand} ${settings.protocolVersion}`;
		const server = settings.tftp1;
		const told = settings.events;
		settings.callAgent = callAgent;
		settings.callAgentPort = port === "" ? usualPort : parsePort(port);
		settings.protocolVersion = parseVersion(version);
		settings.tftp1 = tftp;
		settings.events = events;
		settings.changed();
		settings.flush();
		if (`${settings.callAgentByHand} ${settings.protocolVersion}` !== before) host.callAgentChanged();
		if (tftp !== server) host.serversChanged();
		if (events !== told) host.eventsChanged();
	}
}
