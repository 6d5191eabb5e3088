/*
 * Configuration files as an administrator would write them for the development call agent, for measurements and tests.
 */

export interface DeviceFile {
	/** Call agents as 'host:port', the preferred one first. */
	agents: readonly string[];
	/** Changes when anything else does. */
	versionStamp?: string;
	/** Load that the phone shall run. */
	load?: string;
	/** Further elements below `device`. */
	rest?: string;
}

function members(agents: readonly string[]): string {
	return agents
		.map((agent, priority) => {
			const [host, port = "2000"] = agent.split(":");
			return `
					<member priority="${priority}">
						<callManager>
							<ports><ethernetPhonePort>${port}</ethernetPhonePort></ports>
							<processNodeName>${host}</processNodeName>
						</callManager>
					</member>`;
		})
		.join("");
}

/** SEP<MAC>.cnf.xml. */
export function deviceFile({ agents, versionStamp = "", load = "", rest = "" }: DeviceFile): string {
	return `<?xml version="1.0" encoding="UTF-8"?>
<device>
	<fullConfig>true</fullConfig>
	<deviceProtocol>SCCP</deviceProtocol>
	<devicePool>
		<dateTimeSetting>
			<dateTemplate>D.M.Y</dateTemplate>
			<timeZone>W. Europe Standard/Daylight Time</timeZone>
		</dateTimeSetting>
		<callManagerGroup>
			<members>${members(agents)}
			</members>
		</callManagerGroup>
	</devicePool>
	<versionStamp>${versionStamp}</versionStamp>
	<loadInformation>${load}</loadInformation>
	${rest}
</device>
`;
}
