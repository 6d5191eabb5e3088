/*
 * One object of every kind that Cisco's IP Phone Services guide has, as large as the guide allows, and what the phone has to show of it.
 */
import type { Screen } from "../../phone/messages.js";

export interface ServedKind {
	/** The guide's name of the object. */
	readonly name: string;
	/** The object; `base` is the URL of the server. */
	document(base: string): string;
	/** What has to be on the screen: '' when it is there, else what is missing. */
	missing(screen: Screen, run: readonly string[]): string;
	/** It is no page: what was shown stays. */
	readonly beside?: boolean;
}

const softkeys = (...labels: string[]) => {
	return ({ softkeys: shown }: Screen): string => {
		const there = shown.filter((label) => label !== "");
		return labels.every((label, index) => there[index] === label) ? "" : `softkeys ${there.join("|")}`;
	};
};

/** The overlay has this title and, among its lines, these. */
function page(screen: Screen, title: string, lines: readonly string[], rest: (screen: Screen) => string): string {
	const { overlay } = screen;
	if (overlay === undefined || overlay === null) return "no overlay";
	if (overlay.title !== title) return `title '${overlay.title}'`;
	for (const line of lines) {
		if (!overlay.lines.some((shown) => shown.includes(line)))
			return `no line '${line}' in ${overlay.lines.join(" / ")}`;
	}
	return rest(screen);
}

const many = (count: number, item: (index: number) => string): string =>
	Array.from({ length: count }, (_, index) => item(index)).join("");
const menuItems = (count: number, more: (index: number) => string = () => ""): string =>
	many(
		count,
		(i) =>
			`<MenuItem>${more(i)}<Name>Item number ${i + 1}</Name><URL>http://app.example/menu.php?item=${i}&amp;x=1</URL></MenuItem>`,
	);
/** A picture of the size that the guide allows: 298 by 168 pixels of 2 bits. */
const pixels = "0123456789ABCDEF".repeat((298 * 168) / 4 / 8).slice(0, (298 * 168) / 4 / 2);
const picture = `<LocationX>-1</LocationX><LocationY>-1</LocationY><Width>298</Width><Height>168</Height><Depth>2</Depth><Data>${pixels}</Data>`;
const located = (base: string): string =>
	`<LocationX>0</LocationX><LocationY>0</LocationY><URL>${base}/picture.png</URL>`;
const words = "The quick brown fox jumps over the lazy dog. ".repeat(89).slice(0, 3990);

export const kinds: readonly ServedKind[] = [
	{
		name: "CiscoIPPhoneText",
		document: () =>
			`<CiscoIPPhoneText><Title>A text</Title><Prompt>Read it</Prompt><Text>${words}</Text></CiscoIPPhoneText>`,
		missing: (screen) => page(screen, "A text", ["The quick brown fox"], softkeys("Update", "Exit")),
	},
	{
		name: "CiscoIPPhoneMenu",
		document: () =>
			`<CiscoIPPhoneMenu><Title>A menu</Title><Prompt>Choose</Prompt>${menuItems(100)}</CiscoIPPhoneMenu>`,
		missing: (screen) => page(screen, "A menu", ["Item number 1"], softkeys("Select", "Exit")),
	},
	{
		name: "CiscoIPPhoneIconMenu",
		document: () =>
			`<CiscoIPPhoneIconMenu><Title>Icons</Title>${menuItems(32, (i) => `<IconIndex>${i % 10}</IconIndex>`)}${many(
				10,
				(i) =>
					`<IconItem><Index>${i}</Index><Height>10</Height><Width>16</Width><Depth>2</Depth><Data>${"1B".repeat(40)}</Data></IconItem>`,
			)}</CiscoIPPhoneIconMenu>`,
		missing: (screen) => page(screen, "Icons", ["Item number 2"], softkeys("Select", "Exit")),
	},
	{
		name: "CiscoIPPhoneIconFileMenu",
		document: (base) =>
			`<CiscoIPPhoneIconFileMenu><Title>Icon files</Title>${menuItems(32, (i) => `<IconIndex>${i % 2}</IconIndex>`)}${many(
				2,
				(i) => `<IconItem><Index>${i}</Index><URL>${base}/icon.png</URL></IconItem>`,
			)}</CiscoIPPhoneIconFileMenu>`,
		missing: (screen) => page(screen, "Icon files", ["Item number 3"], softkeys("Select", "Exit")),
	},
	{
		name: "CiscoIPPhoneDirectory",
		document: () =>
			`<CiscoIPPhoneDirectory><Title>A directory</Title><Prompt>Records 1 to 32 of 90</Prompt>${many(
				32,
				(i) => `<DirectoryEntry><Name>Person number ${i}</Name><Telephone>+4930123456${i}</Telephone></DirectoryEntry>`,
			)}</CiscoIPPhoneDirectory>`,
		missing: (screen) => page(screen, "A directory", ["Person number 1"], softkeys("Dial", "EditDial", "Exit")),
	},
	{
		name: "CiscoIPPhoneInput",
		document: (base) =>
			`<CiscoIPPhoneInput><Title>An input</Title><URL>${base}/find</URL>${["A", "T", "N", "U", "LP"]
				.map(
					(flags) =>
						`<InputItem><DisplayName>Of ${flags}</DisplayName><QueryStringParam>p${flags}</QueryStringParam>` +
						`<DefaultValue>7</DefaultValue><InputFlags>${flags}</InputFlags></InputItem>`,
				)
				.join("")}</CiscoIPPhoneInput>`,
		missing: (screen) => page(screen, "An input", ["Of A: 7", "Of LP: *"], softkeys("Submit", "<<", "Cancel")),
	},
	{
		name: "CiscoIPPhoneImage",
		document: () => `<CiscoIPPhoneImage><Title>An image</Title>${picture}</CiscoIPPhoneImage>`,
		missing: (screen) => page(screen, "An image", [], softkeys("Update", "Exit")),
	},
	{
		name: "CiscoIPPhoneImageFile",
		document: (base) => `<CiscoIPPhoneImageFile><Title>A file</Title>${located(base)}</CiscoIPPhoneImageFile>`,
		missing: (screen) => page(screen, "A file", [], softkeys("Update", "Exit")),
	},
	{
		name: "CiscoIPPhoneGraphicMenu",
		document: () =>
			`<CiscoIPPhoneGraphicMenu><Title>Graphic</Title>${picture}${menuItems(12)}</CiscoIPPhoneGraphicMenu>`,
		missing: (screen) => page(screen, "Graphic", [], softkeys("Select", "Exit")),
	},
	{
		name: "CiscoIPPhoneGraphicFileMenu",
		document: (base) =>
			`<CiscoIPPhoneGraphicFileMenu><Title>Areas</Title>${located(base)}${menuItems(
				32,
				(i) => `<TouchArea X1="${i}" Y1="0" X2="${i + 1}" Y2="99"/>`,
			)}</CiscoIPPhoneGraphicFileMenu>`,
		missing: (screen) => page(screen, "Areas", [], softkeys("Select", "Exit")),
	},
	{
		name: "CiscoIPPhoneExecute",
		document: (base) => `<CiscoIPPhoneExecute><ExecuteItem Priority="0" URL="${base}/executed"/></CiscoIPPhoneExecute>`,
		missing: (screen, run) =>
			run.includes("/executed") ? page(screen, "Executed", ["done"], () => "") : "the item was not fetched",
	},
	{
		name: "CiscoIPPhoneStatus",
		document: () => "<CiscoIPPhoneStatus><Text>Agent: ready</Text><Timer>-1</Timer></CiscoIPPhoneStatus>",
		missing: ({ prompt }) => (prompt.includes("Agent: ready") ? "" : `prompt '${prompt}'`),
		beside: true,
	},
	{
		name: "CiscoIPPhoneStatusFile",
		document: (base) => `<CiscoIPPhoneStatusFile><Text>Agent: busy</Text>${located(base)}</CiscoIPPhoneStatusFile>`,
		missing: ({ prompt }) => (prompt.includes("Agent: busy") ? "" : `prompt '${prompt}'`),
		beside: true,
	},
	{
		name: "CiscoIPPhoneResponse",
		document: () =>
			`<CiscoIPPhoneResponse><ResponseItem Status="0" Data="Success" URL="Key:Info"/></CiscoIPPhoneResponse>`,
		missing: (screen) => page(screen, "Services", ["Key:Info: Success"], softkeys("Update", "Exit")),
	},
	{
		name: "CiscoIPPhoneError",
		document: () => '<CiscoIPPhoneError Number="4"/>',
		missing: (screen) => page(screen, "Services", ["Error 4"], softkeys("Update", "Exit")),
	},
];

export const executed = "<CiscoIPPhoneText><Title>Executed</Title><Text>done</Text></CiscoIPPhoneText>";

/** A menu as large as may be, whose first item leads on: the one at a depth has a title of its own, and URLs of a usual length. */
export const entry = (depth: number): ServedKind => ({
	name: "CiscoIPPhoneMenu",
	document: (base) =>
		`<CiscoIPPhoneMenu><Title>Entry ${depth}</Title><MenuItem><Name>The object</Name>` +
		`<URL>${base}/object?session=0123456789abcdef0123456789abcdef&amp;depth=${depth}</URL></MenuItem>${menuItems(99)}</CiscoIPPhoneMenu>`,
	missing: (screen) => page(screen, `Entry ${depth}`, ["The object"], softkeys("Select", "Exit")),
});

/** A text that leaves no room in the page's buffer, with a softkey for the object. */
export const brimful: ServedKind = {
	name: "CiscoIPPhoneText",
	document: (base) =>
		`<CiscoIPPhoneText><Title>Brimful</Title><Text>${words}</Text><SoftKeyItem><Name>On</Name>` +
		`<URL>${base}/object?session=0123456789abcdef0123456789abcdef</URL><Position>1</Position></SoftKeyItem></CiscoIPPhoneText>`,
	missing: (screen) => page(screen, "Brimful", ["The quick brown fox"], softkeys("On")),
};
