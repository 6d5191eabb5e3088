/*
 * The phone's dictionary, English by itself. Call agents write `\x80 n` for phrase n of the first table and `\x1E n` for phrase n
 * of the second one, with plain text before or behind; CallManager, chan_skinny and chan-sccp share these numbers.
 */
import { type CommonPhrases, commonPhrase, noPhrases } from "base/phrases";
import { english, spoken, type Words } from "base/words";

const englishPhrases: readonly string[] = Object.freeze([
	"",
	"Redial",
	"NewCall",
	"Hold",
	"Trnsfer",
	"CFwdAll",
	"CFwdBusy",
	"CFwdNoAns",
	"<<",
	"EndCall",
	"Resume",
	"Answer",
	"Info",
	"Confrn",
	"Park",
	"Join",
	"MeetMe",
	"PickUp",
	"GPickUp",
	"Your current options",
	"Off Hook",
	"On Hook",
	"Ring Out",
	"From ",
	"Connected",
	"Busy",
	"Line In Use",
	"Call Waiting",
	"Call Transfer",
	"Call Park",
	"Call Proceed",
	"In Use Remote",
	"Enter number",
	"Call park At",
	"Primary Only",
	"Temp Fail",
	"You Have VoiceMail",
	"Forwarded to",
	"Can Not Complete Conference",
	"No Conference Bridge",
	"Can Not Hold Primary Control",
	"Invalid Conference Participant",
	"In Conference Already",
	"No Participant Info",
	"Exceed Maximum Parties",
	"Key Is Not Active",
	"Error No License",
	"Error DBConfig",
	"Error Database",
	"Error Pass Limit",
	"Error Unknown",
	"Error Mismatch",
	"Conference",
	"Park Number",
	"Private",
	"Not Enough Bandwidth",
	"Unknown Number",
	"RmLstC",
	"Voicemail",
	"ImmDiv",
	"Intrcpt",
	"SetWtch",
	"TrnsfVM",
	"DND",
	"DivAll",
	"CallBack",
	"Network congestion, rerouting",
	"Barge",
	"Failed to setup Barge",
	"Another Barge exists",
	"Incompatible device type",
	"No Park Number Available",
	"CallPark Reversion",
	"Service is not Active",
	"High Traffic Try Again Later",
	"QRT",
	"MCID",
	"DirTrfr",
	"Select",
	"ConfList",
	"iDivert",
	"cBarge",
	"Can Not Complete Transfer",
	"Can Not Join Calls",
	"Mcid Successful",
	"Number Not Configured",
	"Security Error",
	"Video Bandwidth Unavailable",
	"VidMode",
	"Max Call Duration Timeout",
	"Max Hold Duration Timeout",
	"OPickUp",
	"HLog",
	"Logged Out of Hunt Group",
	"Park Slot Unavailable",
	"No Call Available For Pickup",
	"",
	"External Transfer Restricted",
	"No Line Available For Pickup",
	"Path Replacement In Progress",
	"",
	"MAC Address",
	"Host Name",
	"Domain Name",
	"IP Address",
	"Subnet Mask",
	"TFTP Server 1",
	"Default Router 1",
	"Default Router 2",
	"Default Router 3",
	"Default Router 4",
	"Default Router 5",
	"DNS Server 1",
	"DNS Server 2",
	"DNS Server 3",
	"DNS Server 4",
	"DNS Server 5",
	"Operational VLAN Id",
	"Admin. VLAN Id",
	"Call Manager 1",
	"Call Manager 2",
	"Call Manager 3",
	"Call Manager 4",
	"Call Manager 5",
	"Information URL",
	"Directories URL",
	"Messages URL",
	"Services URL",
]);

const morePhrases: readonly string[] = Object.freeze([
	"",
	"",
	"Acct",
	"Flash",
	"Login",
	"Device In Home Location",
	"Device In Roaming Location",
	"Enter authorization code",
	"Enter client matter code",
	"Calls available for pickup",
	"CM Fallback Service Operating",
	"Max phones exceeded",
	"Waiting to rehome",
	"Please end call",
	"Paging",
	"Select line",
	"Transfer destination is busy",
	"Select a service",
	"Local services",
	"Enter search criteria",
	"Night service",
	"Night service active",
	"Night service disabled",
	"Login successful",
	"Wrong PIN",
	"Please enter PIN",
	"of",
	"Records 1 to",
	"No record found",
	"Search results",
	"Calls in queue",
	"Join to hunt group",
	"Ready",
	"Not ready",
	"Call on hold",
	"Hold reversion",
	"Setup failed",
	"No resources",
	"Device not authorized",
	"Monitoring",
	"Recording awaiting call to be active",
	"Recording already in progress",
	"Inactive recording session",
	"Mobility",
	"Whisper",
	"Forward all",
	"Malicious call ID",
	"Group pickup",
	"Remove last participant",
	"Other pickup",
	"Video",
	"End call",
	"Conference list",
	"Quality reporting tool",
	"Hunt group",
	"Use line or Join to complete",
	"Do not disturb",
	"Do not disturb is active",
	"CFwdAll loop detected",
	"CFwdAll hops exceeded",
	"AbbrDial",
	"Pickup is unavailable",
	"Conference is unavailable",
	"MeetMe is unavailable",
	"Cannot retrieve parked call",
	"Cannot send call to mobile",
	"",
	"Record",
	"Cannot move conversation",
	"CW off",
	"Coaching",
	"",
	"",
	"",
	"",
	"",
	"",
	"",
	"",
	"Recording",
	"Recording failed",
	"Connecting",
]);

/** Code that begins a reference into the first and the second table. */
const first = 0x80;
const second = 0x1e;
const firstMark = String.fromCharCode(first);
const secondMark = String.fromCharCode(second);

/** A text of a message, as `Text` of sccp has it. */
export interface Written {
	/** Octets. */
	readonly length: number;
	octet(index: number): number;
	toString(): string;
}

/** Phrases of another language by the numbers of a locale's file: the second table from 1, the first one from 101; '' where none. */
export interface Translations {
	find(number: number): string;
}

const firstNumber = 100;

/** The phrases in the user's language, English where it has none. */
export class Dictionary {
	/** Undefined for English. */
	translations: Translations | undefined = undefined;
	/** The phone's own words, and the phrases that it has by itself. */
	words: Words = english;
	common: CommonPhrases = noPhrases;

	/** Phrase `number` of the first table, '' when there is none. */
	phrase(number: number): string {
		return this.translated(firstNumber + number) || (englishPhrases[number] ?? "");
	}

	/**
	 * A text of a message as the user reads it. One reference and nothing else, which most labels and prompts are, need not be decoded
	 * and held as a string.
	 */
	show(text: Written): string {
		const code = text.length === 2 ? text.octet(0) : 0;
		return code === first || code === second ? this.reference(code, text.octet(1)) : this.phrases(text.toString());
	}

	/** A phrase of another language by its number in a locale's file, '' where there is none. */
	private translated(number: number): string {
		return this.translations?.find(number) || commonPhrase(this.common, number);
	}

	/** What a code and the octet behind it stand for, '' for nothing. */
	private reference(code: number, number: number): string {
		if (code === first) return this.phrase(number);
		return (number < firstNumber ? this.translated(number) : "") || (morePhrases[number] ?? "");
	}

	/** `text` with its references to phrases, and to the phone's own words, written out; a text without any comes back as it is. */
	expand(text: string): string {
		return this.phrases(spoken(text, this.words));
	}

	/** `text` with its references to phrases written out. */
	private phrases(text: string): string {
		// most have none, and to look for them so takes the engine no loop
		if (!text.includes(firstMark) && !text.includes(secondMark)) return text;
		let from = 0;
		let result = "";
		for (let i = 0; i < text.length; i += 1) {
			const code = text.charCodeAt(i);
			if (code !== first && code !== second) continue;
			result += text.slice(from, i);
			if (i + 1 < text.length) result += this.reference(code, text.charCodeAt(i + 1));
			i += 1;
			from = i + 1;
		}
		return from === 0 ? text : result + text.slice(from);
	}
}
