/* The part of provisioning's fault matrix that needs a network of its own: what DHCP does not say, and a cable that is pulled. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deviceFile } from "../../../tools/boot/files.js";
import { bootMissing, startAgent, startDnsmasq } from "../../../tools/boot/run.js";
import { PhoneProcess } from "../../../tools/phone/phone.js";
import { Registration } from "../../../tools/phone/screen.js";
import { TestNetwork } from "../../support/namespace.js";
import { needs } from "../../support/optional.js";
import { together } from "../../support/together.js";

const device = "SEP0200000000AB";
const timeout = 90_000;

interface Fault {
	title: string;
	/** Options of dnsmasq beside its range of addresses and its files; undefined for no dnsmasq at first. */
	options?: readonly string[];
	/** Text that the display shows, or that the log holds. */
	shown?: string;
	logged?: string;
	/** What happens then, before the phone registers. */
	mend?: (ground: { network: TestNetwork; folder: string; phone: PhoneProcess }) => Promise<unknown>;
}

const faults: readonly Fault[] = [
	{
		title: "no DHCP answer: waits and says so, and goes on when it comes",
		shown: "Configuring IP",
		mend: async ({ network, folder }) => startDnsmasq(network, folder, `--dhcp-option=150,${network.address}`),
	},
	{
		title: "no option at all: siaddr, the server that gave the address, has the files",
		options: [],
		logged: "DHCP siaddr",
	},
	{
		title: "no option, another boot server in siaddr: the name CiscoCM1",
		options: ["--dhcp-boot=x,,10.77.0.250", "--address=/CiscoCM1/10.77.0.1"],
		logged: "server CiscoCM1, by its name",
	},
	{
		title: "option 66 alone, by name",
		options: ["--dhcp-option=66,files.example.com", "--address=/files.example.com/10.77.0.1"],
		logged: "server files.example.com, DHCP option 66",
	},
	{
		title: "option 150 names a server that is gone, and one that is there",
		options: ["--dhcp-option=150,10.77.0.250,10.77.0.1"],
		logged: "server 10.77.0.1, DHCP option 150",
	},
	{
		title: "the cable is pulled before the configuration has come",
		options: ["--dhcp-option=150,10.77.0.250"],
		shown: "Requesting Configuration",
		mend: async ({ network, phone }) => {
			network.plug(false);
			await phone.wait(({ screen }) => screen?.prompt !== "", timeout, "anything on its display");
			network.plug(true);
		},
	},
];

describe(`fault matrix of provisioning: ${faults.length} faults of networks`, function () {
	this.timeout(3 * timeout);

	before(function () {
		const missing = bootMissing();
		needs(this, missing === "", missing);
	});

	async function run({ options, shown, logged, mend }: Fault): Promise<void> {
		const network = new TestNetwork();
		const folder = mkdtempSync(join(tmpdir(), "linnet-dhcp-faults-"));
		let phone: PhoneProcess | undefined;
		try {
			writeFileSync(join(folder, `${device}.cnf.xml`), deviceFile({ agents: [network.address] }));
			await startAgent(network);
			if (options !== undefined) startDnsmasq(network, folder, ...options);
			phone = await PhoneProcess.start({
				device,
				prefix: ["ip", "netns", "exec", network.phones],
				extra: ["--dhcp", network.phoneInterface],
				startTimeout: timeout,
			});
			if (shown !== undefined) {
				const text = shown;
				await phone.wait(({ screen }) => screen?.prompt === text, timeout, `"${text}" on its display`);
			}
			await mend?.({ network, folder, phone });
			await phone.wait(({ screen }) => screen?.registration === Registration.registered, timeout, "its registration");
			if (logged !== undefined) {
				const text = logged;
				await phone.wait(({ logLines }) => logLines.some((line) => line.includes(text)), timeout, `"${text}"`);
			}
		} finally {
			await phone?.kill();
			network.remove();
			rmSync(folder, { recursive: true, force: true });
		}
	}

	together(faults.map((fault) => ({ title: fault.title, run: () => run(fault) })));
});
