// The phone's own words in each language: as long as what has to show them is wide, on the narrowest display with the display's own fonts.
import { type Language, languages } from "base/languages";
import { commonNumbers } from "base/phrases";
import { spoken, Word, type WordName } from "base/words";
import { assert } from "chai";
import { NAME_MOST } from "hal/display/prompt";
import { keyLayout, touchLayout } from "hal/display/theme";
import { type BitmapFont, fontNames, readFont } from "../../../tools/display/bmfont.js";

const small = readFont(fontNames.small);
const text = readFont(fontNames.text);
const tiny = readFont(fontNames.tiny);
const names = Object.keys(Word) as WordName[];

function width(line: string, font: BitmapFont): number {
	return [...line].reduce(
		(sum, letter) => sum + (font.glyphs.get(letter.codePointAt(0) as number)?.advance ?? 1000),
		0,
	);
}

/** A place that shows words: in which font, how many pixels wide, and which, with the longest that may stand beside them. */
interface Place {
	readonly name: string;
	readonly font: BitmapFont;
	readonly room: number;
	readonly lines: readonly string[];
}

const softkeys = 4;
const keyRoom = touchLayout.softkeys.width / softkeys - 10;
const paneRoom = Math.min(keyLayout.overlay.width, touchLayout.overlay.width) - 20;
const lineRoom = paneRoom - 8;
const promptRoom = Math.min(keyLayout.prompt.width, touchLayout.prompt.width) - 16;

const address = "192.168.100.200";
/** Such as most call agents have. */
const agent = "10.10.10.10:2000";
const locked = ` (${Word.locked})`;

const places: readonly Place[] = [
	{
		name: "a softkey",
		font: small,
		room: keyRoom,
		lines: [
			Word.more,
			Word.dial,
			Word.editDial,
			Word.save,
			Word.cancel,
			Word.exit,
			Word.letters,
			Word.digits,
			Word.details,
			Word.deleteItem,
			Word.clearList,
			Word.update,
			Word.next,
			Word.submit,
		],
	},
	{
		name: "a key of the page of other keys",
		font: tiny,
		room: Math.floor(touchLayout.page.width / 3) - 8,
		lines: [Word.messages, Word.directories, Word.services, Word.settings, Word.quieter, Word.louder],
	},
	{
		name: "the title of a menu",
		font: text,
		room: paneRoom,
		lines: [
			Word.directories,
			Word.details,
			Word.clearAll,
			Word.missedCalls,
			Word.receivedCalls,
			Word.placedCalls,
			Word.speedDials,
			Word.settings,
			Word.phoneInformation,
			Word.callStatistics,
			Word.ringType,
			Word.brightness,
			Word.microphone,
			Word.help,
			Word.displayAndKeys,
			Word.networkConfiguration + locked,
			Word.homeAutomation,
			Word.callAgent + locked,
			`Wi-Fi${locked}`,
			Word.status,
			Word.signIn,
			Word.personalDirectory,
			Word.corporateDirectory,
			Word.newEntry,
		],
	},
	{
		name: "a line of a menu",
		font: text,
		room: lineRoom,
		lines: [
			`1 ${Word.missedCalls} (20 ${Word.unseen})`,
			`2 ${Word.receivedCalls}`,
			`3 ${Word.placedCalls}`,
			`4 ${Word.speedDials}`,
			`1 ${Word.phoneInformation}`,
			`2 ${Word.callStatistics}`,
			`6 ${Word.networkConfiguration}`,
			`1 ${Word.bell} 4 *`,
			`1 ${Word.levelControl} ${Word.on}`,
			`2 ${Word.noiseReduction} ${Word.off}`,
			`1 ${Word.largerText} ${Word.off}`,
			`2 ${Word.highContrast} ${Word.off}`,
			`3 ${Word.keyTones} ${Word.off}`,
			`2 ${Word.address} ${address}`,
			`3 ${Word.mask} ${address}`,
			`4 ${Word.router} ${address}`,
			`1 ${Word.otherNetwork}`,
			`1 ${Word.protocolVersion} 22`,
			`4 ${Word.remove}`,
			`1 DHCP ${Word.yes}`,
			`1 DHCP ${Word.no}`,
			Word.none,
			Word.automatic,
			`1 Kurt (${Word.ringing})`,
		],
	},
	{
		name: "the details of a call",
		font: small,
		room: paneRoom,
		lines: [
			`${Word.partyName} Alexander Müllerhausen`,
			`${Word.partyNumber} +493012345678901`,
			`${Word.ownLine} +493012345678901`,
			`${Word.callTime} 01:05p 11/22/26`,
			`${Word.duration} 1:02:03`,
			`${Word.callCount} 999`,
		],
	},
	{
		name: "beside the time of the idle display",
		font: tiny,
		room: Math.min(keyLayout.plane.width, touchLayout.plane.width) - 8,
		lines: [`${Word.missedCalls}: 999`],
	},
	{
		name: "in front of the volume bar",
		font: tiny,
		room: NAME_MOST,
		lines: [Word.ringer, Word.handset, Word.headset, Word.speaker],
	},
	{
		name: "the prompt line",
		font: tiny,
		room: promptRoom,
		lines: [
			Word.volumeSaved,
			Word.noNumber,
			Word.settingsUnlocked,
			Word.unlockHint,
			`${Word.notNumber} anonymous@pbx`,
			`${Word.notAddress} ${address}`,
			`${Word.notMask} ${address}`,
			`${Word.ownAddress} ${address}`,
			`${Word.routerElsewhere} ${address}`,
			Word.agentRemoved,
			Word.lockedForGood,
			Word.lockedByPassword,
			`${Word.dhcpFirst} ${Word.address}`,
			`${Word.notHost} pbx_1.a..b`,
			`${Word.notPort} 65536`,
			`${Word.notVersion} 23`,
			`${Word.tooLong} 253`,
			`${Word.notDialled} +493012345678`,
			Word.foreignSound,
			Word.codecRefused,
			Word.channelRefused,
			Word.callLost,
			Word.agentSilent,
			Word.configuringIp,
			`${Word.wifiConnecting} Network of 18 l.`,
			Word.wifiLooking,
			`Ethernet: ${Word.noLink}`,
			Word.requestingConfiguration,
			`${Word.noConfiguration} SEP001122334455`,
			`${Word.fileMissing} ${address}`,
			`${Word.fileBroken} ${Word.line} 1234`,
			`${Word.loadFailed} linnet-1.10`,
			`${Word.ringFailed} Chime`,
			`${Word.unknownHost} pbx.example.com`,
			Word.upgrading,
			Word.restarting,
			Word.resetting,
			Word.noCallAgent,
			Word.configuringList,
			`${Word.opening} ${agent}`,
			Word.registering,
			Word.rejected,
			Word.agentDown,
			Word.otherAgents,
			Word.ownAddressChanged,
			`${Word.returning} ${agent}`,
			`${Word.nameTwice} 12`,
			`${agent}: ${Word.noRegistrationAnswer}`,
			`${agent}: ${Word.nothingAnswered}`,
			Word.noButtons,
			Word.noSoftkeys,
			Word.noLines,
			`${agent}: ${Word.connectionRefused}`,
			`${agent}: ${Word.connectionTimedOut}`,
			`${agent}: ${Word.networkUnreachable}`,
			`${agent}: ${Word.hostUnreachable}`,
			`${agent}: ${Word.noSocket}`,
			`${agent}: ${Word.noConnection}`,
			`${agent}: ${Word.connectionLost}`,
			`${agent}: ${Word.connectionClosed}`,
			`${agent}: ${Word.connectionReset}`,
			Word.byCallAgent,
			`Wi-Fi: Network of 18 l.: ${Word.wifiSilent}`,
			`Wi-Fi: Network of 18 l.: ${Word.wifiNotJoined}`,
			`Wi-Fi: Network of 18 l.: ${Word.wifiPassword}`,
			`Wi-Fi: Network of 18 l.: ${Word.wifiAbsent}`,
			`Linnet-4455, ${Word.wifiKey} 12345678, 192.168.4.1`,
			`SEP001122334455 ${Word.line} 123: ...`,
			`${Word.noNameServer} pbx.example.com`,
			`${agent}: ${Word.noKeepalives} 3`,
			`Russian_Russian_Federation: ${Word.noLetters}`,
			Word.pictureKind,
			Word.pictureDamaged,
			Word.pictureInterlaced,
			Word.pictureTooLarge,
			Word.pictureNoRoom,
			Word.noBackground,
			Word.serviceBroken,
			Word.serviceNothing,
			`${Word.serviceError} 4`,
			`${Word.noPicture} ${Word.pageMissing}`,
			Word.noCallUp,
			Word.serviceSounds,
			Word.notInCall,
			Word.noService,
			Word.requesting,
			Word.serverSilent,
			Word.pageMissing,
			Word.pageRefused,
			Word.pageTooLarge,
			Word.pageBroken,
			Word.securePage,
			Word.wrongUrl,
			Word.listFull,
			Word.uriUnknown,
			Word.phoneBusy,
		],
	},
	{
		name: "a line of help",
		font: small,
		room: lineRoom,
		lines: [Word.statisticsHint, Word.encrypted, Word.authenticated, Word.notEncrypted],
	},
	{
		name: "a line of the statistics",
		font: small,
		room: lineRoom,
		lines: [
			`${Word.receiverCodec} PCMU 20 ms`,
			`${Word.senderCodec} PCMU 20 ms`,
			`${Word.senderCodec} ${Word.none}`,
			`${Word.receiverPackets} 180000`,
			`${Word.senderPackets} 180000`,
			`${Word.averageJitter} 120 ms`,
			`${Word.maximumJitter} 120 ms`,
			`${Word.lostPackets} 1800`,
			`${Word.discardedPackets} 1800`,
			`${Word.bufferDelay} 120 ms`,
			`${Word.roundTrip} 300 ms`,
			`${Word.averageMos} 4.41`,
			`${Word.minimumMos} 4.41`,
			`${Word.maximumMos} 4.41`,
			`MOS LQK ${Word.noneYet}`,
			`${Word.concealRatio} 0.0123`,
			`${Word.concealSeconds} 120`,
			`${Word.severeConceal} 120`,
			`${Word.otherAddress} 180000`,
		],
	},
	{
		name: "a line of the status page",
		font: text,
		room: lineRoom,
		lines: [
			`1 ${Word.load} linnet-0.1.0`,
			`2 ${Word.start} power on`,
			`3 ${Word.registration} ${Word.complete}`,
			`4 ${Word.callAgent} 192.0.2.1:2000`,
			`5 ${Word.standby} ${Word.noStandby}`,
			`5 ${Word.standby} 192.0.2.1:2000`,
			`5 ${Word.fallback} 192.0.2.1:2000`,
			`6 ${Word.domain} example.com`,
			`7 ${Word.boot} ${Word.complete}`,
			`8 ${Word.server} ${address}`,
			`9 ${Word.language} German_Germany`,
			Word.setByHand,
			Word.byName,
			Word.triedAgain,
			Word.connecting,
			Word.ready,
			Word.asked,
		],
	},
	{
		name: "a line of the editor",
		font: small,
		room: paneRoom,
		lines: [
			`${Word.newText} ${address}`,
			`${Word.user}: ${address}`,
			`${Word.passwordWord}: ${address}`,
			`${Word.address} ${address}`,
			`${Word.port} 65535`,
			`${Word.protocolVersion} ${Word.asConfigured}`,
		],
	},
	{
		name: "a line of the phone information",
		font: small,
		room: paneRoom,
		lines: [
			`${Word.device} SEP001122334455`,
			`${Word.address} ${address}`,
			`${Word.callAgent} ${agent}`,
			`${Word.sccpVersion} ${Word.notAgreed}`,
		],
	},
];

/** Whether a phrase, by its number in a locale's file, is the label of a softkey. */
function isSoftkey(number: number): boolean {
	return (number > 100 && number < 119) || [157, 158, 162, 163, 165, 167, 178, 179, 180].includes(number);
}

/** Lines that do not fit, each with by how many pixels. */
function tooLong({ words }: Language, { font, lines, room }: Place): string[] {
	return lines
		.map((line) => spoken(line, words))
		.filter((line) => width(line, font) > room)
		.map((line) => `${line} (+${width(line, font) - room})`);
}

describe("own words on the display", () => {
	it("are looked at in all places", () => {
		const seen = places.flatMap(({ lines }) => lines).join("");
		const elsewhere: readonly WordName[] = [
			// beside a call, or behind a text of any length
			"to",
			"selected",
			"selectedElsewhere",
			"forwardedBy",
			"transferredBy",
			"pickedUpFrom",
			"parkedBy",
			"callFor",
			"andFor",
			"busy",
			"noAnswer",
		];
		const unseen = names.filter((name) => !seen.includes(Word[name]) && !elsewhere.includes(name));
		assert.deepEqual(unseen, []);
	});

	for (const { name, phrases } of languages)
		if (phrases.length > 0)
			it(`fit in ${name} where call agents use them: phrases on softkeys and on the prompt line`, () => {
				const long = commonNumbers.flatMap((number, i) => {
					const phrase = phrases[i] as string;
					const [font, room] = isSoftkey(number) ? [small, keyRoom] : [tiny, promptRoom];
					const over = width(phrase, font) - room;
					return over > 0 ? [`${number} ${phrase} (+${over})`] : [];
				});
				assert.deepEqual(long, []);
			});

	for (const language of languages)
		for (const place of places)
			it(`fit into ${place.name} in ${language.name}`, () => assert.deepEqual(tooLong(language, place), []));
});
