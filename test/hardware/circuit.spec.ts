import { assert } from "chai";
import { checkCircuit } from "../../tools/hardware/circuit.js";
import { type ChangeableCircuit, changedBoard, changedCircuit } from "./support.js";

type Part = ChangeableCircuit["sheets"][number]["parts"][number];

function part(circuit: ChangeableCircuit, id: string): Part {
	const found = circuit.sheets.flatMap(({ parts }) => parts).find((candidate) => candidate.id === id);
	assert.isDefined(found, id);
	return found as Part;
}

function complaints(change: (circuit: ChangeableCircuit) => void): string[] {
	return checkCircuit(
		changedBoard(() => {}),
		changedCircuit(change),
	);
}

describe("hardware: circuit of the desk phone", () => {
	it("has nothing wrong", () => {
		assert.deepEqual(
			complaints(() => {}),
			[],
		);
	});

	it("has to agree with the pin map about nets and part numbers", () => {
		assert.deepEqual(
			complaints((circuit) => {
				const codec = part(circuit, "U2");
				assert.strictEqual(codec.kind, "box");
				if (codec.kind === "box") {
					codec.left.MCLK = "I2S_BCLK";
					codec.left.LIN1 = null;
				}
				(circuit.library.amplifier as { part: string }).part = "MAX98357A";
			}),
			[
				"U3 is PAM8302AADCR in the pin map and MAX98357A in the circuit",
				"U2.MCLK is on I2S_MCLK in the pin map and on I2S_BCLK in the circuit",
				"net I2S_MCLK ends at U1.GPIO4 alone",
				"net HANDSET_MIC_AC ends at C11.b alone",
			],
		);
	});

	it("has to have all parts that the pin map has, each under a name of its own", () => {
		const found = complaints((circuit) => {
			for (const sheet of circuit.sheets) sheet.parts = sheet.parts.filter(({ id }) => id !== "U3");
			part(circuit, "R11").id = "S12";
		});
		assert.includeMembers(found, [
			"two parts of the circuit are called S12",
			"U3 is among the board's parts and not in the circuit",
			'"amplifier" is in the circuit\'s library and nowhere in the circuit',
			"U3.SD is on AMP_ENABLE in the pin map and on no net in the circuit",
		]);
	});

	it("has to say of each part what to buy", () => {
		assert.deepEqual(
			complaints((circuit) => {
				part(circuit, "R11").value = "2.3k";
			}),
			['"resistor 2.3k" is not in the circuit\'s library'],
		);
	});

	it("has to light each lamp with an LED of its colour", () => {
		assert.deepEqual(
			complaints((circuit) => {
				part(circuit, "D10").value = "green";
			}),
			["LED0 lights no red LED in the circuit"],
		);
	});
});
