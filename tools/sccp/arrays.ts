/*
 * Arrays in SCCP messages, element by element, with the names that tshark has for them.
 */
import {
	buttonStride,
	callCountStride,
	capabilityStride,
	SoftKeyDefinition,
	SoftKeySetDefinition,
} from "sccp/messages";

/** One step of an array's element: name in tshark, offset in the element, octets. */
export interface Element {
	readonly name: string;
	readonly offset: number;
	readonly size: number;
	/** Elements of this kind in a row. */
	readonly count?: number;
}

export interface ArrayShape {
	/** Field of the layout where the array begins; `definition` when not given. */
	readonly start?: string;
	/** Field that says how many elements there are. */
	readonly counted: string;
	readonly stride: number;
	readonly elements: readonly Element[];
}

/** Codecs, whose number stands in a field of the message. */
function capabilities(counted: string): readonly ArrayShape[] {
	const elements: readonly Element[] = [
		{ name: "payloadCapability", offset: 0, size: 4 },
		{ name: "maxFramesPerPacket", offset: 4, size: 4 },
	];
	return [{ start: "caps", counted, stride: capabilityStride, elements }];
}

/** Arrays by message name. */
export const arrays: Readonly<Record<string, readonly ArrayShape[]>> = {
	ButtonTemplateRes: [
		{
			counted: "buttonCount",
			stride: buttonStride,
			elements: [
				{ name: "instanceNumber", offset: 0, size: 1 },
				{ name: "buttonDefinition", offset: 1, size: 1 },
			],
		},
	],
	SoftKeyTemplateRes: [
		{
			counted: "softKeyCount",
			stride: SoftKeyDefinition.stride,
			elements: [
				{ name: "softKeyLabel", offset: SoftKeyDefinition.softKeyLabel, size: 16 },
				{ name: "softKeyEvent", offset: SoftKeyDefinition.softKeyEvent, size: 4 },
			],
		},
	],
	SoftKeySetRes: [
		{
			counted: "softKeySetCount",
			stride: SoftKeySetDefinition.stride,
			elements: [
				{ name: "softKeyTemplateIndex", offset: SoftKeySetDefinition.softKeyTemplateIndex, size: 1, count: 16 },
				{ name: "softKeyInfoIndex", offset: SoftKeySetDefinition.softKeyInfoIndex, size: 2, count: 16 },
			],
		},
	],
	CallCountResp: [
		{
			start: "lineData",
			counted: "lineDataEntries",
			stride: callCountStride,
			elements: [
				{ name: "maxNumCalls", offset: 0, size: 2 },
				{ name: "busyTrigger", offset: 2, size: 2 },
			],
		},
	],
	CapabilitiesRes: capabilities("capCount"),
	UpdateCapabilities: capabilities("audioCapCount"),
	CapabilitiesV2Res: capabilities("audioCapCount"),
	CapabilitiesV3Res: capabilities("audioCapCount"),
};
