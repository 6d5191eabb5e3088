/*
 * Pages of text that the phone has of its own, line by line, so that only those in view are made: the phone's information and the call
 * statistics.
 */
import { Word } from "base/words";
import { Statistic } from "hal/hardware";
import { codecName, type Media } from "phone/media";

/** What the phone information page tells; asked for when the page is opened. */
export interface Information {
	readonly device: string;
	readonly mac: string;
	readonly address: string;
	readonly callAgent: string;
	/** SCCP version in force, 0 before one is agreed. */
	readonly protocol: number;
	readonly version: string;
}

export const informationCount = 6;

/** A line of the information, in which there may be words. */
export function informationLine(information: Information, index: number): string {
	const { protocol } = information;
	switch (index) {
		case 0:
			return `${Word.device} ${information.device}`;
		case 1:
			return `MAC ${information.mac}`;
		case 2:
			return `${Word.address} ${information.address}`;
		case 3:
			return `${Word.callAgent} ${information.callAgent}`;
		case 4:
			return `${Word.sccpVersion} ${protocol === 0 ? Word.notAgreed : protocol}`;
		default:
			return `Linnet ${information.version}`;
	}
}

/** Lines of the statistics; one more where packets of another address than the call agent has named are played. */
export function statisticsCount({ counters }: Media): number {
	return (counters[Statistic.packetsForeign] ?? 0) > 0 ? 18 : 17;
}

/** A line of the statistics by the counters that have been read last, in which there may be words. */
export function statisticsLine({ counters }: Media, index: number): string {
	const value = (statistic: number): number => counters[statistic] ?? 0;
	switch (index) {
		case 0:
			return `${Word.receiverCodec} ${codec(value(Statistic.payloadTypeReceived), value(Statistic.packetTimeReceived))}`;
		case 1:
			return `${Word.senderCodec} ${codec(value(Statistic.payloadTypeSent), value(Statistic.packetTimeSent))}`;
		case 2:
			return `${Word.receiverPackets} ${value(Statistic.packetsReceived)}`;
		case 3:
			return `${Word.senderPackets} ${value(Statistic.packetsSent)}`;
		case 4:
			return `${Word.averageJitter} ${value(Statistic.jitter) >>> 3} ms`;
		case 5:
			return `${Word.maximumJitter} ${value(Statistic.jitterMaximum) >>> 3} ms`;
		case 6:
			return `${Word.lostPackets} ${value(Statistic.packetsLost)}`;
		case 7:
			return `${Word.discardedPackets} ${value(Statistic.packetsDiscarded) + value(Statistic.packetsLate)}`;
		case 8:
			return `${Word.bufferDelay} ${value(Statistic.delay)} ms`;
		case 9:
			return `${Word.roundTrip} ${value(Statistic.roundTrip)} ms`;
		case 10:
			return `MOS LQK ${score(value(Statistic.mos))}`;
		case 11:
			return `${Word.averageMos} ${score(value(Statistic.mosAverage))}`;
		case 12:
			return `${Word.minimumMos} ${score(value(Statistic.mosMinimum))}`;
		case 13:
			return `${Word.maximumMos} ${score(value(Statistic.mosMaximum))}`;
		case 14:
			return `${Word.concealRatio} ${(value(Statistic.concealmentRatio) / unit).toFixed(4)}`;
		case 15:
			return `${Word.concealSeconds} ${value(Statistic.concealedSeconds)}`;
		case 16:
			return `${Word.severeConceal} ${value(Statistic.severelyConcealedSeconds)}`;
		default:
			return `${Word.otherAddress} ${value(Statistic.packetsForeign)}`;
	}
}

/** Scores and ratios are counted in 1/10000. */
const unit = 10000;

function codec(payloadType: number, packetTime: number): string {
	if (packetTime === 0) return Word.none;
	return `${codecName(payloadType)} ${packetTime} ms`;
}

/** A mean opinion score; nought until the first second of a call is over. */
function score(value: number): string {
	return value === 0 ? Word.noneYet : (value / unit).toFixed(2);
}
