/* How the host's connections end: each cause that Linux tells of, in a network of the test's own. */
import { assert } from "chai";
import { TcpEnd } from "../../hal/hardware.js";
import { namespacesMissing, TestNetwork } from "../support/namespace.js";
import { needs, needsBuild } from "../support/optional.js";
import { Phone } from "./support/servers.js";

/** Connects through the body, as the phone does, and prints how that ended. */
const source = `
import { HostNetwork } from "hal/host/network";
import { Program } from "hal/host/program";
const network = new HostNetwork({ mac: "020000000001", dhcp: "", webAddress: "", webPort: -1 }, { bind() {} });
for (let index = 0; ; index += 2) {
	const address = Program.argument(index);
	if (address === undefined) break;
	network.connect({ address, port: Number(Program.argument(index + 1)),
		onWritable() { print("up"); },
		onError(end) { print(address + " " + end); this.close(); } });
}
native("xs_timer_repeat").call(undefined, () => {}, 1000);
Program.signals(() => exit(0));
`;

describe("connections of the host that come to nothing", function () {
	this.timeout(60_000);
	let network: TestNetwork;
	let phone: Phone | undefined;

	before(async function () {
		const missing = namespacesMissing();
		needs(this, missing === "", missing);
		await needsBuild(this, "64-asan");
	});

	beforeEach(() => {
		network = new TestNetwork();
		network.setPhoneAddress("10.77.0.60");
	});

	afterEach(async () => {
		await phone?.remove();
		phone = undefined;
		network.remove();
	});

	it("say why", async () => {
		const ip = (...words: string[]) => network.run(network.phones, "ip", ...words);
		// a router that knows no way to the first, and somebody silent at the second
		ip("route", "add", "unreachable", "10.88.0.0/16");
		ip("neigh", "add", "10.77.0.251", "lladdr", "02:00:00:00:00:99", "dev", network.phoneInterface);
		network.run(network.phones, "sysctl", "-qw", "net.ipv4.tcp_syn_retries=1");
		const wanted: readonly (readonly [string, number])[] = [
			[network.address, TcpEnd.refused],
			["198.51.100.7", TcpEnd.networkUnreachable],
			["10.88.0.1", TcpEnd.hostUnreachable],
			["10.77.0.251", TcpEnd.timedOut],
			["nowhere", TcpEnd.unknown],
		];
		phone = new Phone(network, source, ...wanted.flatMap(([address]) => [address, "2000"]));
		for (const [address, end] of wanted) assert.strictEqual(await phone.line(`${address} `), `${address} ${end}`);
		assert.notInclude(phone.all, "up");
	});
});
