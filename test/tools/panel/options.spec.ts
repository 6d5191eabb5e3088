/*
 * The panel's command line: what is taken, and that what is not is refused in one line.
 */
import { assert } from "chai";
import { parseOptions, UsageError } from "../../../tools/panel/options.js";

describe("panel command line", () => {
	it("starts two phones with the built-in call agent when nothing is given", () => {
		const options = parseOptions([]);
		assert.isUndefined(options.port);
		assert.isUndefined(options.agent);
		assert.equal(options.address, "127.0.0.1");
		assert.deepEqual(options.devices, ["SEP024C696E6E01", "SEP024C696E6E02"]);
		assert.isUndefined(options.protocol);
	});

	it("counts device names on from the one given, over all octets", () => {
		const options = parseOptions(["--phones", "3", "--device", "sep0011223344ff"]);
		assert.deepEqual(options.devices, ["SEP0011223344FF", "SEP001122334500", "SEP001122334501"]);
	});

	it("takes another call agent, a protocol and a port", () => {
		const options = parseOptions(["--agent", "pbx.example:2001", "--protocol", "17", "--port", "9000"]);
		assert.equal(options.agent, "pbx.example:2001");
		assert.equal(options.protocol, 17);
		assert.equal(options.port, 9000);
	});

	it("takes elements of the configuration file, and a port for web pages", () => {
		const options = parseOptions(["--set", "servicesURL=http://a/b?c=d", "--set", "idleTimeout=9", "--web", "8081"]);
		assert.deepEqual(options.elements, [
			["servicesURL", "http://a/b?c=d"],
			["idleTimeout", "9"],
		]);
		assert.equal(options.web, 8081);
		assert.deepEqual(parseOptions([]).elements, []);
	});

	it("takes what the phones are, the last of them for the rest", () => {
		assert.deepEqual(parseOptions([]).boards, ["desk", "desk"]);
		assert.deepEqual(parseOptions(["--phones", "4", "--board", "desk,touch"]).boards, [
			"desk",
			"touch",
			"touch",
			"touch",
		]);
	});

	const refused: [string, string[]][] = [
		["no phones", ["--phones", "0"]],
		["thirteen phones", ["--phones", "13"]],
		["a board that is none", ["--board", "wall"]],
		["more boards than phones", ["--board", "desk,touch,desk"]],
		["a device that is none", ["--device", "SEP12"]],
		["a protocol that nobody speaks", ["--protocol", "4"]],
		["an unknown dialect", ["--dialect", "h323"]],
		["a dialect of a foreign call agent", ["--dialect", "chan_sccp", "--agent", "10.0.0.1"]],
		["a port that is none", ["--port", "65536"]],
		["an address that is none", ["--address", "localhost"]],
		["a port that is no number", ["--port", "x"]],
		["an agent's port that is none", ["--agent", "host:0"]],
		["an agent that is no host", ["--agent", "a b"]],
		["an element without a value", ["--set", "servicesURL"]],
		["an element that is none", ["--set", "<a>=b"]],
		["no port for the second phone's web pages", ["--web", "65535"]],
		["an unknown option", ["--colour", "red"]],
		["a stray word", ["600"]],
	];
	for (const [what, args] of refused)
		it(`refuses ${what} in one line`, () => {
			try {
				parseOptions(args);
			} catch (error) {
				assert.instanceOf(error, UsageError);
				assert.notInclude((error as Error).message, "\n");
				return;
			}
			assert.fail("was taken");
		});
});
