/*
 * A doorbell that rings the phone: the button (a Shelly, an ESPHome input, an automation) asks this program by HTTP, which has a phone of its
 * own: it calls, and whoever answers hears a gong or a file.
 *
 *     node examples/home/doorbell.mjs                                    tries it here: a call agent, a phone, somebody at the door
 *     node examples/home/doorbell.mjs --agent 192.0.2.10 --device SEP02AA00000002 --to 1001 [--file door.wav] [--port 8090] [--address 0.0.0.0]
 *     curl -X POST http://127.0.0.1:8090/ring
 *
 * --device is one that the call agent knows, and its name there is what the display says (Front door). Files are WAV, 16 bit, mono, 8 kHz.
 * It listens on this computer alone unless --address says otherwise: whoever reaches the port can ring.
 */
import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { CallAgent, Phone } from "linnet";
import { gong } from "./gong.mjs";

/** How long it rings, and how long a call lasts that nobody ends, in milliseconds. */
const ringFor = 30_000;
const talkFor = 60_000;

const { values } = parseArgs({
	options: {
		agent: { type: "string" },
		device: { type: "string" },
		to: { type: "string" },
		file: { type: "string" },
		port: { type: "string", default: "8090" },
		address: { type: "string", default: "127.0.0.1" },
	},
});

class Doorbell {
	/** What it is about: 'quiet', 'ringing' or 'talking'. */
	state = "quiet";

	constructor(phone, to, sound) {
		this.phone = phone;
		this.to = to;
		this.sound = sound;
	}

	/** Rings until somebody answers, and ends the call. @returns whether anybody did. */
	async ring() {
		const { phone } = this;
		this.state = "ringing";
		console.log(`ringing ${this.to}`);
		try {
			await phone.call(this.to, { timeout: ringFor });
			this.state = "talking";
			console.log(`${this.to} has answered`);
			const over = phone.wait.not.connected({ timeout: talkFor }).catch(() => {});
			// who hangs up has heard enough
			await Promise.race([over, phone.media().then(() => phone.play(this.sound))]);
			await over;
			console.log("the call is over");
			return true;
		} catch (error) {
			console.log(`nobody has answered: ${error.message.split("\n", 1)[0]}`);
			return false;
		} finally {
			await phone.hangUp();
			this.state = "quiet";
		}
	}

	/** Answers the button. */
	serve(port, address) {
		const server = createServer((request, response) => {
			request.resume();
			const known = request.url === "/ring" && request.method === "POST";
			const free = this.state === "quiet";
			// who presses again while it rings is heard already
			if (known && free) this.ring().catch((error) => console.error(`doorbell: ${error.message}`));
			response.statusCode = known || request.url === "/" ? 200 : 404;
			response.setHeader("Content-Type", "application/json");
			response.end(`${JSON.stringify({ state: this.state })}\n`);
		});
		server.on("error", (error) => {
			console.error(`doorbell: ${error.message}`);
			process.exit(1);
		});
		server.listen(port, address, () =>
			console.log(`POST http://${address}:${server.address().port}/ring rings ${this.to}`),
		);
		return server;
	}
}

async function start(agent, device, to) {
	const phone = await Phone.start({ agent, ...(device && { device }) });
	await phone.wait.registered();
	return new Doorbell(phone, to, values.file ?? gong());
}

try {
	if (values.agent !== undefined) {
		if (values.to === undefined) throw new Error("--to names the number to call, such as 1001");
		const bell = await start(values.agent, values.device, values.to);
		bell.serve(Number(values.port), values.address);
	} else {
		const agent = await CallAgent.start();
		const hall = await Phone.start({ agent });
		await hall.wait.registered();
		hall.on("ring", (sounds) => console.log(`${hall.number}: ${sounds ? "rings" : "has stopped ringing"}`));
		const bell = await start(agent, undefined, hall.number);
		const server = bell.serve(0, "127.0.0.1");
		await new Promise((done) => server.on("listening", done));
		await Promise.all([
			fetch(`http://127.0.0.1:${server.address().port}/ring`, { method: "POST" }),
			hall.answer().then(async () => {
				await hall.record(2.5);
				await hall.hangUp();
			}),
		]);
		await bell.phone.wait.idle();
		while (bell.state !== "quiet") await new Promise((done) => setTimeout(done, 100));
		server.close();
		await bell.phone.close();
		await hall.close();
		await agent.close();
	}
} catch (error) {
	console.error(`doorbell: ${error.message.split("\n", 1)[0]}`);
	process.exit(1);
}
