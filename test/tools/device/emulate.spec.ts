/*
 * A phone on an emulated chip without the chip: flash and eFuses as files, QEMU's words and console, what is missing, what is typed.
 * QEMU is a program of this test that runs the phone of the PC in the chip's place; test/phones/chip has the real one.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PassThrough } from "node:stream";
import { assert } from "chai";
import { applicationOctets, instructions } from "../../../tools/bench/chip.js";
import { Conductor } from "../../../tools/call/conductor.js";
import { parseOptions } from "../../../tools/call/options.js";
import { callScript } from "../../../tools/call/script.js";
import { type CallAgent, startCallAgent } from "../../../tools/call-agent/agent.js";
import { EmulatedChip, macOf, writeConfiguration } from "../../../tools/device/chip.js";
import { efuseImage } from "../../../tools/device/efuse.js";
import { agentAddress, interact, typedSteps } from "../../../tools/device/emulate.js";
import type { Environment } from "../../../tools/device/examine.js";
import { bringFlash, holdFlash } from "../../../tools/device/flash.js";
import { ImageError, readImage } from "../../../tools/device/image.js";
import { renameLoad } from "../../../tools/device/load.js";
import { networkMissing } from "../../../tools/device/network.js";
import { examineQemu, qemuWords } from "../../../tools/device/qemu.js";
import { hostProgram, moduleMap, projectRoot } from "../../../tools/phone/project.js";
import { Registration } from "../../../tools/phone/screen.js";

const device = "SEP0200000000AA";
const timeout = 60_000;

describe("A phone on an emulated chip", function () {
	this.timeout(2 * timeout);
	let folder: string;

	function file(path: string, content: string | Buffer): string {
		const whole = join(folder, path);
		mkdirSync(dirname(whole), { recursive: true });
		writeFileSync(whole, content);
		return whole;
	}

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "linnet-emulate-"));
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	describe("its flash", () => {
		const flash = () => join(folder, "flash.bin");
		const octets = 1 << 20;

		function build(app: string | Buffer, size = "1MB"): void {
			file("project/build/bootloader/bootloader.bin", "boot");
			file("project/build/ota_data_initial.bin", Buffer.alloc(8192, 0xff));
			file("project/build/xs_esp32.bin", app);
			const parts = {
				"0x20000": "xs_esp32.bin",
				"0x0": "bootloader/bootloader.bin",
				"0x19000": "ota_data_initial.bin",
			};
			const list = {
				flash_files: parts,
				flash_settings: { flash_size: size },
				extra_esptool_args: { chip: "esp32s3" },
			};
			file("project/build/flasher_args.json", JSON.stringify(list));
		}
		const image = () => readImage(join(folder, "project"));
		const at = (offset: number, length: number) =>
			readFileSync(flash())
				.subarray(offset, offset + length)
				.toString("latin1");
		const put = (offset: number, text: string) => {
			const content = readFileSync(flash());
			content.write(text, offset, "latin1");
			writeFileSync(flash(), content);
		};

		it("has each part at its place and is erased elsewhere", () => {
			build("phone 1");
			assert.strictEqual(bringFlash(flash(), image()), "made");
			assert.strictEqual(statSync(flash()).size, octets);
			assert.strictEqual(at(0, 5), "boot\xff");
			assert.strictEqual(at(0x20000, 8), "phone 1\xff");
			assert.strictEqual(at(octets - 1, 1), "\xff");
		});

		it("is not touched again by the same firmware: what is stored and the loads installed stay", () => {
			build("phone 1");
			bringFlash(flash(), image());
			put(0x9000, "stored");
			put(0x19000, "other slot");
			assert.strictEqual(bringFlash(flash(), image()), "kept");
			assert.strictEqual(at(0x9000, 6), "stored");
			assert.strictEqual(at(0x19000, 10), "other slot");
		});

		it("takes another firmware, which runs then; what is stored stays", () => {
			build("phone 1, which is longer");
			bringFlash(flash(), image());
			put(0x9000, "stored");
			put(0x19000, "other slot");
			build("phone 2");
			assert.strictEqual(bringFlash(flash(), image()), "written");
			assert.strictEqual(at(0x20000, 10), "phone 2\xff\xff\xff");
			assert.strictEqual(at(0x9000, 6), "stored");
			assert.strictEqual(at(0x19000, 2), "\xff\xff");
		});

		it("is made anew when asked for, and when it has another size", () => {
			build("phone 1");
			bringFlash(flash(), image());
			put(0x9000, "stored");
			assert.strictEqual(bringFlash(flash(), image(), true), "made");
			assert.strictEqual(at(0x9000, 1), "\xff");
			build("phone 1", "2MB");
			assert.strictEqual(bringFlash(flash(), image()), "made");
			assert.strictEqual(statSync(flash()).size, 2 * octets);
		});

		it("is written again when it was written in part", () => {
			build("phone 1");
			bringFlash(flash(), image());
			rmSync(`${flash()}.written`);
			put(0x20000, "half");
			assert.strictEqual(bringFlash(flash(), image()), "written");
			assert.strictEqual(at(0x20000, 7), "phone 1");
		});

		it("is one phone's at a time", async () => {
			const giveBack = await holdFlash(flash());
			let said = "";
			await holdFlash(flash()).catch((error: Error) => {
				said = error.message;
			});
			assert.match(said, /flash\.bin: another phone runs with it: end that one first/);
			await giveBack();
			await (await holdFlash(flash()))();
		});

		it("refuses a firmware that is larger than it, and one without a size", () => {
			build(Buffer.alloc(octets));
			assert.throws(() => bringFlash(flash(), image()), ImageError, /xs_esp32\.bin ends at .* too large/);
			build("phone 1", "detect");
			assert.throws(() => bringFlash(flash(), image()), ImageError, /no flash size/);
			assert.isFalse(existsSync(flash()));
		});
	});

	it("has eFuses with its address, revision 0.3 and a calibrated converter", () => {
		const image = efuseImage("001122334455");
		assert.strictEqual(image.length, 1024);
		// ESP-IDF, esp_efuse_table.csv: BLOCK1 begins 24 octets, BLOCK2 48 octets behind the first register.
		const bits = (block: number, bit: number, count: number) =>
			((image[block + (bit >> 3)] ?? 0) >> (bit & 7)) & ((1 << count) - 1);
		const address = [40, 32, 24, 16, 8, 0].map((bit) => bits(24, bit, 8));
		assert.deepEqual(address, [0x00, 0x11, 0x22, 0x33, 0x44, 0x55]);
		assert.strictEqual(bits(24, 114, 3), 3);
		assert.strictEqual(bits(24, 184, 2), 0);
		assert.strictEqual(bits(48, 128, 2), 1);
		assert.strictEqual(image.filter((octet) => octet !== 0).length, 7);
		assert.throws(() => efuseImage("SEP0011"), RangeError);
	});

	describe("a load under another name", () => {
		/** An image with two segments, as ESP-IDF's esptool makes it. */
		function image(...texts: string[]): Buffer {
			const header = Buffer.alloc(24);
			header[0] = 0xe9;
			header[1] = texts.length;
			header[23] = 1;
			const segments = texts.map((text) => {
				const head = Buffer.alloc(8);
				head.writeUInt32LE(text.length, 4);
				return Buffer.concat([head, Buffer.from(text, "latin1")]);
			});
			const body = Buffer.concat([header, ...segments]);
			const padded = Buffer.concat([body, Buffer.alloc(16 - (body.length % 16))]);
			padded[padded.length - 1] = [...texts.join("")].reduce((sum, letter) => sum ^ letter.charCodeAt(0), 0xef);
			return Buffer.concat([padded, createHash("sha256").update(padded).digest()]);
		}

		it("is what the build would have made with that name", () => {
			const made = image("code linnet-0.1.0 \0", "linnet-0.1.0");
			const wanted = image("code linnet-9.1.0 \0", "linnet-9.1.0");
			assert.isTrue(renameLoad(made, "linnet-0.1.0", "linnet-9.1.0").equals(wanted));
			assert.isTrue(made.equals(image("code linnet-0.1.0 \0", "linnet-0.1.0")));
		});

		it("is refused where there is nothing to rename", () => {
			assert.throws(() => renameLoad(image("code"), "linnet-0.1.0", "linnet-9.1.0"), /holds no linnet-0\.1\.0/);
			assert.throws(() => renameLoad(image("a"), "a", "ab"), /not as long/);
			assert.throws(() => renameLoad(Buffer.from("a file"), "a", "b"), /no image/);
			assert.throws(() => renameLoad(image("abc").subarray(0, 34), "a", "b"), /shorter than its segments/);
		});
	});

	describe("QEMU", () => {
		const qemu = (path: string, chips: string) => {
			const whole = file(
				path,
				`#!/bin/sh\n[ "$*" = "-M help" ] && printf '%s\\n' "Supported machines are:" ${chips}\n`,
			);
			chmodSync(whole, 0o755);
			return whole;
		};
		const debian = "'lx60      lx60 EVB (dc232b)' 'sim       sim machine (dc232b) (default)'";
		const espressif = "'esp32     Espressif ESP32 machine' 'esp32s3   Espressif ESP32S3 machine'";
		let environment: Environment;

		beforeEach(() => {
			environment = { HOME: folder, IDF_PATH: "/idf", PATH: `${join(folder, "usr")}:${join(folder, "export")}` };
		});

		it("is Espressif's, wherever it stands in PATH", () => {
			qemu("usr/qemu-system-xtensa", debian);
			const path = qemu("export/qemu-system-xtensa", espressif);
			assert.include(examineQemu(environment), { found: true, path });
		});

		it("is found where ESP-IDF installs it, the newest first", () => {
			qemu("usr/qemu-system-xtensa", debian);
			qemu(".espressif/tools/qemu-xtensa/esp_develop_9.0.0_20240606/qemu/bin/qemu-system-xtensa", espressif);
			const path = qemu(
				".espressif/tools/qemu-xtensa/esp_develop_9.2.2_20250817/qemu/bin/qemu-system-xtensa",
				espressif,
			);
			assert.strictEqual(examineQemu(environment).path, path);
			assert.isFalse(examineQemu({ ...environment, IDF_TOOLS_PATH: "/elsewhere" }).found);
		});

		it("is missing without the chip, and how to get it is said", () => {
			const path = qemu("usr/qemu-system-xtensa", debian);
			const { found, text } = examineQemu(environment);
			assert.isFalse(found);
			assert.include(text, `${path} has no machine esp32s3`);
			assert.include(text, "'python3 /idf/tools/idf_tools.py install qemu-xtensa', then 'source /idf/export.sh'");
			rmSync(path);
			assert.match(examineQemu(environment).text, /^no qemu-system-xtensa: run/);
			const { text: without } = examineQemu({ ...environment, IDF_PATH: undefined });
			assert.include(without, "python3 ~/esp-idf/tools/idf_tools.py");
		});

		it("is told of when it does not start, as without the libraries of a desktop", () => {
			const path = file("usr/qemu-system-xtensa", "#!/bin/sh\necho 'libSDL2-2.0.so.0: no such file' >&2\nexit 127\n");
			chmodSync(path, 0o755);
			const { found, text } = examineQemu(environment);
			assert.isFalse(found);
			assert.match(text, /^libSDL2-2\.0\.so\.0: no such file \(.*apt-get install .*libsdl2-2\.0-0/);
			assert.notInclude(text, "not Espressif's");
		});

		it("is given flash, eFuses, network, log and control channel", () => {
			const machine = { program: "q", flash: "/a,b/flash.bin", efuse: "/e", tap: "tap0", mac: "0200000000AA" };
			const words = qemuWords({ ...machine, console: "/c" });
			assert.includeMembers(words, [
				"tcg,thread=single",
				"file=/a,,b/flash.bin,if=mtd,format=raw",
				"file=/e,if=none,format=raw,id=efuse",
				"tap,model=open_eth,ifname=tap0,script=no,downscript=no,mac=02:00:00:00:00:AA",
				"socket,id=control,fd=3",
			]);
			// UART0 is the log, UART1 the control channel.
			assert.isBelow(words.indexOf("chardev:log"), words.indexOf("chardev:control"));
			assert.notInclude(words, "-icount");
			assert.include(qemuWords({ ...machine, console: "/c", instructionShift: 2 }), "shift=2,sleep=on");
		});
	});

	describe("with the PC's phone in the chip's place", () => {
		let agent: CallAgent;
		let chip: EmulatedChip | undefined;
		let program: string;
		/** The folder for temporary ones is this test's own, so that what is left there is seen. */
		let temporary: string | undefined;

		beforeEach(async () => {
			temporary = process.env.TMPDIR;
			process.env.TMPDIR = folder;
			agent = await startCallAgent({ address: "127.0.0.1", port: 0 });
			const words = [
				"--modules",
				moduleMap,
				"--control",
				"3",
				"--agent",
				`127.0.0.1:${agent.port}`,
				"--device",
				device,
			];
			// QEMU's console, and behind it a phone; 'crash' makes the phone begin again within the same process, as a chip does.
			const source = file(
				"qemu.mjs",
				`import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
const path = process.argv.find((word) => word.startsWith("unix:")).slice(5).split(",")[0];
createServer((socket) => {
	socket.write('{"QMP":{"version":{}}}\\n');
	let rest = "";
	socket.on("data", (data) => {
		const lines = (rest + data).split("\\n");
		rest = lines.pop();
		for (const line of lines) {
			const { execute, arguments: words } = JSON.parse(line);
			if (execute === "screendump" && words.format === "png" && words.filename.endsWith(".png")) {
				writeFileSync(words.filename, "picture");
				socket.write('{"event":"RESET"}\\n{"return":{}}\\n');
			} else if (execute === "qmp_capabilities") socket.write('{"return":{}}\\n');
			else socket.write('{"error":{"class":"GenericError","desc":"no such thing"}}\\n');
		}
	});
}).listen(path);
const start = () => {
	const words = ${JSON.stringify(["--pdeathsig", "KILL", hostProgram(64), ...words])};
	const phone = spawn("setpriv", words, { stdio: ["ignore", "ignore", 2, 3] });
	phone.on("exit", start);
	writeFileSync(${JSON.stringify(join(folder, "phone"))}, String(phone.pid));
};
process.stdout.write("ESP-ROM:esp32s3\\n");
start();
`,
			);
			program = file("qemu-system-xtensa", `#!/bin/sh\nexec '${process.execPath}' '${source}' "$@"\n`);
			chmodSync(program, 0o755);
		});

		afterEach(async () => {
			await chip?.kill();
			chip = undefined;
			await agent.close();
			if (temporary === undefined) delete process.env.TMPDIR;
			else process.env.TMPDIR = temporary;
		});

		/** Folders of chips. */
		const left = () => readdirSync(folder).filter((name) => name.startsWith("linnet-chip-"));

		async function start(): Promise<EmulatedChip> {
			const flash = file("flash.bin", "");
			chip = await EmulatedChip.start({ device, network: { prefix: [], tap: "tap0" }, program, flash });
			return chip;
		}
		const registered = ({ phone }: EmulatedChip) =>
			phone.wait(({ screen }) => screen?.registration === Registration.registered, timeout, "its registration");
		const phoneId = () => Number(readFileSync(join(folder, "phone"), "utf8"));

		it("is driven as any other phone, and logs what the ROM says", async () => {
			const started = await start();
			await registered(started);
			assert.strictEqual(started.phone.name, device);
			assert.include(started.phone.logLines, "ESP-ROM:esp32s3");
			started.phone.hook(true);
			await started.phone.wait(({ toneId }) => toneId !== 0, timeout, "dial tone");
			assert.isFalse((await started.phone.statistics()).streams[0]?.open);
		});

		it("tells of a restart inside QEMU, and nothing is left of what was before", async () => {
			const { phone } = await start();
			await phone.wait(({ screen }) => screen?.registration === Registration.registered, timeout, "its registration");
			phone.hook(true);
			await phone.wait(({ toneId }) => toneId !== 0, timeout, "dial tone");
			let left: unknown[] = [];
			const restarted = new Promise<void>((done) =>
				phone.once("restart", () => {
					left = [phone.screen, phone.toneId, phone.lamps.size, phone.backlight];
					done();
				}),
			);
			process.kill(phoneId(), "SIGSTOP");
			const unanswered = phone.heap().then(
				() => "answered",
				(error: Error) => error.message,
			);
			process.kill(phoneId(), "SIGKILL");
			await restarted;
			assert.deepEqual(left, [undefined, 0, 0, undefined]);
			assert.match(await unanswered, /started anew/);
			await phone.wait(({ screen }) => screen?.registration === Registration.registered, timeout, "its registration");
		});

		it("saves its display, and says what QEMU refuses", async () => {
			const started = await start();
			const picture = join(folder, "display.png");
			await started.picture(picture);
			assert.strictEqual(readFileSync(picture, "utf8"), "picture");
			let said = "";
			await started.picture(join(folder, "display.bmp")).catch((error: Error) => {
				said = error.message;
			});
			assert.strictEqual(said, "QEMU: 'screendump': no such thing");
		});

		it("goes with its files when its power is cut", async () => {
			const { phone } = await start();
			assert.lengthOf(left(), 1);
			const { signal } = await (chip as EmulatedChip).kill();
			assert.isEmpty(left());
			assert.strictEqual(signal, "SIGKILL");
			assert.isDefined(phone.exit);
			let said = "";
			await (chip as EmulatedChip).picture("x.png").catch((error: Error) => {
				said = error.message;
			});
			assert.match(said, /it has ended/);
		});

		it("says what QEMU said when it does not start", async () => {
			writeFileSync(program, "#!/bin/sh\necho 'qemu: could not open flash' >&2\nexit 1\n");
			let said = "";
			await start().catch((error: Error) => {
				said = error.message;
			});
			assert.match(said, /ended with status 1[\s\S]*could not open flash/);
			assert.isEmpty(left());
		});

		describe("typed steps", () => {
			let input: PassThrough;
			let conductor: Conductor;
			let ending: AbortController;
			let told: string[];

			beforeEach(async () => {
				input = new PassThrough();
				conductor = new Conductor(new Int16Array(80), () => {});
				ending = new AbortController();
				told = [];
				conductor.addChip(await start(), performance.now());
			});

			const tell = (line: string) => void told.push(line);
			const typed = () => interact(conductor, chip as EmulatedChip, input, ending.signal, tell);

			it("are played until 'quit'; one that is wrong ends nothing", async () => {
				input.end("fly\nhook off\nwait tone dial 60s\nquit\nhook on\n");
				await typed();
				const { phone } = chip as EmulatedChip;
				// Its answer says that it has taken all that was sent before.
				await phone.statistics();
				assert.notStrictEqual(phone.toneId, 0);
				assert.match(told.at(-1) ?? "", /^emulate: typed:1: unknown step 'fly'/);
			});

			it("wait for nothing when a person ends the program", async () => {
				input.write("wait ringing 3600s\n");
				const played = typed();
				await once(input, "data");
				ending.abort();
				await played;
			});

			it("end with an error when the emulator ends by itself", async () => {
				input.write("wait ringing 3600s\n");
				let said = "";
				const played = typed().catch((error: Error) => {
					said = error.message;
				});
				process.kill((chip as EmulatedChip).phone.pid as number, "SIGKILL");
				await played;
				assert.match(said, /^the emulator has ended\n.*screen: /s);
			});
		});
	});

	it("is configured for its call agent", () => {
		writeConfiguration(folder, device, "192.0.2.10:2001");
		const text = readFileSync(join(folder, `${device}.cnf.xml`), "utf8");
		assert.include(text, "<processNodeName>192.0.2.10</processNodeName>");
		assert.include(text, "<ethernetPhonePort>2001</ethernetPhonePort>");
		assert.strictEqual(macOf("SEP0200000000aa"), "0200000000AA");
	});

	it("cannot be told of a call agent on loopback", async () => {
		assert.strictEqual(await agentAddress("192.0.2.10"), "192.0.2.10:2000");
		for (const agent of ["localhost", "127.0.0.1:2000"]) {
			let said = "";
			await agentAddress(agent).catch((error: Error) => {
				said = error.message;
			});
			assert.match(said, /not loopback/, agent);
		}
	});

	it("has a network, or is told which packages that takes; what only root's PATH has counts", () => {
		const programs = ["ip", "dnsmasq", "nsenter"].filter(
			(name) => !existsSync(`/usr/sbin/${name}`) && !existsSync(`/sbin/${name}`),
		);
		const packages: Record<string, string> = { ip: "iproute2", dnsmasq: "dnsmasq-base", nsenter: "util-linux" };
		const why = networkMissing(true, { PATH: "/nowhere" });
		assert.include(programs, "nsenter");
		assert.match(why, new RegExp(`apt-get install ${programs.map((name) => packages[name]).join(" ")}$`));
	});

	it("counts instructions by a loop of known length, and finds the application among the parts", () => {
		const loops = [27_000, 25_600, 26_000].map((cycles) => ({ instructions: 20_000, cycles }));
		assert.strictEqual(instructions(loops, 6400), 5000);
		file("project/build/boot.bin", "boot");
		file("project/build/phone.bin", "the phone");
		const list = { flash_files: { "0x0": "boot.bin", "0x20000": "phone.bin" } };
		file("project/build/flasher_args.json", JSON.stringify(list));
		assert.strictEqual(applicationOctets(readImage(join(folder, "project"))), 9);
	});

	it("takes typed steps of the script language", () => {
		assert.deepEqual(typedSteps("  "), []);
		assert.deepEqual(typedSteps("# a remark"), []);
		assert.include(typedSteps("keys 600")[0], { do: "keys", digits: "600" });
		assert.include(typedSteps("picture display.png")[0], { do: "picture", file: "display.png" });
		assert.throws(() => typedSteps("fly"), /unknown step 'fly'/);
		assert.throws(() => typedSteps("picture"), /needs a file name/);
	});

	describe("as a command", () => {
		it("call: gives each step of a plain call the time of an emulator", () => {
			const waits = (...words: [number?]) =>
				callScript("600", 5, 60, ...words).flatMap((step) =>
					step.do === "wait" || step.do === "media" ? [step.milliseconds / 1000] : [],
				);
			assert.deepEqual(waits(), [60, 30, 30, 30, 30]);
			assert.deepEqual(waits(60), [60, 60, 60, 60, 60]);
		});

		it("call: takes no sound and no version for it, and waits longer", () => {
			assert.include(parseOptions(["600", "--emulator"]), { emulator: true, timeout: 60 });
			assert.include(parseOptions(["600", "--emulator", "--timeout", "5"]), { timeout: 5 });
			for (const word of ["--play", "--record", "--bits", "--protocol"])
				assert.throws(() => parseOptions(["600", "--emulator", word, "17"]), `${word} is nothing for an emulated chip`);
			assert.throws(
				() => parseOptions(["600", "--emulator", "--device", "ATA001122334455"]),
				/SEP and its MAC address/,
			);
		});

		const run = (...words: string[]) =>
			spawnSync(process.execPath, [join(projectRoot, "tools/run.mjs"), "device", "emulate", ...words], {
				env: { HOME: folder, PATH: `${dirname(process.execPath)}:/usr/sbin:/usr/bin:/sbin:/bin` },
				encoding: "utf8",
			});

		it("device:emulate names all that is missing, and how to get it", () => {
			const { status, stderr } = run();
			assert.strictEqual(status, 1, stderr);
			assert.match(stderr, /Moddable SDK: .*xs-dev setup/);
			assert.match(stderr, /ESP-IDF: /);
			assert.match(stderr, /QEMU for the ESP32-S3: .*install qemu-xtensa/);
		});

		it("device:emulate reads its script before all else", () => {
			for (const [name, content, pattern] of [
				["none", undefined, /none: no such file/],
				["wrong", "fly", /wrong:1: unknown step 'fly'/],
				["two", "phone 2: hook off", /two: device:emulate has one phone/],
			] as const) {
				const script = content === undefined ? join(folder, name) : file(name, content);
				const { status, stderr } = run("--script", script);
				assert.strictEqual(status, 1, name);
				assert.match(stderr, pattern);
				assert.notInclude(stderr, "Moddable SDK");
			}
		});

		it("device:emulate refuses words that mean nothing to it", () => {
			for (const [words, pattern] of [
				[["deskphone"], /deskphone is not understood/],
				[["--device", "SEP12"], /--device SEP12: SEP and the 12/],
				[["--script"], /--script: a file is expected/],
				[["--as-built", "ssid=x"], /--as-built: ssid=x is for a build/],
				[["--no-echo-canceller"], /--no-echo-canceller is not understood/],
				[["--agent", "192.0.2.10:70000"], /--agent 192\.0\.2\.10:70000: HOST or HOST:PORT is expected/],
			] as const) {
				const { status, stderr } = run(...words);
				assert.strictEqual(status, 2, words.join(" "));
				assert.match(stderr, pattern);
			}
		});
	});
});
