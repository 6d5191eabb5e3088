/* The type of service of what the host body's sockets send, as tshark sees it on the wire. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { assert } from "chai";
import { HostFolder, prelude } from "../../support/host.js";
import { needs } from "../../support/optional.js";
import { tsharkVersion } from "../../support/tshark.js";

const source = `
import { HostNetwork } from "hal/host/network";
import { Program } from "hal/host/program";
const network = new HostNetwork({ mac: "020000000001", dhcp: "", webAddress: "", webPort: -1 }, { bind() {} });
const port = Number(Program.argument(0));
network.datagrams({ typeOfService: 0x28 }).write(new Uint8Array(4), "127.0.0.1", port);
network.datagrams({}).write(new Uint8Array(4), "127.0.0.1", port);
network.connect({
	address: "127.0.0.1",
	port,
	typeOfService: 0x60,
	onWritable() { exit(0); },
	onError() { exit(1); },
});
`;

describe("types of service on the host", function () {
	this.timeout(60_000);

	it("are those that whoever opens a socket asks for", async function () {
		needs(this, process.getuid?.() === 0 && tsharkVersion() !== undefined, "needs root and tshark");
		const server = createServer((socket) => socket.destroy());
		server.listen(0, "127.0.0.1");
		await once(server, "listening");
		const { port } = server.address() as { port: number };
		const folder = new HostFolder({ main: prelude + source });
		const fields = ["ip.dsfield", "udp.dstport", "tcp.dstport"].flatMap((name) => ["-e", name]);
		const judge = spawn("tshark", ["-l", "-i", "lo", "-f", `dst port ${port}`, "-T", "fields", ...fields]);
		try {
			let text = "";
			judge.stdout.setEncoding("utf8").on("data", (part: string) => {
				text += part;
			});
			judge.stderr.resume();
			let seen: string[] = [];
			// until the judge is there it sees nothing, or the end of it
			while (seen.length < 3) {
				text = "";
				await once(folder.start([`${port}`]), "close");
				for (let i = 0; i < 20 && text.split("\n").length < 5; i += 1)
					await new Promise((done) => setTimeout(done, 50));
				seen = text.trimEnd().split("\n");
			}
			const services = seen.slice(0, 3).map((line) => {
				const [service, udp] = line.split("\t");
				return `${udp === "" ? "TCP" : "UDP"} ${Number(service).toString(16)}`;
			});
			assert.deepEqual(services, ["UDP 28", "UDP 0", "TCP 60"]);
		} finally {
			judge.kill();
			server.close();
			folder.remove();
		}
	});
});
