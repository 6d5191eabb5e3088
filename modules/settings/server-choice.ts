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
	callAgentChanged(): void;
	serversChanged(): void;
}

export class SettingsChoice implements ServerChoice {
	private readonly settings: Settings;
	private readonly host: ServersHost;

	constructor(settings: Settings, host: ServersHost) {
		this.settings = settings;
		this.host = host;
	}

	get entry(): ServerEntry {
		const { callAgent, callAgentPort, protocolVersion, tftp1 } = this.settings;
		return {
			callAgent,
			port: callAgentPort === usualPort ? "" : `${callAgentPort}`,
			version: protocolVersion === automatic ? "" : `${protocolVersion}`,
			tftp: tftp1,
		};
	}

	problem({ callAgent, port, version, tftp }: ServerEntry): string {
		return (
			(callAgent === "" ? "" : hostProblem(callAgent)) ||
			(port === "" ? "" : portProblem(port)) ||
			versionProblem(version) ||
			(tftp === "" ? "" : hostProblem(tftp))
		);
	}

	take({ callAgent, port, version, tftp }: ServerEntry): void {
		const { host, settings } = this;
		const before = `${settings.callAgentByHand} ${settings.protocolVersion}`;
		const server = settings.tftp1;
		settings.callAgent = callAgent;
		settings.callAgentPort = port === "" ? usualPort : parsePort(port);
		settings.protocolVersion = parseVersion(version);
		settings.tftp1 = tftp;
		settings.changed();
		settings.flush();
		if (`${settings.callAgentByHand} ${settings.protocolVersion}` !== before) host.callAgentChanged();
		if (tftp !== server) host.serversChanged();
	}
}
