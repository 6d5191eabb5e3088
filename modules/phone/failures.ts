/*
 * The watch on streams that the call agent has asked for: where nothing at all comes for half a minute, it is told, once. Silence that
 * the sender suppresses is no failure: comfort noise is heard of more often than that.
 */
import { type Clock, Statistic, type TimerHandle } from "hal/hardware";
import type { Media, Stream } from "phone/media";
import type { Stimuli } from "phone/stimuli";

/** How often streams are looked at, and how often in a row nothing may have come, in ms and times. */
const interval = 5000;
const patience = 6;

export class Failures {
	private readonly media: Media;
	private readonly stimuli: Stimuli;
	private readonly clock: Clock;
	private timer: TimerHandle | undefined = undefined;
	private readonly look: () => void;

	constructor(media: Media, stimuli: Stimuli, clock: Clock) {
		this.media = media;
		this.stimuli = stimuli;
		this.clock = clock;
		this.look = () => this.looked();
	}

	/** Begins to watch a channel; one that is not open is no fault. */
	watch(conference: number, party: number): void {
		const stream = this.media.find(conference, party);
		if (stream === undefined) return;
		stream.watched = patience;
		stream.heard = 0;
		this.timer ??= this.clock.every(interval, this.look);
	}

	private looked(): void {
		const { counters, streams } = this.media;
		let any = false;
		for (let i = 0; i < streams.length; i += 1) {
			const stream = streams[i] as Stream;
			if (stream.watched === 0 || stream.port === 0) continue;
			this.media.readStream(stream);
			const heard = counters[Statistic.packetsReceived] as number;
			stream.watched = heard === stream.heard ? stream.watched - 1 : patience;
			stream.heard = heard;
			if (stream.watched > 0) any = true;
			else this.stimuli.mediaFailed(stream);
		}
		if (any) return;
		this.clock.cancel(this.timer);
		this.timer = undefined;
	}
}
