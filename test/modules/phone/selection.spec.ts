// Which call softkeys act on when another one rings: what autoCallSelect of the configuration says.
import { assert } from "chai";
import { Configuration } from "provisioning/configuration";
import { build, Rig } from "../support/rig.js";

const CallState = 0x111;
const [offHook, onHook, ringIn, connected] = [1, 2, 4, 5];

function state(state: number | undefined, call: number) {
	return build(CallState, state ?? 0, 1, call, 0, 0, 0);
}

function rigWith(autoCallSelect: boolean): Rig {
	const rig = new Rig();
	const callAgents = rig.desk.station.callAgents.split(" ");
	rig.desk.configured(Object.assign(new Configuration(), { autoCallSelect, callAgents }));
	return rig;
}

describe("a call that rings", () => {
	it("is selected though the user is in another, unless the configuration says that it is not", () => {
		for (const autoCallSelect of [true, false]) {
			const rig = rigWith(autoCallSelect);
			rig.receive(state(offHook, 1), state(connected, 1), state(ringIn, 2));
			assert.equal(rig.phone.selected?.reference, autoCallSelect ? 2 : 1);
			rig.receive(state(onHook, 1));
			assert.equal(rig.phone.selected?.reference, 2, "it is all there is");
		}
	});

	it("is selected in any case on a phone that is in no call", () => {
		const rig = rigWith(false);
		rig.receive(state(ringIn, 1));
		assert.equal(rig.phone.selected?.reference, 1);
		rig.receive(state(ringIn, 2));
		assert.equal(rig.phone.selected?.reference, 2);
		rig.receive(state(offHook, 2), state(connected, 2));
		assert.equal(rig.phone.selected?.reference, 2);
	});
});
